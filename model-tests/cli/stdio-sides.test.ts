/** Drivers in the places where another command than `check` takes a subject. */
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, expect, test } from "vitest";
import { ariadneIn, ENTRY, type Ended } from "./ariadne-in.fixture.ts";

const SERVED = fileURLToPath(
  new URL("../../dist/model-tests/stdio/served-toy.fixture.js", import.meta.url),
);
const SMALL = ["--runs", "2", "--calls", "20", "--no-recorded", "--rounds", "0"];

/** A driver that looks for room in one section and takes it in the next. */
const RACING = `import { createInterface } from "node:readline";
const say = (record) => process.stdout.write(JSON.stringify(record) + "\\n");
let next = 64;
let begun = [];
for await (const line of createInterface({ input: process.stdin })) {
  const { t, call, core = 0, size } = JSON.parse(line);
  if (t === "hello") say({ t, v: 1, name: "racing", cores: 4, again: true, offers: ["sections"] });
  else if (t === "create") { next = 64; begun = []; say({ t: "created" }); }
  else if (t === "go") {
    const [placed, wanted] = begun[core];
    next = placed + wanted;
    say({ t: "answer", placed: "0x" + placed.toString(16) });
  }
  else if (call === "dealloc") say({ t: "answer", released: true });
  else { begun[core] = [next, size]; say({ t: "answer", between: true }); }
}
`;

let folder = "";

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "ariadne-"));
  writeFileSync(join(folder, "racing.mjs"), RACING);
  const alone = "next += size; say({ t: 'answer', placed: '0x' + (next - size).toString(16) });";
  const between = 'begun[core] = [next, size]; say({ t: "answer", between: true });';
  writeFileSync(join(folder, "alone.mjs"), RACING.replace(between, alone));
});

afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

const ariadne = (...words: string[]): Ended => ariadneIn(folder, words);

const driver = (toy: string): string => `'${process.execPath}' '${SERVED}' ${toy}`;

test("the base of a comparison may be a driver, and the candidate another", () => {
  const both = ["--base-stdio", driver("plain-heap"), "--stdio", driver("plain-heap")];

  const { code, out } = ariadne("compare", ...both, ...SMALL, "--json");
  const report = JSON.parse(out);

  expect([code, report.verdict]).toEqual([0, "passed"]);
  expect(report.base).toMatchObject({ name: "plain-heap", options: { stdio: true } });
  expect(report.base.subject).toBe(driver("plain-heap"));
  expect(report.measures[0].base).toBe(report.measures[0].candidate);
});

test("a base behind a driver that breaks a rule is to blame, not the candidate", () => {
  const base = ["--base-stdio", driver("overlapping-allocator")];

  const { code, out } = ariadne("compare", ...base, "block", ...SMALL, "--json");

  expect(code).toBe(1);
  expect(JSON.parse(out).violation).toMatchObject({ side: "base", rule: "live-blocks-disjoint" });
});

// biome-ignore format: a table is read by its columns.
test.each([
  [["compare", "--base-stdio", "true", "block", "zone"],      '--base-stdio stands in place of the base, and "block" is one as well'],
  [["compare", "--base-stdio", "true"],                       "compare takes a base and a candidate"],
  [["compare", "--base-stdio", "true", "block"],              "did not answer hello"],
  [["compare", "--stdio", "true"],                            "compare takes a base and a candidate"],
  [["compare", "--save", "b.json"],                           "--save takes a subject"],
  [["compare", "--save", "b.json", "--base-stdio", "true", "block"], "--save takes one subject, not two"],
  [["interleave"],                                            "interleave takes a subject"],
  [["interleave", "block", "--stdio", "true"],                '--stdio stands in place of the subject, and "block" is one as well'],
  [["interleave", "--stdio", driver("plain-heap")],           "has no method sections"],
])("bad words %# end with exit code 2 and one sentence", (words, sentence) => {
  const { code, err } = ariadne(...words);

  expect(err).toContain(sentence);
  expect(code).toBe(2);
});

test("the sections of a driver race, and what they break is repeated by the line that is printed", () => {
  const racing = `'${process.execPath}' racing.mjs`;

  const found = ariadne("interleave", "--stdio", racing, "--seed", "1");
  const [, line = ""] = /^Reproduce: npx ariadne (.*)$/m.exec(found.out) ?? [];
  const shell = `'${process.execPath}' '${ENTRY}' ${line}`;
  const again = spawnSync("sh", ["-c", shell], { cwd: folder, encoding: "utf8" });

  expect(found.out).toMatch(/^violated {2}calls-linearizable {2}racing\n/);
  expect(found.code).toBe(1);
  expect(again.stdout).toContain("calls-linearizable");
  expect(again.status).toBe(1);
});

test("a driver whose calls are one section each keeps the rules", () => {
  const alone = ["--stdio", `'${process.execPath}' alone.mjs`];

  const { code, out } = ariadne("interleave", ...alone, "--runs", "3", "--schedules", "5");

  expect(code).toBe(0);
  expect(out).toContain("15 schedules");
});
