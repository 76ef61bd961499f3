/**
 * Makes a counterexample small: whatever can be simpler while the theorem still fails becomes simpler.
 *
 * A small number of steps is enough for values that a solver already found in a small scope, and the
 * bound keeps a large state from being taken apart for minutes.
 */
import type { Case } from "../translate/theorem.ts";
import type { Argument } from "./arguments.ts";
import { isRecord, type Plain } from "./plain-value.ts";
import { numbersIn, renamedNumbers } from "./renamed-numbers.ts";
import { numbersBelow, smallerValues } from "./smaller-values.ts";

const RUNS_MAX = 4_000;
const NEAR_MAX = 300;

/** Arguments no step simpler than which `fails`, still in the case `fixed`. */
export function smallestFailure(
  found: readonly Argument[],
  fixed: Case,
  fails: (values: readonly Plain[]) => boolean,
): readonly Argument[] {
  let [best, runs, isSmaller] = [found, 0, true];
  while (isSmaller) {
    isSmaller = false;
    for (const candidate of simpler(best, fixed)) {
      if (runs++ >= RUNS_MAX) return best;
      if (!fails(candidate.map(({ value }) => value))) continue;
      best = candidate;
      isSmaller = true;
      break;
    }
  }
  return best;
}

/** The first arguments, a few steps simpler than `found`, that `fails`; undefined if none is found. */
export function failureNear(
  found: readonly Argument[],
  fixed: Case,
  fails: (values: readonly Plain[]) => boolean,
): readonly Argument[] | undefined {
  const queue = [found];
  let runs = 0;
  for (const next of queue) {
    for (const candidate of simpler(next, fixed)) {
      if (fails(candidate.map(({ value }) => value))) return candidate;
      if (++runs >= NEAR_MAX) return undefined;
      queue.push(candidate);
    }
  }
  return undefined;
}

function* simpler(found: readonly Argument[], fixed: Case): Generator<readonly Argument[]> {
  yield* withoutNumbers(found, fixed);
  for (const [index, argument] of found.entries()) {
    for (const value of smallerValues(argument.value, argument.type)) {
      if (isInCase(argument.name, value, fixed)) yield found.with(index, { ...argument, value });
    }
  }
}

/** The same arguments with one number smaller, wherever it is; two numbers never become one. */
function* withoutNumbers(found: readonly Argument[], fixed: Case): Generator<readonly Argument[]> {
  const numbers = found.flatMap(({ value, type }) => numbersIn(value, type));
  const taken = new Set(numbers.map(({ number, range }) => `${range.unit} ${number}`));
  const tried = new Set<string>();
  for (const { number: from, range } of numbers) {
    if (tried.has(`${range.unit} ${from}`)) continue;
    tried.add(`${range.unit} ${from}`);
    for (const to of numbersBelow(from, range)) {
      if (taken.has(`${range.unit} ${to}`)) continue;
      const renaming = { unit: range.unit, from, to };
      const renamed = found.map((argument) => ({
        ...argument,
        value: renamedNumbers(argument.value, argument.type, renaming),
      }));
      if (renamed.every(({ name, value }) => isInCase(name, value, fixed))) yield renamed;
    }
  }
}

/** Whether the argument `name` is as `fixed` says. */
function isInCase(name: string, value: Plain, fixed: Case): boolean {
  return Object.entries(fixed).every(([path, constant]) => {
    const [owner, ...keys] = path.split(".");
    if (owner !== name) return true;
    const inner = keys.reduce<Plain>(
      (whole, key) => (isRecord(whole) ? whole[key] : undefined),
      value,
    );
    return inner === constant;
  });
}
