/** The commands on machines, as a script meets them: sentences, exit codes, files, and the same bytes. */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Ajv2020 } from "ajv/dist/2020.js";
import { afterAll, beforeAll, expect, test } from "vitest";
import { checkReportSchema } from "../report/check-report-schema.ts";
import { ariadneIn, ENTRY, type Ended } from "./ariadne-in.fixture.ts";

const PLAIN = new URL("../../dist/model-tests/machine/toys/plain-machine.js", import.meta.url).href;

/** A machine that gives frames back before cores have forgotten them. */
const HASTY = `import { PlainMachine } from "${PLAIN}";
class Hasty extends PlainMachine {
  takeDown(mapping) {
    const tables = super.takeDown(mapping);
    super.giveBackFrames(mapping);
    return tables;
  }
  giveBackFrames() {}
}
export default { name: "hasty", createMachine: (...given) => new Hasty(...given) };`;

/** A machine that never ends a borrowing. */
const HANGING = `import { PlainMachine } from "${PLAIN}";
class Hanging extends PlainMachine {
  borrow() { for (;;); }
}
export default { name: "hanging", createMachine: (...given) => new Hanging(...given) };`;

let folder = "";

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "ariadne-machine-"));
  writeFileSync(join(folder, "hasty.mjs"), HASTY);
  writeFileSync(join(folder, "hanging.mjs"), HANGING);
});

afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

const ariadne = (...words: string[]): Ended => ariadneIn(folder, words);

test("our machine and the plain one are listed and pass, with every rule put to the test", () => {
  for (const name of ["machine", "plain-machine"]) {
    const { code, out } = ariadne("check", name, "--seed", "1", "--runs", "30");

    expect(out).toContain(`passed  ${name}  seed 0x1`);
    expect(out).toMatch(/rules {3}(\d+) of \1 were put to the test and held/);
    expect(code).toBe(0);
    expect(ariadne("subjects").out).toContain(`${name} `);
  }
});

test("a wrong machine is found out, told in the fewest calls, saved, and replayed", () => {
  const { code, out } = ariadne("check", "./hasty.mjs", "--seed", "3");
  const lines = out.trimEnd().split("\n");
  const again = ariadne(...(lines.at(-1)?.split(" ").slice(3) ?? []));

  expect(lines[0]).toBe("violated  frame-let-go  hasty");
  expect(out).toContain("seed 0x3, run 0, 4 of ");
  expect(out).toContain("the move  frame.release  frame ");
  expect(lines.at(-1)).toMatch(/^Reproduce: npx ariadne replay \.ariadne\/\S+ \.\/hasty\.mjs$/);
  expect(code).toBe(1);
  expect(again.out).toContain("the rule that the trace names");
  expect(again.code).toBe(1);
});

test("a stored failure of a machine is tried first, and nobody else's", () => {
  ariadne("check", "./hasty.mjs", "--seed", "3");

  const hasty = ariadne("check", "./hasty.mjs", "--seed", "3");
  const heap = ariadne("check", "block", "--seed", "3", "--runs", "5");

  expect(hasty.out).toContain("4 calls, ");
  expect(hasty.out).not.toContain("run 0");
  expect(heap.code).toBe(0);
});

test("a trace of a machine passes on a machine that is right", () => {
  ariadne("check", "./hasty.mjs", "--seed", "3");
  const [file = ""] = readdirSync(join(folder, ".ariadne", "failures"));

  const { code, out } = ariadne("replay", `.ariadne/failures/${file}`, "plain-machine");

  expect(out).toBe(
    "passed  plain-machine: 4 calls, no rule broken; the trace says that it breaks frame-let-go\n",
  );
  expect(code).toBe(0);
});

test("a trace of a machine is made shorter, and written beside it", () => {
  const space = '{"t":"call","call":"space","id":0}\n';
  const core = '{"t":"call","call":"start","core":0,"space":0}\n';
  const interrupt = '{"t":"call","call":"interrupt","core":0}\n';
  const rights = '"rights":{"isWritable":true,"isExecutable":true}';
  const map = `{"t":"call","call":"map","id":3,"space":0,"count":3,${rights}}\n`;
  const release = '{"t":"call","call":"release","id":4,"core":0,"of":3}\n';
  const header = '{"t":"machine-trace","v":1,"subject":"./hasty.mjs","config":{"frameCount":9}}\n';
  const text = header + space + core + interrupt + map + interrupt + release + interrupt;
  writeFileSync(join(folder, "long.trace.jsonl"), text);

  const { code, out } = ariadne("shrink", "long.trace.jsonl");

  expect(out).toContain("4 of 7 calls");
  expect(code).toBe(0);
  expect(readFileSync(join(folder, "long.min.trace.jsonl"), "utf8").split("\n").length).toBe(7);
  expect(ariadne("shrink", "long.trace.jsonl", "machine").code).toBe(2);
});

test("exploring finds what is wrong in the fewest calls, and says how far it went otherwise", () => {
  const wrong = ariadne("explore", "./hasty.mjs");
  const right = ariadne("explore", "machine", "--scope", "pages", "--depth", "3", "--json");

  expect(wrong.out).toContain("violated  frame-let-go  hasty");
  expect(wrong.out).toContain("4 calls, ");
  expect(wrong.code).toBe(1);
  expect(JSON.parse(right.out)).toMatchObject({
    command: "explore",
    verdict: "passed",
    result: { depth: 3 },
  });
  expect(right.code).toBe(0);
});

test("exploring that is interrupted says how far it came, and ends with exit code 130", async () => {
  const words = ["explore", "machine", "--scope", "run", "--depth", "100"];
  let out = "";
  let code: unknown;
  // A busy machine may not have begun by then.
  for (const delayMs of [2000, 6000, 20_000]) {
    const child = spawn(process.execPath, [ENTRY, ...words], { cwd: folder });
    child.stdout.on("data", (text) => {
      out += text;
    });
    setTimeout(() => child.kill("SIGINT"), delayMs);
    [code] = await once(child, "close");
    if (out !== "") break;
  }

  expect(out).toMatch(/^interrupted {2}machine {2}scope run, complete to depth \d+\n/);
  expect(out).toMatch(/ calls judged from [\d,]+ states\n$/);
  expect(code).toBe(130);
});

test("a machine that hangs in a call is found out, and its trace ends when it is replayed", () => {
  const limit = ["--call-timeout", "200ms"];

  const { code, out } = ariadne("check", "./hanging.mjs", "--seed", "3", ...limit);
  const again = ariadne(...(out.trimEnd().split("\n").at(-1)?.split(" ").slice(3) ?? []), ...limit);

  expect(out).toContain("violated  machine-call-returns  hanging\n");
  expect(out).toContain("-> never returns\n      the call did not end\n");
  expect(code).toBe(1);
  expect(again.out).toContain("the rule that the trace names");
  expect(again.code).toBe(1);
});

test("the report of a machine is the same bytes for the same seed, and fits the schema", () => {
  const fits = new Ajv2020().compile(checkReportSchema);
  const report = (): unknown => {
    rmSync(join(folder, ".ariadne"), { recursive: true, force: true });
    const { out } = ariadne("check", "./hasty.mjs", "--seed", "5", "--reporter", "json");
    const { measured, ...rest } = JSON.parse(out);
    expect(fits(JSON.parse(out)), JSON.stringify(fits.errors)).toBe(true);
    expect(measured.callsPerSecond).toBeGreaterThan(0);
    return rest;
  };

  const first = report();

  expect(report()).toEqual(first);
});

test("the report of a machine is written as JUnit XML too", () => {
  const { err } = ariadne("check", "./hasty.mjs", "--seed", "3", "--reporter", "junit");
  ariadne("check", "machine", "--runs", "1", "--output.junit", "out.xml");

  expect(err).toContain("Reproduce: npx ariadne replay");
  expect(existsSync(join(folder, "out.xml"))).toBe(true);
});

// biome-ignore format: a table is read by its columns.
test.each([
  [["check", "machine", "--memory", "4k"],         "--memory is about heaps, and machine is a machine"],
  [["check", "machine", "--trace", "nowhere"],     "nowhere"],
  [["explore", "machine", "--scope", "tiny"],      "--scope of a machine knows page, cores, pages, run"],
  [["explore", "machine", "--plain"],              "--plain is about heaps"],
  [["replay", "bare.trace.jsonl", "block"],        'the trace is one of a machine, and "block" is none'],
  [["replay", "bare.trace.jsonl", "--strict"],     "no answers are in the trace of a machine"],
  [["shrink", "bare.trace.jsonl", "--certify"],    "--certify is about heaps"],
  [["replay", "cut.trace.jsonl"],                  "line 2: this is not JSON"],
])("bad words %j end with exit code 2 and one sentence", (words, sentence) => {
  const header = '{"t":"machine-trace","v":1,"config":{"frameCount":4}}\n';
  writeFileSync(join(folder, "bare.trace.jsonl"), header);
  writeFileSync(join(folder, "cut.trace.jsonl"), `${header}{"t":"call","ca`);

  const { code, err } = ariadne(...words);

  expect(err).toContain(sentence);
  expect(err).not.toMatch(/\n\s+at /);
  expect(code).toBe(2);
});
