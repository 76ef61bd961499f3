import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { FunctionDeclaration } from "ts-morph";
import { afterAll, describe, expect, test } from "vitest";
import { closeSolver, type SolverAnswer } from "../solver/z3.ts";
import { fileAt, findTheorem, loadSource, ROOT, withMistake } from "../source.ts";
import { type Explanation, explain } from "./explain.ts";

afterAll(closeSolver);

const CARVING = findTheorem("heap/carving.obligation.ts", "carvingLosesNoBytes");
const APART = fileAt("proofs/theorems.ts").getFunctionOrThrow("stepKeepsBlocksApart");

const TOO_SMALL_A_FRONT = {
  file: "impl/heap/hole-carving.ts",
  right: "Math.ceil((holeStart + HOLE_SIZE_MIN) / align)",
  wrong: "Math.ceil((holeStart + 1) / align)",
};
const SHARED_LAST_BYTE = {
  file: "spec/heap/live-blocks.ts",
  right: "block.start < end;",
  wrong: "block.start + 1 < end;",
};

describe("a wrong kernel is told on one screen", () => {
  test("with the claim, the values, what was thrown, and where", async () => {
    const { kind, text } = await withMistake(TOO_SMALL_A_FRONT, () =>
      explain(CARVING, { align: 8 }),
    );

    expect(kind).toBe("reproduced");
    expect(text.replace(/(:| {2})\d+$/gm, "$1…")).toBe(
      [
        "carvingLosesNoBytes is refuted",
        "  proofs/obligations/heap/carving.obligation.ts:…",
        "",
        "  Before, block and after are the hole; the block is aligned and has the size that was",
        "  asked for; and what remains on either side can hold the header of a hole.",
        "",
        "case      align 8",
        "values    holeStart  …",
        "          holeSize   …",
        "          size       …",
        "          align      …",
        "real run  threw InvariantViolation: a front remainder can hold its header",
        "          impl/heap/hole-carving.ts:…",
        "          proofs/obligations/heap/carving.obligation.ts:…",
        "",
      ].join("\n"),
    );
  });

  test("with the part of the conclusion that is false", async () => {
    const mistake = {
      file: "impl/heap/hole-merging.ts",
      right: "return { start: mergedStart,",
      wrong: "return { start,",
    };
    const theorem = findTheorem("heap/merging.obligation.ts", "mergingLosesNoBytes");

    const { text } = await withMistake(mistake, () => explain(theorem));

    expect(text).toContain("isFromLowest = merging.start === (joinsBelow ? belowStart : start)");
  });
});

describe("a wrong rule is told on one screen", () => {
  const fixed = { "step.call.kind": "alloc", "step.answer.kind": "placed" };

  test("of at most 30 lines and 100 columns", async () => {
    const { text } = await withMistake(SHARED_LAST_BYTE, () => explain(APART, fixed));

    const lines = text.trimEnd().split("\n");

    expect(lines.length).toBeLessThanOrEqual(30);
    expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(100);
  });

  test("with calls that the right judge rejects, when they are replayed", async () => {
    const folder = mkdtempSync(join(tmpdir(), "ariadne-explain-"));
    try {
      const { trace = "", text } = await withMistake(SHARED_LAST_BYTE, () =>
        explain(APART, fixed, { saveIn: folder }),
      );
      writeFileSync(join(folder, "scripted.mjs"), SCRIPTED);

      const file = join(folder, "stepKeepsBlocksApart.trace.jsonl");
      const replayed = spawnSync(
        process.execPath,
        [`${ROOT}dist/model-tests/cli/ariadne.js`, "replay", file, "./scripted.mjs", "--json"],
        { cwd: folder, encoding: "utf8", env: { ...process.env, TRACE: file } },
      );

      expect(readFileSync(file, "utf8")).toBe(trace);
      expect(text).toContain(`npx ariadne replay ${file}`.slice(0, 80));
      expect(replayed.status, replayed.stderr).toBe(1);
      expect(JSON.parse(replayed.stdout)).toMatchObject({
        violation: { rule: "live-blocks-disjoint" },
      });
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});

describe("what a solver says is not taken for granted", () => {
  const possible = (values: Record<string, number>): SolverAnswer => ({
    kind: "possible",
    values: new Map(Object.entries(values)),
    functions: new Map(),
  });

  test("a theorem that holds has no counterexample", async () => {
    const { kind } = await explain(CARVING, { align: 8 });

    expect(kind).toBe("none");
  });

  test("values on which the real functions do not fail are the translation's fault", async () => {
    const decide = () => Promise.resolve(possible({ holeStart: 0, holeSize: 64, size: 64 }));

    const { kind, text } = await explain(CARVING, { align: 8 }, { decide });

    expect(kind).toBe("not reproduced");
    expect(text).toContain("the translation is wrong");
  });

  test("where a function is not read, values that do not fail say that too little is assumed", async () => {
    const before = "function half(word: number): number { return word >> 1; }\n/** @opaque half */";

    const { kind, text } = await explainedOf("a: 7", "return half(a) === 3;", before);

    expect(kind).toBe("vacuous");
    expect(text).toContain("is not proved, and the solver's values are none for which it is false");
  });

  test("a solver that gives up proves nothing", async () => {
    const decide = () => Promise.resolve({ kind: "unknown", reason: "tired" } as const);

    const { kind, text } = await explain(CARVING, { align: 8 }, { decide });

    expect([kind, text.includes("tired")]).toEqual(["unknown", true]);
  });
});

describe("values are real", () => {
  test.each([
    ["a product of unknowns", "a: number, b: number", "return a * b !== 42;", [6, 7]],
    [
      "a remainder by an unknown",
      "a: number, b: number",
      "assume(b > 1); return a % b !== 3;",
      [3, 4],
    ],
    ["a sum that rounds", "a: number", "return a + 2 - 2 === a;", [2 ** 53 - 1]],
    ["an absent number", "a: number | undefined", "return a !== undefined;", [undefined]],
    ["a text", "a: 'x' | 'y' | 'z'", "return a === 'x' || a === 'z';", ["y"]],
    ["a list", "a: readonly ('x' | 'y')[]", "return !a.includes('y');", [["y"]]],
  ])("%s", async (_, parameters, body, values) => {
    const explained = await explainedOf(parameters, body);

    expect([explained.kind, explained.values]).toEqual(["reproduced", values]);
  });
});

/** What is told of the theorem with this body. */
async function explainedOf(parameters: string, body: string, before = ""): Promise<Explanation> {
  const file = loadSource().createSourceFile(
    `${ROOT}proofs/obligations/told.ts`,
    `import { assume } from "./assume.ts";
     ${before}
     export function told(${parameters}): boolean { assume(true); ${body} }`,
    { overwrite: true },
  );
  try {
    return await explain(file.getFunctionOrThrow("told") as FunctionDeclaration);
  } finally {
    loadSource().removeSourceFile(file);
  }
}

/** A subject that answers what the trace has recorded, call by call. */
const SCRIPTED = `
import { readFileSync } from "node:fs";
const lines = readFileSync(process.env.TRACE, "utf8").trim().split("\\n").map((line) => JSON.parse(line));
export default {
  name: "scripted",
  promises: { zeroSize: "block" },
  create() {
    const answers = lines.filter(({ t }) => t === "answer").values();
    const next = () => answers.next().value ?? {};
    return {
      alloc: () => Number(next().placed ?? 0),
      realloc: () => Number(next().placed ?? 0),
      dealloc: () => next().released === true,
      usableSize: () => next().usable,
    };
  },
};
`;
