/**
 * Operations in sections: what happens between two yields happens at once, and in between anything may.
 *
 * There are no threads here. An operation that takes a lock more than once, or waits for other cores, is a
 * generator that yields where it lets go: whoever drives it decides who goes on, so every order
 * of events can be tried, and tried again. An operation that needs neither is a plain function.
 */

/** Why an operation lets go: anybody may go on, or somebody else must before it can. */
export type YieldPoint = "between" | "waiting";

/** An operation that answers a `Value` in the end. */
export type Sections<Value> = Generator<YieldPoint, Value, void>;

/** Does `operation` with nobody in between, but `others` where it waits for them. */
export function alone<Value>(operation: Sections<Value>, others: () => void): Value {
  for (;;) {
    const step = operation.next();
    if (step.done === true) return step.value;
    if (step.value === "waiting") others();
  }
}
