/**
 * How much is checked, in one table: `npm run coverage`, after a build.
 *
 * Lines and branches of spec/ and impl/ come from the compiled tests, mapped back to their sources.
 * Rules and marks come from a fixed campaign: one that is never reached fails the command, exit 4.
 */
import { spawn } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { BLOCK_ALLOCATOR_MARKS, FREE_CHUNKS_MARKS, HOLE_LIST_MARKS } from "#impl";
import {
  CHUNK_RULES,
  MACHINE_CALL_RULES,
  MACHINE_RULES,
  RULES,
  SYSTEM_REQUEST_RULES,
  SYSTEM_RULES,
} from "#spec";
import { type Counts, complaintsAbout, type LedgerRow, ledgerRows } from "./ledger.ts";

const VACUOUS = 4;
const ROOT = fileURLToPath(new URL("../..", import.meta.url));
const SUMMARY = `${ROOT}coverage/report/coverage-summary.json`;
/** The marks of an allocator name the file that they are in; those of the harness have no dot. */
const ALLOCATOR_MARK = /^[a-z-]+\.[a-z-]+$/;

interface Share {
  readonly total: number;
  readonly covered: number;
}

type Summary = Readonly<Record<string, { readonly lines: Share; readonly branches: Share }>>;

process.exitCode = await main();

async function main(): Promise<number> {
  const measure = ["c8", "--config", "coverage/c8.json", ...exclusions()];
  const tests = ["vitest", "run", "--config", "coverage/vitest.config.ts"];
  const code = await run("npx", [...measure, ...tests], "inherit");
  if (code.exit !== 0) return 1;

  const campaign = await run("node", ["dist/model-tests/bench/fixed-campaign.js"], "pipe");
  if (campaign.exit !== 0) return 1;
  const rows = ledger(JSON.parse(campaign.output));
  const complaints = complaintsAbout(rows);
  const { total } = JSON.parse(readFileSync(SUMMARY, "utf8")) as Summary;
  print("");
  for (const line of table(total, rows)) print(line);
  for (const complaint of complaints) print(`  ${complaint}`);
  return complaints.length === 0 ? 0 : VACUOUS;
}

/** Tests, and files of types alone: these have no lines that could run, nothing is left of them. */
function exclusions(): string[] {
  const typesOnly = ["spec", "impl"].flatMap((folder) =>
    readdirSync(`${ROOT}dist/${folder}`, { recursive: true, encoding: "utf8" })
      .filter((file) => file.endsWith(".js"))
      .map((file) => `dist/${folder}/${file}`)
      .filter((file) => isEmpty(readFileSync(ROOT + file, "utf8"))),
  );
  return ["**/*.test.js", ...typesOnly].flatMap((file) => ["--exclude", file]);
}

function isEmpty(compiled: string): boolean {
  const statements = compiled.split("\n").filter((line) => !/^(\/\/#|\/?\s*\*|\s*$)/.test(line));
  return statements.join("") === "export {};";
}

function ledger({ rules, marks }: { readonly rules: Counts; readonly marks: Counts }): LedgerRow[] {
  const machine = [...CHUNK_RULES, ...MACHINE_RULES, ...MACHINE_CALL_RULES];
  const system = [...SYSTEM_RULES, ...SYSTEM_REQUEST_RULES];
  const names = [...RULES, ...system, ...machine].map(({ name }) => name);
  const reached = Object.entries(marks).filter(([name]) => ALLOCATOR_MARK.test(name));
  return [
    ...ledgerRows("rule", names, rules),
    ...ledgerRows(
      "mark",
      [...BLOCK_ALLOCATOR_MARKS, ...HOLE_LIST_MARKS, ...FREE_CHUNKS_MARKS],
      Object.fromEntries(reached),
    ),
  ];
}

function table(total: Summary[string] | undefined, rows: readonly LedgerRow[]): string[] {
  const ofKind = (kind: LedgerRow["kind"]): Share => {
    const declared = rows.filter((row) => row.kind === kind && row.isDeclared);
    return { total: declared.length, covered: declared.filter(({ times }) => times > 0).length };
  };
  const shares: readonly (readonly [string, Share | undefined])[] = [
    ["lines", total?.lines],
    ["branches", total?.branches],
    ["rules", ofKind("rule")],
    ["marks", ofKind("mark")],
  ];
  return shares.map(([name, share]) => {
    const { covered = 0, total: all = 0 } = share ?? {};
    const percent = all === 0 ? "-" : `${((100 * covered) / all).toFixed(2)} %`;
    return `${name.padEnd(10)}${percent.padStart(10)}${`${covered} of ${all}`.padStart(18)}`;
  });
}

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}

/** Runs a command in the project's folder. */
async function run(
  command: string,
  options: readonly string[],
  output: "inherit" | "pipe",
): Promise<{ readonly exit: number; readonly output: string }> {
  const child = spawn(command, options, { cwd: ROOT, stdio: ["ignore", output, "inherit"] });
  let text = "";
  child.stdout?.on("data", (chunk) => {
    text += String(chunk);
  });
  const exit = await new Promise<number>((resolve) => {
    child.on("close", (code) => resolve(code ?? 1));
  });
  return { exit, output: text };
}
