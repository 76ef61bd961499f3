/** Runs a theorem on arguments, with the real functions, and says what came of it. */
import { type MakeMap, type Plain, realValue } from "./plain-value.ts";
import type { Report } from "./reporting-text.ts";
import { type RunningSource, runningSource } from "./running-source.ts";

const SUPPORT = "spec/support/index.ts";

/** What a theorem did on some arguments. */
export type Outcome =
  | { readonly kind: "true" }
  /** An assumption does not hold: the theorem does not speak of the arguments. */
  | { readonly kind: "outside"; readonly places: readonly string[] }
  /** A loop goes on for too long to say anything. */
  | { readonly kind: "endless" }
  | { readonly kind: "false"; readonly reports: readonly Report[] }
  | { readonly kind: "threw"; readonly message: string; readonly places: readonly string[] };

/** A theorem that can be run. */
export type RunTheorem = (operands: readonly Plain[]) => Outcome;

/** The theorem `name` of the file at `path`, with the source as it stands now. */
export async function runTheorem(path: string, name: string): Promise<RunTheorem> {
  const source = await runningSource([path, SUPPORT]);
  const theorem = source.modules[path]?.[name] as (...operands: readonly unknown[]) => unknown;
  const makeMap = source.modules[SUPPORT]?.["finiteMap"] as MakeMap;
  return (operands) => {
    const values = operands.map((each) => realValue(each, makeMap));
    return outcomeOf(() => theorem(...values), source);
  };
}

function outcomeOf(body: () => unknown, source: RunningSource): Outcome {
  source.takeReports();
  try {
    return body() === true ? { kind: "true" } : { kind: "false", reports: source.takeReports() };
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    const places = source.placesOf(error).filter((place) => !isWord(place));
    if (error.name === "Endless") return { kind: "endless" };
    if (error.name === "Vacuous") return { kind: "outside", places };
    return { kind: "threw", message: `${error.name}: ${error.message}`, places };
  }
}

/** Whether an error is thrown there on behalf of a caller. */
function isWord(place: string): boolean {
  return place.startsWith("spec/support/") || place.startsWith("proofs/obligations/assume.ts");
}

/** Whether a theorem is wrong about the arguments: it is false, or does not come to an end. */
export function isFailure(outcome: Outcome): boolean {
  return outcome.kind === "false" || outcome.kind === "threw";
}
