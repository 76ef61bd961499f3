import { expect, test } from "vitest";
import { ContractViolation, InvariantViolation } from "#support";
import { Holding, Lock, SHOOTDOWN_RANK, TABLES_RANK } from "./lock.ts";
import { alone } from "./section.ts";

const nobody = (): void => {};

test("a lock that is held is waited for until it is released", () => {
  const lock = new Lock(TABLES_RANK);
  const first = new Holding();
  const second = new Holding();
  alone(lock.take(first), nobody);
  const taking = lock.take(second);

  const before = [taking.next().value, taking.next().value, taking.next().value];
  lock.release(first);
  const after = taking.next().done;

  expect([before, after]).toEqual([["between", "waiting", "waiting"], true]);
});

test("a lock of a lower rank, or of the same, is not taken by whoever holds one", () => {
  const holding = new Holding();
  alone(new Lock(SHOOTDOWN_RANK).take(holding), nobody);

  const lower = (): void => alone(new Lock(TABLES_RANK).take(holding), nobody);
  const same = (): void => alone(new Lock(SHOOTDOWN_RANK).take(holding), nobody);

  expect(lower).toThrow(ContractViolation);
  expect(same).toThrow(ContractViolation);
});

test("a lock is released by whoever holds it", () => {
  const lock = new Lock(TABLES_RANK);
  alone(lock.take(new Holding()), nobody);

  const release = (): void => lock.release(new Holding());

  expect(release).toThrow(InvariantViolation);
});
