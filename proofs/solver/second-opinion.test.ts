import { chmodSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { askSecond } from "./second-opinion.ts";

const folder = mkdtempSync(join(tmpdir(), "ariadne-opinion-"));
const path = process.env["PATH"];

afterAll(() => {
  process.env["PATH"] = path;
  rmSync(folder, { recursive: true });
});

/** Puts a program on the path, and nothing else but what runs it, that answers each text with `says`. */
function install(says: string): void {
  const file = join(folder, "z3");
  writeFileSync(
    file,
    `#!${process.execPath}\nprocess.stdin.resume().on("end", () => {${says}});\n`,
  );
  chmodSync(file, 0o755);
  process.env["PATH"] = [folder, path].join(delimiter);
}

const QUESTIONS = [
  { name: "one", text: "(assert false)" },
  { name: "two", text: "(assert false)" },
];

describe("a second opinion", () => {
  test("of a solver that is not there was not asked for, and is no pass", async () => {
    process.env["PATH"] = folder;

    const opinion = await askSecond("cvc5", QUESTIONS);

    expect(opinion.sentence).toBe("second opinion: not run, there is no cvc5 on the path");
    expect(opinion.isDisagreement).toBe(false);
  });

  test("agrees where it finds no counterexample either", async () => {
    install('console.log("unsat")');

    const opinion = await askSecond("z3", QUESTIONS);

    expect(opinion.sentence).toBe("second opinion: z3 agrees on 2, says nothing on 0");
  });

  test("that cannot be read says nothing", async () => {
    install('console.log("(error)"); console.log("unsat")');

    const opinion = await askSecond("z3", QUESTIONS);

    expect(opinion.sentence).toBe("second opinion: z3 agrees on 0, says nothing on 2");
  });

  test("with a counterexample is a disagreement", async () => {
    install('console.log("sat")');

    const opinion = await askSecond("z3", QUESTIONS);

    expect(opinion.isDisagreement).toBe(true);
    expect(opinion.sentence).toContain("counterexamples to one, two");
  });
});
