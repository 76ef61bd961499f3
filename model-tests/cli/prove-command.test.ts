import { spawnSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, test } from "vitest";

const ROOT = fileURLToPath(new URL("../../", import.meta.url));
const THEOREM = "resizingLosesNoBytes";

let folder = "";

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "ariadne-prove-"));
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

function prove(root: string, ...words: string[]) {
  const entry = join(root, "dist/model-tests/cli/ariadne.js");
  const env = { ...process.env, NO_COLOR: "1" };
  const ended = spawnSync(process.execPath, [entry, "prove", ...words], { cwd: folder, env });
  return { code: ended.status, out: `${ended.stdout}`, err: `${ended.stderr}` };
}

describe("prove", () => {
  test("prints a line for a theorem that is proved, and what all of it rests on", () => {
    const { code, out } = prove(ROOT, THEOREM, "--no-cache");

    expect(code).toBe(0);
    expect(out).toMatch(/^theorem +cases +proved +steps +time +cached$/m);
    expect(out).toMatch(/^resizingLosesNoBytes +1 +1 +[\d,]+ +[\d.]+ s +0$/m);
    expect(out).toContain("1 of 1 theorems proved");
    expect(out).toContain("What is trusted and not proved:");
  });

  test("says the same again, apart from what was measured, and proves nothing twice", () => {
    const reports = ["1", "2"].map((workers) => {
      const { out } = prove(ROOT, THEOREM, "--json", "--workers", workers);
      return JSON.parse(out) as { measured: { theorems: Record<string, { cached: number }> } };
    });

    const [first, second] = reports.map(({ measured: _, ...report }) => report);

    expect(second).toEqual(first);
    expect(reports[1]?.measured.theorems[THEOREM]?.cached).toBeGreaterThan(0);
  });

  test("is bad input where nothing is called so", () => {
    const { code, err } = prove(ROOT, "nothing-of-the-kind");

    expect(code).toBe(2);
    expect(err).toBe("ariadne: no theorem is called, lies in or proves nothing-of-the-kind\n");
  });

  test("is bad input with a second opinion of an unknown solver", () => {
    const { code, err } = prove(ROOT, THEOREM, "--second-opinion", "oracle");

    expect(code).toBe(2);
    expect(err).toBe("ariadne: --second-opinion is z3 or cvc5, not oracle\n");
  });
});

describe("an installation without a solver", () => {
  const needed = ["ts-morph", "z3-solver"];

  beforeAll(() => {
    cpSync(join(ROOT, "dist"), join(folder, "dist"), { recursive: true });
    cpSync(join(ROOT, "package.json"), join(folder, "package.json"));
    for (const name of packages()) {
      if (needed.includes(name)) continue;
      const link = join(folder, "node_modules", name);
      mkdirSync(dirname(link), { recursive: true });
      symlinkSync(join(ROOT, "node_modules", name), link);
    }
  });

  test("names what proving needs, in one sentence", () => {
    const { code, err } = prove(folder, THEOREM);

    expect(code).toBe(2);
    expect(err).toMatch(/^ariadne: prove needs [\w-]+, which is not installed: npm i .+\n$/);
    for (const name of needed) expect(err).toContain(`${name}@`);
  });
});

/** The packages that are installed, those with an owner under their owner's name. */
function packages(): readonly string[] {
  const names = readdirSync(join(ROOT, "node_modules")).filter((name) => !name.startsWith("."));
  return names.flatMap((name) =>
    name.startsWith("@")
      ? readdirSync(join(ROOT, "node_modules", name)).map((each) => `${name}/${each}`)
      : [name],
  );
}
