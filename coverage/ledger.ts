/**
 * What was declared beside what was reached.
 *
 * A rule that no run puts to the test guards nothing, and a situation that no run reaches is not tested,
 * however many lines are. The other way round, what is reached and was never declared is a misspelt
 * name, or a situation that somebody forgot to say is worth reaching.
 */

export type LedgerKind = "rule" | "mark";

export interface LedgerRow {
  readonly kind: LedgerKind;
  readonly name: string;
  /** How often it was reached. */
  readonly times: number;
  readonly isDeclared: boolean;
}

export type Counts = Readonly<Record<string, number>>;

/** One row for each name that is declared or was reached, in that order. */
export function ledgerRows(
  kind: LedgerKind,
  declared: readonly string[],
  reached: Counts,
): LedgerRow[] {
  const known = declared.map((name) => ({
    kind,
    name,
    times: reached[name] ?? 0,
    isDeclared: true,
  }));
  const unknown = Object.entries(reached)
    .filter(([name]) => !declared.includes(name))
    .map(([name, times]) => ({ kind, name, times, isDeclared: false }));
  return [...known, ...unknown];
}

/** What is wrong with `rows`, one sentence each; nothing if the ledger is balanced. */
export function complaintsAbout(rows: readonly LedgerRow[]): string[] {
  return rows.flatMap(({ kind, name, times, isDeclared }) => {
    if (!isDeclared) return [`the ${kind} ${name} was reached and is not declared`];
    return times === 0 ? [`the ${kind} ${name} is declared and was never reached`] : [];
  });
}
