/**
 * A theorem is an exported function of an `*.obligation.ts` whose result is true for all arguments
 * that its `assume`s admit. Here it becomes a formula that must be impossible: the assumptions hold,
 * and the result is false, or something that is owed on the way does not hold: an assertion, a key
 * that is there, a divisor that is not zero.
 *
 * What is owed may use only the assumptions before it: each assumption narrows the path from there on.
 */
import { type FunctionDeclaration, Node } from "ts-morph";
import { declarationOf, OutsideDialect, written } from "./dialect.ts";
import { declare, run, truth } from "./evaluate.ts";
import { ground } from "./ground.ts";
import type { Numbers } from "./number-mode.ts";
import { opaqueOf } from "./opaque.ts";
import { isUnknown, smtText } from "./smt.ts";
import { casesOf, type Findings, newFindings, symbolOf } from "./symbol.ts";
import { and, FALSE, forgetTerms, not, or, type Term, TRUE } from "./term.ts";
import { depthOf, numbersOf } from "./theorem-mode.ts";
import {
  assuming,
  newPlace,
  type Place,
  same,
  termValue,
  textTerm,
  truthOf,
  UNDEFINED,
  type Value,
} from "./value.ts";

/** Values of some unknowns: one case of a split. */
export type Case = Readonly<Record<string, number | string | boolean>>;

export interface Asked {
  readonly fixed?: Case;
  /** No unknown number is larger; for values that a person can read. */
  readonly largest?: Term;
  /** Takes nothing from the assumption with this index, to see whether it is needed. */
  readonly without?: number;
}

/** A theorem as it was read: what is reached under which conditions, and what it says there. */
export interface Reading {
  readonly place: Place;
  readonly result: Value;
  readonly names: ReadonlyMap<string, Value>;
  /** How much was owed when each statement but the last began to be read. */
  readonly owedBefore: readonly number[];
}

/** The questions that are asked of one case: none may have an answer. */
export interface Parts {
  /** Whether a statement fails to do what it must: one text for each that must do something. */
  readonly owed: readonly string[];
  /** Whether the theorem is false. */
  readonly conclusion: string;
}

/** Asks for a counterexample of `theorem`: it is impossible exactly if the theorem has been proved. */
export function obligationText(theorem: FunctionDeclaration, asked: Asked = {}): string {
  const found = findingsFor(theorem, asked);
  const { place, result } = read(theorem, found, asked.without);
  const isFalse = and(place.path, not(truthOf(result)));
  return text([...place.owed.map(not), isFalse].reduce(or, FALSE), found);
}

/**
 * The same in parts: what each statement owes, and whether the theorem is false. Each must be impossible. A
 * part is short, and what an assumption owes is the same question in every case that does not matter to it.
 */
export function obligationParts(theorem: FunctionDeclaration, asked: Asked = {}): Parts {
  const found = findingsFor(theorem, asked);
  const { place, result, owedBefore } = read(theorem, found, asked.without);
  const ends = [...owedBefore, place.owed.length];
  const parts = ends.map((end, stage) => {
    const owed = place.owed.slice(stage === 0 ? 0 : ends[stage - 1], end).map(not);
    return { formula: owed.reduce(or, FALSE), part: { stage, isConclusion: false } };
  });
  const isFalse = and(place.path, not(truthOf(result)));
  const last = { stage: owedBefore.length, isConclusion: true };
  return {
    owed: parts
      .filter(({ formula }) => formula.value !== false)
      .map(({ formula, part }) => found.keys.about(part, () => text(formula, found))),
    conclusion: found.keys.about(last, () => text(isFalse, found)),
  };
}

/** Asks for arguments that keep every assumption of `theorem`: possible, or it says nothing. */
export function hypothesisText(theorem: FunctionDeclaration, asked: Asked = {}): string {
  const found = findingsFor(theorem, asked);
  const { place, owedBefore } = read(theorem, found);
  const last = { stage: owedBefore.length, isConclusion: true };
  return found.keys.about(last, () => text(place.path, found));
}

/** Asks for arguments of which `theorem` speaks and that none of `cases` has: the split is complete. */
export function splitText(
  theorem: FunctionDeclaration,
  cases: readonly Case[],
  without?: number,
): string {
  const found = findingsFor(theorem, {});
  const { place, names } = readAssumptions(theorem, found, without);
  // What an assumption owes is asked case by case, so it must not be what leaves a case out.
  const isReached = [...place.owed.map(not), place.path].reduce(or, FALSE);
  const isCase = (fixed: Case): Term =>
    Object.entries(fixed)
      .map(([path, value]) => isValue(unknownAt(names, path), value, found.numbers))
      .reduce(and, TRUE);
  return text(and(isReached, not(cases.map(isCase).reduce(or, FALSE))), found);
}

/** The unknown, or the field of an unknown, that `path` names. */
function unknownAt(names: ReadonlyMap<string, Value>, path: string): Value {
  const [name, ...keys] = path.split(".") as [string, ...string[]];
  const unknown = keys.reduce(
    (owner, key) => (owner?.kind === "record" ? owner.fields.get(key) : undefined),
    names.get(name),
  );
  if (unknown === undefined) throw new Error(`there is no unknown ${path}`);
  return unknown;
}

function isValue(unknown: Value, value: Case[string], numbers: Numbers): Term {
  if (typeof value === "boolean") return value ? truthOf(unknown) : not(truthOf(unknown));
  const constant = typeof value === "number" ? numbers.constant(value) : textTerm(value);
  return same(unknown, termValue(constant));
}

/** Every combination of what the unknowns `names` of `theorem` can be. */
export function splitOver(theorem: FunctionDeclaration, names: readonly string[]): readonly Case[] {
  return names.reduce<readonly Case[]>(
    (cases, name) => {
      const type = theorem.getParameterOrThrow(name.split(".")[0] as string).getType();
      const values = casesOf(type, name);
      return cases.flatMap((each) => values.map((value) => ({ ...each, [name]: value })));
    },
    [{}],
  );
}

/** Reads `theorem` with unknowns for its parameters. */
export function read(theorem: FunctionDeclaration, found: Findings, without?: number): Reading {
  const names = unknownsOf(theorem, found);
  let place = placeOf(theorem, found);
  let assumptions = 0;
  const owedBefore: number[] = [];
  const statements = theorem.getStatements().filter(Node.isStatement);
  for (const [index, statement] of statements.entries()) {
    const assumed = assumption(statement);
    if (index > 0) {
      owedBefore.push(place.owed.length);
      found.keys.nextStage();
    }
    if (assumed !== undefined) {
      if (assumptions++ !== without) place = assuming(place, truth(assumed, names, place));
    } else if (Node.isVariableStatement(statement)) {
      declare(statement, names, place);
    } else {
      const result = run(statements.slice(index), names, place, () => UNDEFINED);
      return { place, result, names, owedBefore };
    }
  }
  throw new Error(`${theorem.getName()} states nothing`);
}

/**
 * Reads only what `theorem` assumes. What is not in the dialect unless an unknown has one value, as in a
 * case, narrows nothing here: of more arguments than those that it speaks of more must be shown.
 */
function readAssumptions(theorem: FunctionDeclaration, found: Findings, without?: number) {
  const names = unknownsOf(theorem, found);
  let place = placeOf(theorem, found);
  let assumptions = 0;
  const statements = theorem.getStatements().filter(Node.isStatement);
  const last = statements.findLastIndex((each) => assumption(each) !== undefined);
  for (const statement of statements.slice(0, last + 1)) {
    const assumed = assumption(statement);
    try {
      if (assumed === undefined) declare(statement, names, place);
      else if (assumptions++ !== without) place = assuming(place, truth(assumed, names, place));
    } catch (error) {
      if (error instanceof OutsideDialect) break;
      throw error;
    }
  }
  return { place, names };
}

/** Where what is found of `theorem` is kept, as its tags have it. */
function findingsFor(theorem: FunctionDeclaration, { fixed, largest }: Asked): Findings {
  return newFindings(fixed, largest, numbersOf(theorem), depthOf(theorem));
}

/** Where the reading of `theorem` begins. */
function placeOf(theorem: FunctionDeclaration, { keys, numbers }: Findings): Place {
  return { ...newPlace(keys, false, numbers), opaque: opaqueOf(theorem) };
}

/** The unknowns that the parameters of `theorem` stand for. */
function unknownsOf(theorem: FunctionDeclaration, found: Findings): Map<string, Value> {
  forgetTerms();
  const names = new Map<string, Value>();
  for (const parameter of theorem.getParameters()) {
    const name = parameter.getName();
    const unknown = written(parameter, () => symbolOf(parameter.getType(), name, found));
    names.set(name, unknown);
  }
  if (found.fixed.size > 0) throw new Error(`there is no unknown ${[...found.fixed.keys()]}`);
  return names;
}

/** What `statement` assumes, if it does. */
export function assumption(statement: Node): Node | undefined {
  const call = Node.isExpressionStatement(statement) ? statement.getExpression() : undefined;
  if (!Node.isCallExpression(call)) return undefined;
  const declaration = declarationOf(call.getExpression());
  const isAssume = declaration?.getSourceFile().getBaseName() === "assume.ts";
  return isAssume ? call.getArguments()[0] : undefined;
}

/** `formula` without quantifiers, with all that is known of its unknowns, as text. */
function text(formula: Term, found: Findings): string {
  const flat = ground(formula, found.keys);
  return smtText([...factsOf(flat, found), flat].reduce(and, TRUE));
}

/** What is known of the unknowns of `formula`; what is known of others does not matter to it. */
function factsOf(formula: Term, { facts }: Findings): readonly Term[] {
  const reached = new Set<Term>();
  const reach = (term: Term): void => {
    if (reached.has(term)) return;
    reached.add(term);
    term.operands.forEach(reach);
  };
  const unknowns = (term: Term): readonly Term[] =>
    isUnknown(term) ? [term] : term.operands.flatMap(unknowns);
  reach(formula);
  return facts.filter((fact) => unknowns(fact).every((unknown) => reached.has(unknown)));
}
