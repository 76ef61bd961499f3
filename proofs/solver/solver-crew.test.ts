import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { SolverCrew } from "./solver-crew.ts";
import { solve } from "./z3.ts";

const crews: SolverCrew[] = [];
const folder = mkdtempSync(join(tmpdir(), "ariadne-crew-"));

afterAll(async () => {
  await Promise.all(crews.map((crew) => crew.close()));
  rmSync(folder, { recursive: true });
});

function crewOf(workers: number, options: { workerFile?: string; silenceMs?: number } = {}) {
  const crew = new SolverCrew({ workers, ...options });
  crews.push(crew);
  return crew;
}

/** A body of a thread that says that it is ready, and then does `what` with a question. */
function bodyThat(what: string): string {
  const file = join(folder, `${what.length}.mjs`);
  const words = [
    'import { parentPort } from "node:worker_threads";',
    `parentPort.on("message", () => { ${what} });`,
    'parentPort.postMessage({ kind: "ready", version: "none" });',
  ];
  writeFileSync(file, words.join("\n"));
  return file;
}

const UNKNOWN = "(declare-fun a () Int)";
const QUESTIONS = [1, 2, 3, 4, 5, 6].map(
  (least) => `${UNKNOWN}(assert (and (< ${least} a) (< a 5)))`,
);

describe("a crew", () => {
  test("decides as one solver does, whatever the number of threads", async () => {
    const [one, both] = [crewOf(1), crewOf(2)];
    const alone = await Promise.all(QUESTIONS.map((text) => one.decide(text)));
    const together = await Promise.all(QUESTIONS.map((text) => both.decide(text)));

    const kinds = together.map(({ answer, steps }) => [answer.kind, steps]);

    expect(kinds).toEqual(alone.map(({ answer, steps }) => [answer.kind, steps]));
    expect(kinds.map(([kind]) => kind)).toContain("impossible");
    expect(kinds.map(([kind]) => kind)).toContain("possible");
  });

  test("is not troubled by a text that cannot be read", async () => {
    const crew = crewOf(1);

    const wrong = crew.decide("(assert");
    const right = crew.decide("(assert false)");

    await expect(wrong).rejects.toThrow("does not read it");
    expect((await right).answer.kind).toBe("impossible");
  });

  test("gives up after the steps that it may make, and at the same step each time", async () => {
    const product = `${UNKNOWN}(declare-fun b () Int)
      (assert (and (< 1 a) (< 1 b) (= (* a a a) (+ (* b b b) (* 7 a b) 1))))`;

    const answers = [1, 2].map(() => crewOf(1).decide(product, 5000));
    const [first, second] = await Promise.all(answers);

    expect(first?.answer.kind).toBe("unknown");
    expect(first?.steps).toBe(second?.steps);
  });
});

describe("a thread that", () => {
  test("dies is an error of its question, and the next question has another thread", async () => {
    const crew = crewOf(1, { workerFile: bodyThat("process.exit(7);") });

    const answers = [crew.decide("(assert true)"), crew.decide("(assert false)")];

    for (const answer of answers) await expect(answer).rejects.toThrow("ended with 7");
  });

  test("throws is an error of its question", async () => {
    const crew = crewOf(1, { workerFile: bodyThat('throw new Error("no memory");') });

    await expect(crew.decide("(assert true)")).rejects.toThrow("a solver died: no memory");
  });

  test("is silent is an error, and never a verdict", async () => {
    const crew = crewOf(1, { workerFile: bodyThat(";"), silenceMs: 300 });

    await expect(crew.decide("(assert true)")).rejects.toThrow("was silent for 0.3 s");
  });

  test("has no body says what to do", async () => {
    const crew = crewOf(1, { workerFile: join(folder, "nothing.mjs") });

    await expect(crew.decide("(assert true)")).rejects.toThrow("npm run build");
  });
});

test("bits are decided by their own solver", async () => {
  const text = `(set-logic QF_BV)
    (declare-fun a () (_ BitVec 64))
    (assert (not (= (bvand a (bvsub a #x0000000000000001)) (bvand (bvsub a #x0000000000000001) a))))`;

  expect((await solve(text)).kind).toBe("impossible");
});
