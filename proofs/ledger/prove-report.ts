/**
 * Proves what was asked for and says how it went, as data: what `ariadne prove` prints.
 *
 * A theorem that is not proved is explained by the first of its failures, on values that the real
 * functions were run with. If they do not do what the solver says, the translation is wrong, and that
 * is said instead of a verdict.
 */

import { join } from "node:path";
import { askSecond, type SecondOpinion } from "../solver/second-opinion.ts";
import { SolverCrew } from "../solver/solver-crew.ts";
import { closeSolver } from "../solver/z3.ts";
import { explainFailure } from "./explain-failure.ts";
import { type Ledger, type LedgerRow, ledgerOf } from "./ledger.ts";
import { obligationsOf } from "./obligations-of.ts";
import { NO_CACHE, proofCache } from "./proof-cache.ts";
import { prove } from "./prove.ts";
import { readProved, staleTheorems } from "./proved.ts";
import { allTheorems, type Theorem } from "./theorem-list.ts";
import { TRUSTED_BASE } from "./trusted-base.ts";

export interface ProveOptions {
  /** A part of the name of a theorem or of its file, or the whole name of what it proves. */
  readonly filter?: string;
  /** Where proofs are kept. */
  readonly directory: string;
  readonly workers: number;
  readonly isCached: boolean;
  /** Whether a theorem that is not the one that was written down as proved fails. */
  readonly isChecked: boolean;
  readonly secondOpinion?: SecondOpinion;
  readonly signal: AbortSignal;
  readonly say: (sentence: string) => void;
  readonly onRow: (done: number, of: number) => void;
}

export interface ProveReport {
  readonly v: 1;
  readonly command: "prove";
  readonly engine: string;
  readonly exit: Ledger["exit"];
  readonly theorems: readonly LedgerRow[];
  readonly trusted: readonly string[];
  /** What a second solver says, if one was asked for. */
  readonly second?: string;
  /** The first theorem that is not proved, on one screen. */
  readonly failure?: string;
  readonly measured: { readonly milliseconds: number };
}

/** Nothing is called as was asked for. */
export class NoSuchTheorem extends Error {
  override readonly name = "NoSuchTheorem";
}

/** Proves the theorems that `options` ask for. */
export async function proveReport(options: ProveOptions): Promise<ProveReport> {
  const start = performance.now();
  const theorems = chosen(options.filter);
  const { workers, signal, directory, say } = options;
  const crew = new SolverCrew({ workers });
  const cache = options.isCached ? proofCache(directory, say) : NO_CACHE;
  let done = 0;
  try {
    const proofs = await prove(theorems, {
      crew,
      workers,
      cache,
      signal,
      onProof: () => options.onRow(++done, theorems.length),
    });
    cache.save();
    const keys = Object.fromEntries(proofs.map(({ theorem, key }) => [theorem.name, key]));
    const stale = options.isChecked ? staleTheorems(keys, readProved()) : [];
    const { rows, exit } = ledgerOf(proofs, stale);
    const second = await secondOf(theorems, options);
    const failed = rows.find(({ failures }) => failures.length > 0);
    const folder = join(directory, ".ariadne", "failures");
    const failure = failed === undefined ? undefined : await explainFailure(failed, folder);
    const isBug = failure?.isBug === true || second?.isDisagreement === true;
    return {
      v: 1,
      command: "prove",
      engine: await crew.version(),
      exit: isBug ? 3 : exit,
      theorems: rows,
      trusted: TRUSTED_BASE,
      ...(second === undefined ? {} : { second: second.sentence }),
      ...(failure === undefined ? {} : { failure: failure.text }),
      measured: { milliseconds: performance.now() - start },
    };
  } finally {
    await Promise.all([crew.close(), closeSolver()]);
  }
}

/** The report as text for machines: what was measured is apart, the rest is the same in every run. */
export function reportJson({ theorems, measured, ...report }: ProveReport): string {
  const times = Object.fromEntries(
    theorems.map(({ theorem, milliseconds, cached }) => [theorem, { milliseconds, cached }]),
  );
  const rows = theorems.map(({ milliseconds: _, cached: __, ...row }) => row);
  const all = { ...report, theorems: rows, measured: { ...measured, theorems: times } };
  return `${JSON.stringify(all, undefined, 2)}\n`;
}

function chosen(filter: string | undefined): readonly Theorem[] {
  const theorems = allTheorems();
  if (filter === undefined) return theorems;
  const found = theorems.filter(
    ({ name, path, proves }) =>
      name.includes(filter) || path.includes(filter) || proves.includes(filter),
  );
  if (found.length > 0) return found;
  throw new NoSuchTheorem(`no theorem is called, lies in or proves ${filter}`);
}

/** Asks another solver everything again. */
async function secondOf(theorems: readonly Theorem[], { secondOpinion }: ProveOptions) {
  if (secondOpinion === undefined) return undefined;
  const texts = function* (): Generator<{ name: string; text: string }> {
    for (const theorem of theorems) {
      for (const { kind, asked } of obligationsOf(theorem)) {
        if (kind !== "speaks" && "text" in asked) yield { name: theorem.name, text: asked.text };
      }
    }
  };
  return askSecond(secondOpinion, texts());
}
