/**
 * The ledger: what was proved, theorem by theorem, and what follows from it for whoever asked.
 *
 * Nothing that is not proved is rounded up: a theorem is proved if each of its cases is, if together
 * they are all there are, and if it speaks of something. One whose conclusion is among its own
 * assumptions is a definition, and no theorem is counted for it.
 */
import { caseText } from "./obligations-of.ts";
import type { Finding, Proof, Verdict } from "./prove.ts";
import type { Theorem } from "./theorem-list.ts";

export type Status = Verdict | "by definition" | "stale";

export interface Failure {
  readonly what: string;
  readonly fixed: Finding["fixed"];
  readonly verdict: Verdict;
  readonly reason: string;
  /** Whether it is a case of the theorem, and not what is owed for all of them together. */
  readonly isCase: boolean;
}

export interface LedgerRow {
  readonly theorem: string;
  readonly path: string;
  readonly claim: string;
  readonly proves: readonly string[];
  readonly mode: Theorem["mode"];
  readonly status: Status;
  readonly cases: number;
  readonly proved: number;
  /** Cases of which no arguments are. */
  readonly vacuous: number;
  readonly steps: number;
  readonly milliseconds: number;
  readonly cached: number;
  readonly failures: readonly Failure[];
}

export interface Ledger {
  readonly rows: readonly LedgerRow[];
  readonly exit: 0 | 1 | 3 | 4;
}

/** The ledger of `proofs`, of which those in `stale` are not what was written down as proved. */
export function ledgerOf(proofs: readonly Proof[], stale: readonly string[] = []): Ledger {
  const rows = proofs.map(rowOf).map((row) => (stale.includes(row.theorem) ? staled(row) : row));
  return { rows, exit: exitOf(rows.map(({ status }) => status)) };
}

/** What a run ends with: the worst that was found. */
export function exitOf(statuses: readonly Status[]): Ledger["exit"] {
  if (statuses.includes("failed")) return 3;
  if (statuses.includes("refuted")) return 1;
  const isProved = (status: Status): boolean => status === "proved" || status === "by definition";
  return statuses.every(isProved) ? 0 : 4;
}

/** A theorem that is proved, but is another one than was proved when the page was written. */
function staled(row: LedgerRow): LedgerRow {
  const isProved = row.status === "proved" || row.status === "by definition";
  return isProved ? { ...row, status: "stale" } : row;
}

/** The row of one theorem. */
export function rowOf({ theorem, conclusion, findings }: Proof): LedgerRow {
  const { name, path, claim, proves, mode } = theorem;
  const cases = findings.filter(({ kind }) => kind === "case");
  const spoken = findings.filter(({ kind }) => kind === "speaks");
  const failures = [
    ...findings.filter(({ kind, verdict }) => kind !== "speaks" && verdict !== "proved"),
    // One case without arguments is a case that cannot happen; a theorem of such cases says nothing.
    ...(spoken.some(({ verdict }) => verdict === "proved") ? [] : spoken),
  ].map(failureOf);
  if (conclusion === "constant") failures.push(CONSTANT);
  const isDefinition = conclusion === "by definition" && failures.length === 0;
  return {
    theorem: name,
    path,
    claim,
    proves,
    mode,
    status: isDefinition ? "by definition" : statusOf(failures),
    cases: cases.length,
    proved: cases.filter(({ verdict }) => verdict === "proved").length,
    vacuous: spoken.filter(({ verdict }) => verdict === "vacuous").length,
    steps: sum(findings.map(({ steps }) => steps)),
    milliseconds: sum(findings.map(({ milliseconds }) => milliseconds)),
    cached: findings.filter(({ isCached }) => isCached).length,
    failures,
  };
}

const CONSTANT: Failure = {
  what: "the conclusion",
  fixed: {},
  verdict: "vacuous",
  isCase: false,
  reason: "is true before anything is asked: nothing is proved by it",
};

/** The verdict that says most about a theorem that is not proved. */
const WORST: readonly Verdict[] = ["failed", "refused", "refuted", "unknown", "vacuous"];

function statusOf(failures: readonly Failure[]): Status {
  return WORST.find((worst) => failures.some(({ verdict }) => verdict === worst)) ?? "proved";
}

const OWED = {
  case: "has a counterexample",
  owed: "an assertion fails, or what is read is not there",
  split: "the cases are not all there are",
  speaks: "no arguments keep the assumptions",
} as const;

function failureOf({ kind, fixed, verdict, reason }: Finding): Failure {
  const what = kind === "split" ? "the split" : caseText(fixed);
  const owed = verdict === "refuted" || verdict === "vacuous" ? OWED[kind] : verdict;
  return {
    what,
    fixed,
    verdict,
    reason: reason ?? owed,
    isCase: kind === "case" || kind === "owed",
  };
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
