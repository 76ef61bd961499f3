import { afterAll, expect, test } from "vitest";
import { type Model, valueAt } from "./model.ts";
import { closeSolver, solve } from "./z3.ts";

afterAll(closeSolver);

/** The model of a formula that can be true. */
async function modelOf(text: string): Promise<Model> {
  const answer = await solve(text);
  if (answer.kind !== "possible") throw new Error(`it is ${answer.kind}`);
  return answer;
}

test("a model has every unknown, whatever its sign and size", async () => {
  const { values } = await modelOf(`
    (declare-fun |a.b c| () Int) (declare-fun d () Int) (declare-fun e () Bool)
    (assert (and (= |a.b c| (- 7)) (= d 9007199254740993) e))`);

  expect(values).toEqual(
    new Map<string, unknown>([
      ["a.b c", -7],
      ["d", 9007199254740993n],
      ["e", true],
    ]),
  );
});

test("a model has the values of a function at every operand that is asked for", async () => {
  const model = await modelOf(`
    (declare-fun |m at| (Int Int) Int) (declare-fun |m has| (Int) Bool)
    (assert (and (= (|m at| 1 2) 12) (= (|m at| 2 1) 21) (|m has| 5) (not (|m has| 6))))`);

  const values = [
    valueAt(model, "m at", [1, 2]),
    valueAt(model, "m at", [2, 1]),
    valueAt(model, "m has", [5]),
    valueAt(model, "m has", [6]),
    valueAt(model, "m", [5]),
  ];

  expect(values).toEqual([12, 21, true, false, undefined]);
});

test("bits are numbers, as two's complement has them", async () => {
  const { values } = await modelOf(`(set-logic QF_BV)
    (declare-fun a () (_ BitVec 54)) (declare-fun b () (_ BitVec 8))
    (assert (and (= a (bvneg (_ bv3 54))) (= b #x7f)))`);

  expect([values.get("a"), values.get("b")]).toEqual([-3, 127]);
});

test("a model can be sent to another thread", async () => {
  const model = await modelOf("(declare-fun f (Int) Int) (assert (= (f 1) 2))");

  expect(structuredClone({ ...model })).toEqual(model);
});
