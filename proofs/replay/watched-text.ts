/**
 * Makes a formula tell for which operands its unknown functions are asked.
 *
 * A model lists the values of a function only where they differ from the usual one, so it does not say
 * which keys of a map a proof looked at. Here every operand of every application gets a name of its
 * own, as another unknown; the model then has its value.
 *
 *     (define-fun t!7 () Bool (|blocks has| t!3))        as written
 *     (declare-fun |operand! t!7 0| () Int)              added
 *     (assert (= |operand! t!7 0| t!3))
 */
import { type Constant, type Model, valueAt } from "../solver/model.ts";

/** A function of the formula, asked for the value at some operands. */
export interface Application {
  readonly name: string;
  readonly operands: readonly Constant[];
  readonly value: Constant;
}

export interface Watched {
  readonly text: string;
  /** Says that no unknown number is above `most`; texts, which are negative, never are. */
  readonly noneAbove: (most: number) => string;
  /** Says that of the keys that are no unknowns of the theorem, at most `count` are in a map. */
  readonly fewKeys: (count: number) => string;
  /** What a model of `text` asks the functions. */
  readonly applicationsIn: (model: Model) => readonly Application[];
}

const DECLARATION = /^\(declare-fun \|([^|]+)\| \((.*)\) (\w+|\(_ [^)]*\))\)$/gm;
const DEFINITION = /^\(define-fun (t!\d+) \(\) (?:\w+|\(_ [^)]*\)) \((\|[^|]+\||\S+) (.*)\)\)$/gm;
/** An element that some claim is about, and that has no name of its own. */
const WITNESS = /^\|.*[!?]\d+\|$/;
const TOKEN = /\|[^|]*\||\([^()]*\)|[^\s()]+/g;

/** `text`, with every operand of an unknown function named. */
export function watchedText(text: string): Watched {
  const sorts = new Map<string, readonly string[]>();
  const numbers: string[] = [];
  for (const [, name = "", operands = "", sort] of text.matchAll(DECLARATION)) {
    sorts.set(name, operands.match(TOKEN) ?? []);
    if (sort === "Int" && operands === "") numbers.push(`|${name}|`);
  }
  const asked: { readonly name: string; readonly operands: readonly (string | number)[] }[] = [];
  const witnesses = new Set<string>();
  const isWitness = (term: string): boolean => witnesses.has(term) || WITNESS.test(term);
  const keys = new Map<string, Set<string>>();
  const lines = [text];
  for (const [, term = "", head = "", rest = ""] of text.matchAll(DEFINITION)) {
    const operands = rest.match(TOKEN) ?? [];
    if (operands.some(isWitness)) witnesses.add(term);
    if (!head.startsWith("|")) continue;
    const name = head.slice(1, -1);
    if (name.endsWith(" has")) keys.set(name, (keys.get(name) ?? new Set()).add(rest));
    const watches = operands.map((operand, index) => {
      const constant = integerIn(operand);
      if (constant !== undefined) return constant;
      const watch = `operand! ${term} ${index}`;
      lines.push(`(declare-fun |${watch}| () ${sorts.get(name)?.[index]})`);
      lines.push(`(assert (= |${watch}| ${operand}))`);
      return watch;
    });
    asked.push({ name, operands: watches });
  }

  const applicationsIn = (model: Model): readonly Application[] =>
    asked.flatMap(({ name, operands: watches }) => {
      const operands = watches.map((watch) =>
        typeof watch === "string" ? model.values.get(watch) : watch,
      );
      if (!operands.every((each) => each !== undefined)) return [];
      const value = valueAt(model, name, operands);
      return value === undefined ? [] : [{ name, operands, value }];
    });
  const others = [...keys].flatMap(([name, each]) => otherKeys(name, [...each], isWitness));
  const fewKeys = (count: number): string => {
    if (count === 0) return others.map((isOther) => `(assert (not ${isOther}))`).join("\n");
    return others.length <= count ? "" : `(assert ((_ at-most ${count}) ${others.join(" ")}))`;
  };
  const noneAbove = (most: number): string =>
    numbers.map((number) => `(assert (<= ${number} ${most}))`).join("\n");
  return { text: lines.join("\n"), noneAbove, fewKeys, applicationsIn };
}

/** For each key that is no unknown of the theorem: that it is in the map, and none that is. */
function otherKeys(
  name: string,
  keys: readonly string[],
  isWitness: (term: string) => boolean,
): readonly string[] {
  const mentions = (key: string): boolean => (key.match(TOKEN) ?? []).some(isWitness);
  const named = keys.filter((key) => !mentions(key));
  return keys.filter(mentions).map((key) => {
    const isNone = named.map((other) => `(not ${areSame(key, other)})`).join(" ");
    return `(and (|${name}| ${key}) ${isNone})`;
  });
}

/** Whether two keys, the operands of a map within maps, are the same, one by one. */
function areSame(key: string, other: string): string {
  const [left, right] = [key.match(TOKEN) ?? [], other.match(TOKEN) ?? []];
  return `(and true ${left.map((each, index) => `(= ${each} ${right[index]})`).join(" ")})`;
}

/** The integer that an operand is as it is written. */
function integerIn(operand: string): number | undefined {
  const [, minus, digits] = /^(\(- )?(\d+)\)?$/.exec(operand) ?? [];
  const value = digits === undefined ? undefined : Number(digits) * (minus === undefined ? 1 : -1);
  return value !== undefined && Number.isSafeInteger(value) ? value : undefined;
}
