/** What there is, by kind and key, and how it became something else. */
import type { Change } from "./film.ts";

export type Things = ReadonlyMap<string, Change>;

/** `changes` as things. */
export function thingsOf(changes: Iterable<Change>): Things {
  const things = new Map<string, Change>();
  for (const change of changes) things.set(keyOf(change), change);
  return things;
}

/** What makes `before` into `after`: what went first, then what is new or other than it was. */
export function changesBetween(before: Things, after: Things): readonly Change[] {
  const gone: Change[] = [];
  for (const [key, [kind, name]] of before) if (!after.has(key)) gone.push([kind, name]);
  const come = [...after].filter(([key, thing]) => !areSame(before.get(key), thing));
  return [...gone, ...come.map(([, thing]) => thing)];
}

/** Which thing `change` is about. */
export function keyOf([kind, key]: Change): string {
  return `${kind} ${key}`;
}

function areSame(one: Change | undefined, other: Change): boolean {
  return one?.length === other.length && other.every((field, index) => field === one[index]);
}
