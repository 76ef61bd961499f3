/** The job that the README offers does what it says, command by command, for a subject that is as `init` writes it. */
import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, expect, test } from "vitest";

const ENTRY = fileURLToPath(new URL("../../dist/model-tests/cli/ariadne.js", import.meta.url));
const README = readFileSync(new URL("../../README.md", import.meta.url), "utf8");

const [, yaml = ""] = /```yaml\n(.*?)```/s.exec(README) ?? [];
const commands = [...yaml.matchAll(/^ +- run: (.+)$/gm)].map(([, command = ""]) => command);
/** The commands that are ours, word by word. */
const ours = commands
  .filter((command) => command.startsWith("npx ariadne "))
  .map((command) => command.split(" ").slice(2));

let folder = "";

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "ariadne-ci-"));
  ariadne(["init", "typescript"]);
  ariadne(["compare", "--save", "baseline.json", "./subject.ts", "--runs", "1", "--no-recorded"]);
});

afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

function ariadne(words: readonly string[]) {
  const env = { ...process.env, NO_COLOR: "1", GITHUB_STEP_SUMMARY: join(folder, "summary.md") };
  return spawnSync(process.execPath, [ENTRY, ...words], { cwd: folder, env, encoding: "utf8" });
}

test("the job installs, checks and compares", () => {
  expect(commands[0]).toBe("npm ci");
  expect(ours.map(([name]) => name)).toEqual(["check", "compare"]);
  expect(commands.length).toBe(ours.length + 1);
});

test("a sound subject passes the job, with a note, a summary and a file of results", () => {
  const [check = [], compare = []] = ours;

  const checked = ariadne([...check, "--runs", "20"]);
  const compared = ariadne(compare);

  expect([checked.status, checked.stderr]).toEqual([0, ""]);
  expect(checked.stdout).toMatch(/^::notice title=my-allocator passed::/);
  expect(readFileSync(join(folder, "summary.md"), "utf8")).toContain("my-allocator passed");
  expect(existsSync(join(folder, "ariadne.xml"))).toBe(true);
  expect([compared.status, compared.stderr]).toEqual([0, ""]);
  expect(compared.stdout).toMatch(/^\*\*passed\*\*: my-allocator/);
});

test("a subject that wastes or is wrong fails the job, each with its own exit code", () => {
  const [check = [], compare = []] = ours;
  const sound = readFileSync(join(folder, "subject.ts"), "utf8");

  writeFileSync(join(folder, "subject.ts"), sound.replaceAll("/ 8) * 8);", "/ 64) * 64);"));
  const wasted = ariadne(compare);
  writeFileSync(join(folder, "subject.ts"), sound.replace("return start;", "return start + 0.5;"));
  const broken = ariadne([...check, "--runs", "20", "--seed", "1"]);

  expect(wasted.status).toBe(6);
  expect(wasted.stdout).toContain("+5% **exceeded**");
  expect(wasted.stdout).toMatch(
    /\nReplay: npx ariadne replay \S+\.trace\.jsonl \.\/subject\.ts\n$/,
  );
  expect(broken.status).toBe(1);
  expect(broken.stdout).toMatch(
    /^::error file=subject\.ts,title=my-allocator breaks answer-fits-call::/,
  );
});
