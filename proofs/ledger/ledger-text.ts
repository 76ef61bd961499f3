/** The ledger as a person reads it: one line per theorem, the totals, and what all of it rests on. */
import type { Ledger, LedgerRow } from "./ledger.ts";
import { TRUSTED_BASE } from "./trusted-base.ts";

/** The table, the totals and the trusted base. */
export function ledgerText({ rows }: Ledger, engine: string, wallMs: number): string {
  const width = Math.max(7, ...rows.map(({ theorem }) => theorem.length));
  const head = ["theorem".padEnd(width), "cases", "proved", "steps", "time", "cached"];
  const lines = rows.map((row) => `${lineOf(row, width)}${markOf(row)}`);
  return [
    columns(head as Columns),
    ...lines,
    "",
    ...totals(rows, engine, wallMs),
    "",
    "What is trusted and not proved:",
    ...TRUSTED_BASE.map((each) => `  ${each}`),
    "",
  ].join("\n");
}

type Columns = [string, string, string, string, string, string];

function columns([name, ...rest]: Columns): string {
  const widths = [6, 7, 12, 9, 7];
  return [name, ...rest.map((each, index) => each.padStart(widths[index] ?? 0))].join(" ");
}

function lineOf(row: LedgerRow, width: number): string {
  const { theorem, cases, proved, steps, milliseconds, cached } = row;
  const [many, time] = [steps.toLocaleString("en"), seconds(milliseconds)];
  return columns([theorem.padEnd(width), `${cases}`, `${proved}`, many, time, `${cached}`]);
}

/** What a reader must not miss: whatever is not plainly proved, and cases that cannot happen. */
function markOf({ status, vacuous }: LedgerRow): string {
  const ofNothing = vacuous === 0 ? "" : `  ${vacuous} of no arguments`;
  return status === "proved" ? ofNothing : `  ${status}${ofNothing}`;
}

function totals(rows: readonly LedgerRow[], engine: string, wallMs: number): readonly string[] {
  const counted = rows.filter(({ status }) => status !== "by definition");
  const proved = counted.filter(({ status }) => status === "proved");
  const cases = total(counted, ({ cases }) => cases);
  const steps = total(rows, ({ steps }) => steps).toLocaleString("en");
  const definitions = rows.length - counted.length;
  const left = definitions === 0 ? "" : `; ${definitions} by definition, not counted`;
  return [
    `${proved.length} of ${counted.length} theorems proved, in ${cases} cases${left}`,
    `${steps} steps of ${engine}, ${seconds(wallMs)}`,
  ];
}

function total(rows: readonly LedgerRow[], of: (row: LedgerRow) => number): number {
  return rows.reduce((sum, row) => sum + of(row), 0);
}

function seconds(milliseconds: number): string {
  return `${(milliseconds / 1000).toFixed(2)} s`;
}
