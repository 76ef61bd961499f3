/** The door of the words the whole house uses. */
export { assert, ContractViolation, demand, InvariantViolation, unreachable } from "./assert.ts";
export { type FiniteMap, finiteMap } from "./finite-map.ts";
export { DEAF, type Observer } from "./observer.ts";
export { failure, type Result, success } from "./result.ts";
export { type Finding, firstBroken, held, type InvariantOf, type RuleOf } from "./rule.ts";
