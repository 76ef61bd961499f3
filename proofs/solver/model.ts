/**
 * A model, as the solver has it, as plain data: the unknowns and the unknown functions of a formula
 * that can be true, with values that make it so. Plain data may cross from a worker to its owner.
 *
 * An unknown that is not mentioned does not matter: any value does.
 */
import type { Z3LowLevel } from "z3-solver";

export type Constant = number | bigint | boolean;

/** What an unknown function gives: by its operands where that is listed, and otherwise always this. */
export interface Interpretation {
  readonly entries: readonly Entry[];
  readonly otherwise: Constant;
}

export interface Entry {
  readonly operands: readonly Constant[];
  readonly value: Constant;
}

export interface Model {
  readonly values: ReadonlyMap<string, Constant>;
  readonly functions: ReadonlyMap<string, Interpretation>;
}

type Api = Z3LowLevel["Z3"];
type Context = ReturnType<Api["mk_context"]>;
type Solver = ReturnType<Api["mk_simple_solver"]>;
type Ast = Parameters<Api["ast_to_string"]>[1];
type Declaration = Parameters<Api["get_decl_name"]>[1];

/** The model that `solver` has found. */
export function readModel(Z3: Api, context: Context, solver: Solver): Model {
  const model = Z3.solver_get_model(context, solver);
  // Without a reference of our own, the next object that the solver hands out takes its place.
  Z3.model_inc_ref(context, model);
  const nameOf = (declaration: Declaration): string =>
    Z3.get_symbol_string(context, Z3.get_decl_name(context, declaration));
  const constantOf = (term: Ast): Constant => constantIn(Z3.ast_to_string(context, term));

  const values = new Map<string, Constant>();
  for (let index = 0; index < Z3.model_get_num_consts(context, model); index++) {
    const declaration = Z3.model_get_const_decl(context, model, index);
    const value = Z3.model_get_const_interp(context, model, declaration);
    if (value !== null && !isDefinition(nameOf(declaration))) {
      values.set(nameOf(declaration), constantOf(value));
    }
  }

  const functions = new Map<string, Interpretation>();
  for (let index = 0; index < Z3.model_get_num_funcs(context, model); index++) {
    const declaration = Z3.model_get_func_decl(context, model, index);
    const found = Z3.model_get_func_interp(context, model, declaration);
    if (found === null) continue;
    Z3.func_interp_inc_ref(context, found);
    const entries = Array.from(
      { length: Z3.func_interp_get_num_entries(context, found) },
      (_, at) => entryAt(Z3, context, found, at, constantOf),
    );
    const otherwise = constantOf(Z3.func_interp_get_else(context, found));
    functions.set(nameOf(declaration), { entries, otherwise });
    Z3.func_interp_dec_ref(context, found);
  }
  Z3.model_dec_ref(context, model);
  return { values, functions };
}

function entryAt(
  Z3: Api,
  context: Context,
  found: ReturnType<Api["model_get_func_interp"]>,
  at: number,
  constantOf: (term: Ast) => Constant,
): Entry {
  const entry = Z3.func_interp_get_entry(context, found, at);
  Z3.func_entry_inc_ref(context, entry);
  const operands = Array.from(
    { length: Z3.func_entry_get_num_args(context, entry) },
    (_, operand) => constantOf(Z3.func_entry_get_arg(context, entry, operand)),
  );
  const value = constantOf(Z3.func_entry_get_value(context, entry));
  Z3.func_entry_dec_ref(context, entry);
  return { operands, value };
}

/** What `model` says the function `name` gives for `operands`; undefined if it says nothing. */
export function valueAt(
  model: Model,
  name: string,
  operands: readonly Constant[],
): Constant | undefined {
  if (operands.length === 0) return model.values.get(name);
  const found = model.functions.get(name);
  const entry = found?.entries.find((each) =>
    each.operands.every((operand, index) => operand === operands[index]),
  );
  return entry === undefined ? found?.otherwise : entry.value;
}

/** `constant`, an integer or a truth value, as SMT-LIB has it. */
export function constantText(constant: Constant): string {
  if (typeof constant === "boolean") return `${constant}`;
  return constant < 0 ? `(- ${-BigInt(constant)})` : `${BigInt(constant)}`;
}

/** Whether `name` is that of a shared term, which a formula defines, and not of an unknown. */
function isDefinition(name: string): boolean {
  return /^t!\d+$/.test(name);
}

/** The constant that `text` is; a `bigint` where no double holds it. */
function constantIn(text: string): Constant {
  if (text === "true" || text === "false") return text === "true";
  const bits = /^#([bx])([0-9a-f]+)$/.exec(text);
  const value = bits === null ? integerIn(text) : signedIn(bits[1] as "b" | "x", bits[2] ?? "");
  if (value === undefined) throw new Error(`a model has a value that is no constant: ${text}`);
  const isExact = BigInt(Number.MIN_SAFE_INTEGER) <= value && value <= Number.MAX_SAFE_INTEGER;
  return isExact ? Number(value) : value;
}

function integerIn(text: string): bigint | undefined {
  const [, minus, digits] = /^(\(- )?(\d+)\)?$/.exec(text) ?? [];
  if (digits === undefined) return undefined;
  return minus === undefined ? BigInt(digits) : -BigInt(digits);
}

/** Bits, or hexadecimal digits of them, as two's complement has them. */
function signedIn(base: "b" | "x", digits: string): bigint {
  const width = digits.length * (base === "b" ? 1 : 4);
  return BigInt.asIntN(width, BigInt(`0${base}${digits}`));
}
