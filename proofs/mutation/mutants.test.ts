import { describe, expect, test } from "vitest";
import { loadSource, ROOT } from "../source.ts";
import { mutantsOf } from "./mutants.ts";
import type { Outcome } from "./mutation-run.ts";
import { complaintsAbout, scoreOf } from "./score.ts";

/** The changes of the function `f` of `text`. */
function changesOf(text: string): readonly string[] {
  const path = `${ROOT}spec/heap/mutated.ts`;
  const file = loadSource().createSourceFile(path, text, { overwrite: true });
  try {
    return mutantsOf(file.getFunctionOrThrow("f")).map(({ start, end, wrong }) => {
      return `${text.slice(start, end)} -> ${wrong}`;
    });
  } finally {
    loadSource().removeSourceFile(file);
  }
}

describe("the small changes of a function", () => {
  // biome-ignore format: one function per line
  test.each([
    ["a comparison at its border, and turned round", "return a < 8;",                           ["< -> <=", "< -> >=", "8 -> 9", "8 -> 7"]],
    ["a sum",                                        "return a + b;",                           ["+ -> -"]],
    ["a rounded quotient",                           "return Math.ceil(a / b);",                ["ceil -> floor", "/ -> *"]],
    ["a condition, and what is said elsewhere",      "if (a === b) return a; return b;",        ["a === b -> !(a === b)", "a === b -> false", "=== -> !==", "a -> b", "b -> a"]],
    ["a choice",                                     "return c ? a : b;",                       ["c -> !(c)"]],
    ["a negation",                                   "return !c;",                              ["!c -> c"]],
    ["a quantifier",                                 "return l.some((each) => each === a);",    ["some -> every", "=== -> !=="]],
    ["a shift",                                      "return a >>> b;",                         [">>> -> <<", ">>> -> >>"]],
    ["zero, which has nothing below",                "return 0;",                               ["0 -> 1"]],
    ["nothing in an assertion or in a type",         "const d: 3 = 3 as 3; assert(a < b, 'x'); return a;", ["3 -> 4", "3 -> 2"]],
    ["no return that means something else there",    "if (c) { const e = a; return e; } return b;", ["c -> !(c)", "c -> false", "e -> b"]],
  ])("%s", (_, body, changes) => {
    const text = `function f(a: number, b: number, c: boolean, l: readonly number[]) { ${body} }`;

    expect(changesOf(text)).toEqual(changes);
  });

  test("have names that stay when lines move", () => {
    const text = "function f(a: number) { return a < 8 && a < 9; }";
    const path = `${ROOT}spec/heap/mutated.ts`;
    const namesIn = (source: string): readonly string[] => {
      const file = loadSource().createSourceFile(path, source, { overwrite: true });
      const names = mutantsOf(file.getFunctionOrThrow("f")).map(({ name }) => name);
      loadSource().removeSourceFile(file);
      return names;
    };

    const [before, after] = [namesIn(text), namesIn(`\n\n${text}`)];

    expect(after).toEqual(before);
    expect(new Set(before).size).toBe(before.length);
  });
});

describe("the score", () => {
  const outcomes = ["killed", "killed", "refused", "survived", "survived", "unknown"].map(
    (fate, index): Outcome => ({
      mutant: {
        name: `m${index}`,
        file: "",
        owner: "",
        line: 1,
        start: 0,
        startInOwner: 0,
        end: 0,
        wrong: "",
        rule: undefined,
      },
      fate: fate as Outcome["fate"],
      by: fate === "killed" ? "a theorem" : "",
    }),
  );

  test("is the share of mistakes that are found, and what is not known is not found", () => {
    const same = { mutant: "m3", reason: "it is the same", isSame: true };

    const score = scoreOf(outcomes, [same], "source");

    expect(score.score).toBe(0.6);
    expect([score.mutants, score.killed, score.refused, score.unknown]).toEqual([6, 2, 1, 1]);
  });

  test("is complained about for each survivor that is new, and each that is none", () => {
    const listed = ["m0", "m3", "m5"].map((mutant) => ({ mutant, reason: "why", isSame: false }));

    const complaints = complaintsAbout(outcomes, listed);

    expect(complaints).toEqual([
      "no survivor any more, a theorem finds it: m0",
      "a new survivor, survived, line 1: m4",
    ]);
  });
});
