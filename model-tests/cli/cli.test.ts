/** The command line as a script meets it: sentences, exit codes, files, and the same bytes every time. */
import { spawn } from "node:child_process";
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, expect, test } from "vitest";

const ENTRY = fileURLToPath(new URL("../../dist/model-tests/cli/ariadne.js", import.meta.url));

const OVERLAPPING = `export default {
  name: "overlapping",
  create({ memoryBytes }) {
    let next = 64;
    return {
      alloc(size) { const at = next; next += Math.min(size, 100); return at + size > 64 + memoryBytes ? 0 : at; },
      dealloc() {},
      extent: () => [{ start: 64, size: memoryBytes }],
    };
  },
};`;

const FIXED = OVERLAPPING.replace("Math.min(size, 100)", "size");

let folder = "";

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "ariadne-"));
});

afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

interface Ended {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

async function ariadne(...words: string[]): Promise<Ended> {
  return await ended(start(words));
}

function start(words: readonly string[]): ReturnType<typeof spawn> {
  return spawn(process.execPath, [ENTRY, ...words], {
    cwd: folder,
    env: { ...process.env, NO_COLOR: "1" },
  });
}

async function ended(child: ReturnType<typeof spawn>): Promise<Ended> {
  let out = "";
  let err = "";
  child.stdout?.on("data", (text) => {
    out += text;
  });
  child.stderr?.on("data", (text) => {
    err += text;
  });
  const code = await new Promise<number | null>((resolve) => child.on("close", resolve));
  return { code, out, err };
}

function write(name: string, text: string): string {
  writeFileSync(join(folder, name), text);
  return `./${name}`;
}

// biome-ignore format: a table is read by its columns.
test.each([
  [["check", "./nowhere.ts"],                  "there is no file ./nowhere.ts"],
  [["check", "nosuch"],                        '"nosuch" is no built-in subject'],
  [["check", "--seed", "many"],                "--seed takes a number"],
  [["check", "--runs", "0"],                   "leaves nothing to do"],
  [["check", "--time", "soon"],                "a duration is a number with ms, s, m or h"],
  [["check", "--shard", "3/2"],                "--shard takes i/n"],
  [["check", "--run", "3"],                    "--run needs the --seed"],
  [["check", "--reporter", "smoke"],           "--reporter knows pretty, json, junit"],
  [["check", "--trace", "nothing.gz"],         "nothing.gz"],
  [["check", "--runs", "1", "--output.json", "/dev/null/x.json"], "cannot be written"],
  [["explore", "--scope", "galaxy"],           "--scope knows"],
  [["replay", "nothing.jsonl"],                "nothing.jsonl"],
  [["export", "nothing.jsonl", "--to", "text"], "nothing.jsonl"],
  [["compare", "block"],                       "compare takes a base and a candidate"],
  [["compare", "nothing.json", "block"],       "there is no file nothing.json"],
  [["compare", "block", "zone", "--budget", "peak"], "like peak=+5%"],
  [["selftest", "machine"],                    "selftest is about heaps, and machine is a machine"],
  [["witness", "heap emptied", "nosuch"],      '"nosuch" is no built-in subject'],
  [["frobnicate"],                             "unknown command"],
] as const)("bad words %j end with exit code 2 and one sentence", async (words, sentence) => {
  const { code, err } = await ariadne(...words);

  expect(err).toContain(sentence);
  expect(err).not.toMatch(/\n\s+at /);
  expect(code).toBe(2);
});

// biome-ignore format: a table is read by its columns.
test.each([
  ["empty.mjs",    "",                                            "no default export"],
  ["number.mjs",   "export default 7;",                           "no default export that is an object"],
  ["bare.mjs",     "export default {};",                          "has no method create"],
  ["methods.mjs",  "export default { create: () => ({}) };",      "without the methods alloc and dealloc"],
  ["create.mjs",   "export default { create() { throw new Error('no') } };", "a fresh heap cannot be made: Error: no"],
  ["memory.mjs",   "export default { create: () => ({ alloc() {}, dealloc() {}, memory: () => [1] }) };", "memory() answers no Uint8Array"],
  ["extent.mjs",   "export default { create: () => ({ alloc() {}, dealloc() {}, extent: () => 7 }) };", "a fresh heap cannot be made"],
  ["forever.mjs",  "export default { create() { for (;;); } };", "create() does not return"],
  ["syntax.ts",    "export default {{",                           "could not be loaded"],
  ["profile.mjs",  "export default { promises: 'best', create() {} };", "no profile of promises"],
  ["align.mjs",    "export default { promises: { alignMax: 3 }, create: () => ({ alloc() {}, dealloc() {} }) };", "no power of two"],
] as const)("the module %s ends with exit code 2 and one sentence", async (name, text, sentence) => {
  const { code, err } = await ariadne("check", write(name, text), "--call-timeout", "100ms");

  expect(err).toContain(sentence);
  expect(code).toBe(2);
});

test("a recorded trace that is cut off ends with exit code 2 and says where", async () => {
  const whole = readFileSync(new URL("../traces/sqlite.calls.gz", import.meta.url));
  writeFileSync(join(folder, "cut.gz"), whole.subarray(0, 50_000));

  const { code, err } = await ariadne("check", "block", "--trace", "cut.gz", "--runs", "0");

  expect(err).toMatch(/^ariadne: line \d+: the compressed data ends too early\n$/);
  expect(code).toBe(2);
});

// biome-ignore format: a table is read by its columns.
test.each([
  ["cut.log",    "# heap-log 1 program=x\na 1000 8 8 1\nf 10",                "line 3: the file ends in the middle of a line"],
  ["wrong.log",  "# heap-log 1 program=x\na 1000 8 8 1\nwhat?\n",             "line 3: a record is"],
  ["cut.jsonl",  '{"t":"trace","v":1,"config":{"cores":1,"memoryBytes":64}}\n{"t":"call","call":"swi', "line 2: the file ends in the middle of a record"],
] as const)("validate of the log %s ends with exit code 2 and one sentence", async (name, text, sentence) => {
  write(name, text);

  const { code, err } = await ariadne("validate", name);

  expect(err).toMatch(/^ariadne: [^\n]*\n$/);
  expect(err).toContain(sentence);
  expect(code).toBe(2);
});

// biome-ignore format: a table is read by its columns.
test.each([
  ["throws.mjs",   "alloc() { throw new Error('boom'); }",   "call-returns",     "the call threw Error: boom"],
  ["exits.mjs",    "alloc() { process.exit(3); }",           "call-returns",     "called process.exit"],
  ["rejects.mjs",  "async alloc() { throw new Error('late'); }", "call-returns", "late"],
  ["loops.mjs",    "alloc() { for (;;); }",                  "call-terminates",  "does not return"],
  ["waits.mjs",    "alloc() { return new Promise(() => {}); }", "call-terminates", "does not return"],
  ["fraction.mjs", "alloc() { return 0.5; }",                "answer-fits-call", "nonsense"],
  ["text.mjs",     "alloc() { return 'here'; }",             "answer-fits-call", "nonsense"],
] as const)("what %s does is a verdict", async (name, alloc, rule, fact) => {
  const subject = write(name, `export default { create: () => ({ ${alloc}, dealloc() {} }) };`);

  const { code, out } = await ariadne("check", subject, "--call-timeout", "150ms", "--seed", "1");

  expect(out).toContain(rule);
  expect(out).toContain(fact);
  expect(out.trimEnd().split("\n").at(-1)).toMatch(/^Reproduce: npx ariadne replay \S+ \.\/\S+$/);
  expect(code).toBe(1);
});

test("the toy that hangs is found by its rule, and its story has the fewest calls", async () => {
  const toy = new URL("../../dist/model-tests/toys/hanging-allocator.js", import.meta.url).href;
  const subject = write("hanging.mjs", `export { hangingAllocator as default } from "${toy}";`);

  const { code, out } = await ariadne("check", subject, "--call-timeout", "150ms", "--seed", "1");

  expect(out).toContain("call-terminates");
  expect(out).toMatch(/ 2 .*calls?, /);
  expect(out).toContain("does not return");
  expect(code).toBe(1);
}, 60_000);

test("a failure is found, shortened, saved, replayed, exported, and gone once it is fixed", async () => {
  const subject = write("overlapping.mjs", OVERLAPPING);

  const found = await ariadne("check", subject, "--seed", "1");
  const trace = / replay (\S+)/.exec(found.out)?.[1] ?? "";
  const again = await ariadne("replay", trace, subject);
  const shrunk = await ariadne("shrink", trace, subject, "--certify", "--output", "min.jsonl");
  const text = await ariadne("export", "min.jsonl", "--to", "text");
  write("overlapping.mjs", FIXED);
  const fixed = await ariadne("replay", trace, subject);
  const checked = await ariadne("check", subject, "--seed", "1", "--runs", "50");

  expect(found.code).toBe(1);
  expect(found.out).toContain("live-blocks-disjoint");
  expect(found.out).toContain("shares 1 byte with a ");
  expect(found.out.split("\n").length).toBeLessThan(60);
  expect([again.code, shrunk.code, text.code]).toEqual([1, 0, 0]);
  expect(readFileSync(join(folder, "min.jsonl"), "utf8")).toContain('"certified"');
  expect(text.out).toContain("a = alloc 101");
  expect([fixed.code, checked.code]).toEqual([0, 0]);
}, 60_000);

test("the report does not depend on the number of workers", async () => {
  const words = ["check", "block", "--seed", "7", "--runs", "150", "--reporter", "json"];
  const texts: string[] = [];
  for (const workers of ["1", "2", "3"]) {
    const { out } = await ariadne(...words, "--workers", workers);
    texts.push(out.replace(/"measured": \{[^}]*\}/, ""));
  }

  expect(JSON.parse(`${texts[0]?.replace(/,\s*\}\s*$/, "}")}`).verdict).toBe("passed");
  expect(texts[1]).toBe(texts[0]);
  expect(texts[2]).toBe(texts[0]);
});

test("the failure that is reported is that of the lowest run, whatever the number of workers", async () => {
  const reports: string[] = [];
  for (const workers of ["1", "3"]) {
    rmSync(join(folder, ".ariadne"), { recursive: true, force: true });
    const subject = write("wrong.mjs", OVERLAPPING);
    const words = ["--seed", "3", "--workers", workers, "--reporter", "json"];
    const { out } = await ariadne("check", subject, ...words);
    reports.push(out.replace(/"measured": \{[^}]*\}/, ""));
  }

  expect(reports[0]).toContain('"violated"');
  expect(reports[1]).toBe(reports[0]);
}, 60_000);

test("shards are the whole", async () => {
  const calls = async (...more: string[]): Promise<number> => {
    const words = ["check", "block", "--seed", "9", "--runs", "200", "--reporter", "json", ...more];
    return JSON.parse((await ariadne(...words)).out).calls.executed;
  };

  const whole = await calls();
  const parts = [
    await calls("--shard", "1/3"),
    await calls("--shard", "2/3"),
    await calls("--shard", "3/3"),
  ];

  expect(parts.reduce((sum, part) => sum + part, 0)).toBe(whole);
}, 60_000);

test("a mark that is not reached is exit code 4, and a run of nothing too", async () => {
  const missed = await ariadne(
    "check",
    "block",
    "--runs",
    "5",
    "--seed",
    "1",
    "--require",
    "moon:1",
  );
  const reached = await ariadne(
    "check",
    "block",
    "--runs",
    "50",
    "--seed",
    "1",
    "--require",
    "heap emptied:5",
  );

  expect(missed.out).toContain('the mark "moon" was reached 0 of 1 times');
  expect([missed.code, reached.code]).toEqual([4, 0]);
});

test("an interrupted check ends at once with exit code 130 and leaves no half-written file", async () => {
  let code: number | null = null;

  // A process that does not listen yet ends by the signal, without a code: then it is given longer.
  for (let wait = 1500; code === null && wait < 30_000; wait *= 2) {
    const child = start(["check", "block", "--time", "60s", "--seed", "1"]);
    const ending = ended(child);
    await new Promise((resolve) => setTimeout(resolve, wait));
    child.kill("SIGINT");
    code = (await ending).code;
  }

  expect(code).toBe(130);
  expect(readdirSync(folder).filter((name) => name.endsWith(".part"))).toEqual([]);
}, 120_000);

test("a check that is interrupted while it shortens a trace tells and keeps what it has found", async () => {
  const slow = OVERLAPPING.replace(
    "alloc(size) {",
    "alloc(size) { const end = Date.now() + 5; while (Date.now() < end);",
  );
  const child = start(["check", write("slow.mjs", slow), "--seed", "1", "--workers", "1"]);
  const ending = ended(child);
  const failures = join(folder, ".ariadne", "failures");
  const isSaved = (): boolean =>
    existsSync(failures) && readdirSync(failures).some((name) => name.startsWith("overlapping"));
  rmSync(failures, { recursive: true, force: true });
  while (!isSaved()) await new Promise((resolve) => setTimeout(resolve, 50));
  child.kill("SIGINT");

  const { code, out } = await ending;

  expect(out).toContain("live-blocks-disjoint");
  expect(out.trimEnd().split("\n").at(-1)).toMatch(/^Reproduce: npx ariadne replay /);
  expect(code).toBe(130);
  rmSync(failures, { recursive: true, force: true });
});

test("a failure is told even where it cannot be saved", async () => {
  const elsewhere = mkdtempSync(join(tmpdir(), "ariadne-"));
  writeFileSync(join(elsewhere, ".ariadne"), "no folder");
  writeFileSync(join(elsewhere, "wrong.mjs"), OVERLAPPING);
  const words = ["check", "./wrong.mjs", "--seed", "1"];
  const child = spawn(process.execPath, [ENTRY, ...words], { cwd: elsewhere });

  const { code, out } = await ended(child);

  expect(out).toContain("live-blocks-disjoint");
  expect(out).toMatch(/not saved: .*cannot be written/);
  expect(out.trimEnd().split("\n").at(-1)).toMatch(/ check \S+ --seed 0x1 --run \d+$/);
  expect(code).toBe(1);
  rmSync(elsewhere, { recursive: true, force: true });
});

test("a configuration sets flags, and a flag that is typed wins", async () => {
  const project = mkdtempSync(join(tmpdir(), "ariadne-"));
  mkdirSync(join(project, "deep"));
  const cwd = join(project, "deep");
  const printed = async (...words: string[]): Promise<Ended> =>
    await ended(spawn(process.execPath, [ENTRY, "check", ...words, "--print-config"], { cwd }));

  const text = 'export default { subject: "hole-list", seed: "0x2a", runs: 7, callTimeout: "2s" };';
  writeFileSync(join(project, "ariadne.config.ts"), text);
  const set = JSON.parse((await printed()).out);
  const typed = JSON.parse((await printed("block", "--seed", "1")).out);
  writeFileSync(join(project, "ariadne.config.ts"), "export default { colour: 1 };");
  const unknown = await printed();

  expect(set).toMatchObject({ subject: "hole-list", seed: 42, runs: 7, callTimeout: 2000 });
  expect(typed).toMatchObject({ subject: "block", seed: 1, runs: 7 });
  expect([unknown.code, unknown.err]).toEqual([
    2,
    "ariadne: the configuration has colour, which is no flag\n",
  ]);
  rmSync(project, { recursive: true, force: true });
});

test("what init writes passes as it is", async () => {
  const wrote = await ariadne("init", "typescript");
  const checked = await ariadne("check", "./subject.ts", "--seed", "1", "--runs", "100");
  const twice = await ariadne("init");

  expect([wrote.code, checked.code, twice.code]).toEqual([0, 0, 2]);
  expect(checked.out).toContain("passed  my-allocator");
});

test("junit has one case a rule, and machine output says how to repeat a failure on stderr", async () => {
  const subject = write("again.mjs", OVERLAPPING);

  const { code, out, err } = await ariadne("check", subject, "--seed", "1", "--reporter", "junit");

  expect(out).toContain('<testcase classname="overlapping" name="block-aligned"/>');
  expect(out.match(/<failure /g)).toHaveLength(1);
  expect(err.trimEnd().split("\n").at(-1)).toMatch(/^Reproduce: /);
  expect(code).toBe(1);
});
