/** The pages as a script asks for them: where they are written, what is printed, and exit codes. */
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { ariadneIn, type Ended } from "./ariadne-in.fixture.ts";

const TRACE = `{"t":"trace","v":1,"subject":"block","config":{"cores":1,"memoryBytes":4096}}
{"t":"call","call":"alloc","id":"a","size":64,"align":8}
{"t":"call","call":"dealloc","ref":"a"}
`;

let folder = "";

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "ariadne-show-"));
  writeFileSync(join(folder, "x.trace.jsonl"), TRACE);
});

afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

const ariadne = (...words: string[]): Ended => ariadneIn(folder, words);

test("show writes its page beside the trace, and export the same one where it is told to", () => {
  const shown = ariadne("show", "x.trace.jsonl");
  const exported = ariadne("export", "x.trace.jsonl", "--to", "html", "--output", "y.html");

  expect([shown.code, shown.out, shown.err]).toEqual([
    0,
    "x.trace.jsonl.html\n",
    "ariadne: no rule broken, 2 calls shown\n",
  ]);
  expect(exported.code).toBe(0);
  const page = readFileSync(join(folder, "x.trace.jsonl.html"), "utf8");
  expect(page).toContain("a = alloc 64 align 8");
  expect(readFileSync(join(folder, "y.html"), "utf8")).toBe(page);
});

test("a subject that cannot be loaded is one sentence, and no page", () => {
  const { code, out, err } = ariadne("show", "x.trace.jsonl", "./gone.mjs", "--output", "z.html");

  expect([code, out]).toEqual([2, ""]);
  expect(err).toBe(
    "ariadne: there is no file ./gone.mjs, and no answers are recorded in the trace: name a subject\n",
  );
  expect(existsSync(join(folder, "z.html"))).toBe(false);
});

test("check writes its page beside what it prints", () => {
  const run = ["check", "block", "--seed", "1", "--runs", "5", "--calls", "20"];
  const { code, out } = ariadne(...run, "--output.html", "campaign.html");

  expect(code).toBe(0);
  expect(out).toContain("passed  block");
  expect(readFileSync(join(folder, "campaign.html"), "utf8")).toContain("No rule broken");
});

test("check --reporter html prints the page and nothing else", () => {
  const { code, out } = ariadne(
    "check",
    "plain-machine",
    "--seed",
    "1",
    "--runs",
    "2",
    "--reporter",
    "html",
  );

  expect(code).toBe(0);
  expect(out.startsWith("<!doctype html>")).toBe(true);
  expect(out.trimEnd().endsWith("</html>")).toBe(true);
});
