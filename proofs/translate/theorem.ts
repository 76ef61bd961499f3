/**
 * A theorem is an exported function of an `*.obligation.ts` whose result is true for all arguments
 * that its `assume`s admit. Here it becomes a formula that must be impossible: the assumptions hold,
 * and the result is false, or something that is owed on the way does not hold: an assertion, a key
 * that is there, a divisor that is not zero.
 *
 * What is owed may use only the assumptions before it: each assumption narrows the path from there on.
 */
import { type FunctionDeclaration, Node } from "ts-morph";
import { declare, run, truth } from "./evaluate.ts";
import { ground } from "./ground.ts";
import { smtText } from "./smt.ts";
import { casesOf, type Findings, newFindings, symbolOf } from "./symbol.ts";
import { and, FALSE, not, or, type Term, TRUE } from "./term.ts";
import { newPlace, type Place, truthOf, UNDEFINED, under, type Value } from "./value.ts";

/** Values of some unknowns: one case of a split. */
export type Case = Readonly<Record<string, number | string | boolean>>;

export interface Asked {
  readonly fixed?: Case;
  /** No unknown number is larger; for values that a person can read. */
  readonly largest?: Term;
}

/** Asks for a counterexample of `theorem`: it is impossible exactly if the theorem has been proved. */
export function obligationText(theorem: FunctionDeclaration, asked: Asked = {}): string {
  const found = newFindings(asked.fixed, asked.largest);
  const { place, result } = read(theorem, found);
  const isFalse = and(place.path, not(truthOf(result)));
  return text([...place.owed.map(not), isFalse].reduce(or, FALSE), place, found);
}

/** Asks for arguments that `theorem` speaks of and for which it ends: possible, or it says nothing. */
export function hypothesisText(theorem: FunctionDeclaration, asked: Asked = {}): string {
  const found = newFindings(asked.fixed, asked.largest);
  const { place, result } = read(theorem, found);
  return text([...place.owed, truthOf(result)].reduce(and, place.path), place, found);
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

function read(theorem: FunctionDeclaration, found: Findings): { place: Place; result: Value } {
  const names = new Map<string, Value>();
  for (const parameter of theorem.getParameters()) {
    const name = parameter.getName();
    names.set(name, symbolOf(parameter.getType(), name, found));
  }
  if (found.fixed.size > 0) throw new Error(`there is no unknown ${[...found.fixed.keys()]}`);

  let place = newPlace();
  const statements = theorem.getStatements().filter(Node.isStatement);
  for (const [index, statement] of statements.entries()) {
    const assumed = assumption(statement);
    if (assumed !== undefined) {
      place = under(place, truth(assumed, names, place));
    } else if (Node.isVariableStatement(statement)) {
      declare(statement, names, place);
    } else {
      return { place, result: run(statements.slice(index), names, place, () => UNDEFINED) };
    }
  }
  throw new Error(`${theorem.getName()} states nothing`);
}

/** What `statement` assumes, if it does. */
function assumption(statement: Node): Node | undefined {
  const call = Node.isExpressionStatement(statement) ? statement.getExpression() : undefined;
  if (!Node.isCallExpression(call)) return undefined;
  const symbol = call.getExpression().getSymbol();
  const [declaration] = (symbol?.getAliasedSymbol() ?? symbol)?.getDeclarations() ?? [];
  const isAssume = declaration?.getSourceFile().getBaseName() === "assume.ts";
  return isAssume ? call.getArguments()[0] : undefined;
}

/** `formula` without quantifiers, with all that is known of its unknowns, as text. */
function text(formula: Term, place: Place, found: Findings): string {
  const pools = new Map<string, Term[]>();
  for (const [over, unit] of found.maps) {
    const elements = place.elements.filter((each) => each.over === over);
    pools.set(over, [...(found.numbers.get(unit) ?? []), ...elements.map((each) => each.element)]);
  }
  const flat = ground(formula, pools);
  return smtText([...found.facts, flat].reduce(and, TRUE));
}
