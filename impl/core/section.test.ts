import { expect, test } from "vitest";
import { alone, type Sections } from "./section.ts";

test("an operation alone is done from one section to the next", () => {
  const done: string[] = [];
  function* operation(): Sections<string> {
    done.push("first");
    yield "between";
    done.push("second");
    return "answer";
  }

  const answer = alone(operation(), () => done.push("others"));

  expect([answer, done]).toEqual(["answer", ["first", "second"]]);
});

test("others come in where an operation waits for them", () => {
  let isReady = false;
  function* operation(): Sections<number> {
    let waits = 0;
    while (!isReady) {
      waits += 1;
      yield "waiting";
    }
    return waits;
  }

  const waits = alone(operation(), () => {
    isReady = true;
  });

  expect(waits).toBe(1);
});
