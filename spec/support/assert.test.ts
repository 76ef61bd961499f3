import { expect, test } from "vitest";
import { assert, ContractViolation, demand, InvariantViolation, unreachable } from "./assert.ts";
import { DEAF } from "./observer.ts";
import { failure, success } from "./result.ts";

test("a claim that holds is silent", () => {
  expect(() => assert(true, "all is well")).not.toThrow();
  expect(() => demand(true, "all is well")).not.toThrow();
});

test("a claim of ours that fails is our own contradiction, and says which", () => {
  expect(() => assert(false, "all is well")).toThrow(new InvariantViolation("all is well"));
});

test("a claim about the caller that fails is the caller's breach, and says which", () => {
  expect(() => demand(false, "all is well")).toThrow(new ContractViolation("all is well"));
});

test("the two violations are told apart by name and by class", () => {
  const ours = new InvariantViolation("a");
  const theirs = new ContractViolation("a");

  expect([ours.name, theirs.name]).toEqual(["InvariantViolation", "ContractViolation"]);
  expect(ours).not.toBeInstanceOf(ContractViolation);
  expect(theirs).not.toBeInstanceOf(InvariantViolation);
});

test("a case that cannot be is named", () => {
  expect(() => unreachable("other" as never)).toThrow(new InvariantViolation('unexpected "other"'));
});

test("a result is told by whether it is good", () => {
  expect(success(3)).toEqual({ ok: true, value: 3 });
  expect(failure("full")).toEqual({ ok: false, failure: "full" });
});

test("nobody hears what is reached, and nothing happens", () => {
  expect(DEAF.reached("anything")).toBe(undefined);
});
