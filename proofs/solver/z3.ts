/**
 * Asks Z3, the npm package, whether a formula can be true.
 *
 * The text is handed over with `solver_from_string`, which reads it at once: the package's call that
 * evaluates a script keeps a pointer into a stack that is gone by the time it is read. The limit counts
 * the solver's own steps, so a verdict does not depend on the machine.
 */
import { init } from "z3-solver";

export type Constant = number | bigint | boolean;

export type SolverAnswer =
  | { readonly kind: "impossible" }
  | { readonly kind: "possible"; readonly values: ReadonlyMap<string, Constant> }
  | { readonly kind: "unknown"; readonly reason: string };

const STEPS_MAX = 20_000_000;

type Engine = Awaited<ReturnType<typeof init>>;
let engine: Promise<Engine> | undefined;

/** Decides `text`, the SMT-LIB of one formula. */
export async function solve(text: string): Promise<SolverAnswer> {
  engine ??= init();
  const { Z3 } = await engine;
  const config = Z3.mk_config();
  const context = Z3.mk_context(config);
  try {
    const solver = Z3.mk_simple_solver(context);
    Z3.solver_inc_ref(context, solver);
    const parameters = Z3.mk_params(context);
    Z3.params_inc_ref(context, parameters);
    Z3.params_set_uint(context, parameters, Z3.mk_string_symbol(context, "rlimit"), STEPS_MAX);
    Z3.solver_set_params(context, solver, parameters);
    Z3.solver_from_string(context, solver, text);
    // A text that is not understood whole would be a weaker question than the one that was asked.
    const error = Z3.get_error_code(context);
    if (error !== 0)
      throw new Error(`the solver does not read it: ${Z3.get_error_msg(context, error)}`);
    const verdict = await Z3.solver_check(context, solver);
    if (verdict === -1) return { kind: "impossible" };
    if (verdict === 0) {
      return { kind: "unknown", reason: Z3.solver_get_reason_unknown(context, solver) };
    }
    return { kind: "possible", values: readModel(Z3, context, solver) };
  } finally {
    Z3.del_context(context);
  }
}

/** Stops the solver's threads, without which a process does not end. */
export async function closeSolver(): Promise<void> {
  if (engine === undefined) return;
  const { em } = await engine;
  em.PThread.terminateAllThreads();
  engine = undefined;
}

function readModel(
  Z3: Engine["Z3"],
  context: ReturnType<Engine["Z3"]["mk_context"]>,
  solver: ReturnType<Engine["Z3"]["mk_simple_solver"]>,
): ReadonlyMap<string, Constant> {
  const model = Z3.solver_get_model(context, solver);
  const values = new Map<string, Constant>();
  for (let index = 0; index < Z3.model_get_num_consts(context, model); index++) {
    const declaration = Z3.model_get_const_decl(context, model, index);
    const name = Z3.get_symbol_string(context, Z3.get_decl_name(context, declaration));
    const value = Z3.model_get_const_interp(context, model, declaration);
    if (value === null || /^t!\d+$/.test(name)) continue;
    const text = Z3.ast_to_string(context, value).replace(/^\(- (\d+)\)$/, "-$1");
    values.set(name, constantOf(text));
  }
  return values;
}

/** The constant that `text` is; a `bigint` where no double holds it. */
function constantOf(text: string): Constant {
  if (text === "true" || text === "false") return text === "true";
  return Number.isSafeInteger(Number(text)) ? Number(text) : BigInt(text);
}
