/** What a model says, as values that the real functions take. */
import type { Constant } from "../solver/z3.ts";
import type { Case } from "../translate/theorem.ts";
import { textOf, textTerm } from "../translate/value.ts";

/**
 * The record that the unknown `name` is in a model. A field that the model leaves out does not
 * matter to it; it is left out here too, and whoever builds the arguments says what it is then.
 */
export function recordAt(
  values: ReadonlyMap<string, Constant>,
  name: string,
): Record<string, unknown> {
  const record: Record<string, unknown> = {};
  for (const [path, value] of values) {
    if (!path.startsWith(`${name}.`) || path.includes("!")) continue;
    const [key, ...rest] = path.slice(name.length + 1).split(".") as [string, ...string[]];
    const isAbsent = values.get(`${name}.${key} is absent`) === true;
    if (isAbsent || key.includes(" ")) continue;
    record[key] = rest.length > 0 ? recordAt(values, `${name}.${key}`) : (textOf(value) ?? value);
  }
  return record;
}

/** The values of the case that was asked about, which a model need not repeat. */
export function codesOf(fixed: Case): ReadonlyMap<string, Constant> {
  const codes = Object.entries(fixed).map(([name, value]): [string, Constant] => [
    name,
    typeof value === "string" ? (textTerm(value).value as bigint) : value,
  ]);
  return new Map(codes);
}
