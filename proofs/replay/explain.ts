/**
 * Tells on one screen why a theorem is not proved: what it says, for which values it is wrong, what the
 * real functions did with them, and at which line.
 *
 * Nothing that a solver says is repeated as such: the values are those on which the real source, run as
 * it stands, fails. Where it does not fail on any, the fault is the translation's, and that is said.
 */
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { FunctionDeclaration } from "ts-morph";
import { pathFromRoot } from "../source.ts";
import type { Case } from "../translate/theorem.ts";
import type { Argument } from "./arguments.ts";
import { type SearchOptions, searchCounterexample } from "./counterexample-search.ts";
import { explanationText } from "./explanation-text.ts";
import type { Plain } from "./plain-value.ts";
import { runTheorem } from "./run-theorem.ts";
import { stepTrace } from "./step-trace.ts";

export interface ExplainOptions extends SearchOptions {
  /** The folder to save a trace in, if the values are a step of a heap; none is saved if absent. */
  readonly saveIn?: string;
}

export interface Explanation {
  /**
   * - `reproduced`: the real functions fail on the values.
   * - `vacuous`: the real functions do not fail on the solver's values, which need not be real.
   * - `not reproduced`: the real functions do not fail, though the formula says all there is to say.
   * - `none`: the solver has no counterexample.
   * - `unknown`: the solver gave up.
   */
  readonly kind: "reproduced" | "vacuous" | "not reproduced" | "none" | "unknown";
  /** One screen. */
  readonly text: string;
  /** The arguments, in the order of the parameters; none if the solver has none. */
  readonly values: readonly Plain[];
  /** The calls that lead to the values, as a trace to replay, where they are a step of a heap. */
  readonly trace: string | undefined;
}

/** Explains why `theorem` does not hold in the case `fixed`, on the source as it stands. */
export async function explain(
  theorem: FunctionDeclaration,
  fixed: Case = {},
  options: ExplainOptions = {},
): Promise<Explanation> {
  const [path, name] = [pathFromRoot(theorem.getSourceFile()), theorem.getNameOrThrow()];
  const run = await runTheorem(path, name);
  const result = await searchCounterexample(theorem, fixed, run, options);
  const found = "found" in result ? result.found : [];
  const outcome = "outcome" in result ? result.outcome : undefined;
  const { kind } = result;
  const reason = result.kind === "unknown" ? result.reason : "";
  const trace = kind === "reproduced" ? traceOf(found, theorem) : undefined;
  const saved = await saveTrace(trace, name, options.saveIn);
  return {
    kind,
    text: explanationText({ theorem, fixed, kind, found, outcome, reason, saved }),
    values: found.map(({ value }) => value),
    trace,
  };
}

function traceOf(found: readonly Argument[], theorem: FunctionDeclaration): string | undefined {
  const values = Object.fromEntries(found.map(({ name, value }) => [name, value]));
  const tags = theorem.getJsDocs().flatMap((doc) => doc.getTags());
  const proves = tags.filter((tag) => tag.getTagName() === "proves");
  const names = proves.flatMap((tag) => tag.getCommentText()?.trim().split(/,\s*/) ?? []);
  return stepTrace(values, names);
}

/** Where the trace was saved, if it was. */
async function saveTrace(
  trace: string | undefined,
  name: string,
  folder: string | undefined,
): Promise<string | undefined> {
  if (trace === undefined || folder === undefined) return undefined;
  const file = join(folder, `${name}.trace.jsonl`);
  await mkdir(folder, { recursive: true });
  await writeFile(file, trace);
  return file;
}
