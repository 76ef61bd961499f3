/**
 * Asks Z3, the npm package, whether a formula can be true.
 *
 * The text is handed over with `solver_from_string`, which reads it at once: the package's call that
 * evaluates a script keeps a pointer into a stack that is gone by the time it is read. The limit counts
 * the solver's own steps, so a verdict does not depend on the machine.
 */
import { setTimeout } from "node:timers/promises";
import { init } from "z3-solver";
import { type Constant, type Interpretation, type Model, readModel } from "./model.ts";

export type { Constant, Interpretation, Model };

export type SolverAnswer =
  | { readonly kind: "impossible" }
  | ({ readonly kind: "possible" } & Model)
  | { readonly kind: "unknown"; readonly reason: string };

/** An answer, and how many steps the solver made for it: the same number on every machine. */
export interface Decision {
  readonly answer: SolverAnswer;
  readonly steps: number;
}

const FAREWELL_MS = 50;

export const STEPS_MAX = 20_000_000;

type Engine = Awaited<ReturnType<typeof init>>;
let engine: Promise<Engine> | undefined;

/** Decides `text`, the SMT-LIB of one formula. */
export async function solve(text: string): Promise<SolverAnswer> {
  return (await decide(text)).answer;
}

/** What is hoped for: that nothing is possible, or values, which the plain simplex finds sooner. */
export type Hope = "proof" | "values";

/** Decides `text` in at most `stepsMax` steps, with nothing left over from what was asked before. */
export async function decide(
  text: string,
  stepsMax: number = STEPS_MAX,
  hope: Hope = "proof",
): Promise<Decision> {
  engine ??= init();
  const { Z3 } = await engine;
  const config = Z3.mk_config();
  const context = Z3.mk_context(config);
  try {
    const solver = solverFor(Z3, context, text);
    Z3.solver_inc_ref(context, solver);
    const parameters = Z3.mk_params(context);
    Z3.params_inc_ref(context, parameters);
    Z3.params_set_uint(context, parameters, Z3.mk_string_symbol(context, "rlimit"), stepsMax);
    if (hope === "values") {
      Z3.params_set_uint(context, parameters, Z3.mk_string_symbol(context, "arith.solver"), 2);
    }
    Z3.solver_set_params(context, solver, parameters);
    Z3.solver_from_string(context, solver, text);
    // A text that is not understood whole would be a weaker question than the one that was asked.
    const error = Z3.get_error_code(context);
    if (error !== 0)
      throw new Error(`the solver does not read it: ${Z3.get_error_msg(context, error)}`);
    const verdict = await Z3.solver_check(context, solver);
    const steps = stepsOf(Z3, context, solver);
    if (verdict === -1) return { answer: { kind: "impossible" }, steps };
    if (verdict === 0) {
      const reason = Z3.solver_get_reason_unknown(context, solver);
      return { answer: { kind: "unknown", reason }, steps };
    }
    return { answer: { kind: "possible", ...readModel(Z3, context, solver) }, steps };
  } finally {
    Z3.del_context(context);
  }
}

/** The solver's name for itself: what one version has proved, another is asked again. */
export async function engineVersion(): Promise<string> {
  engine ??= init();
  return (await engine).Z3.get_full_version();
}

/** Stops the solver's threads, without which a process does not end. */
export async function closeSolver(): Promise<void> {
  if (engine === undefined) return;
  const { em } = await engine;
  // A thread that has just answered still says that it is done, and is missed if it is gone by then.
  await setTimeout(FAREWELL_MS);
  em.PThread.terminateAllThreads();
  engine = undefined;
}

type Api = Engine["Z3"];
type Context = ReturnType<Api["mk_context"]>;
type Solver = ReturnType<Api["mk_simple_solver"]>;

/** Bit-vectors are decided by turning them into propositions, integers are not. */
function solverFor(Z3: Api, context: Context, text: string): Solver {
  const [, logic] = /^\(set-logic (\w+)\)/.exec(text) ?? [];
  if (logic === undefined) return Z3.mk_simple_solver(context);
  return Z3.mk_solver_for_logic(context, Z3.mk_string_symbol(context, logic));
}

function stepsOf(Z3: Api, context: Context, solver: Solver): number {
  const counts = Z3.solver_get_statistics(context, solver);
  for (let index = 0; index < Z3.stats_size(context, counts); index++) {
    if (Z3.stats_get_key(context, counts, index) !== "rlimit count") continue;
    return Z3.stats_get_uint_value(context, counts, index);
  }
  throw new Error("the solver does not say how many steps it made");
}
