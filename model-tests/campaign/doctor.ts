/**
 * What there is on this machine that not every machine has, and what is left out without it. Nothing is
 * wrong where something is missing: most of the tool needs none of it.
 */
import { spawnSync } from "node:child_process";
import { createRequire } from "node:module";
import { findLibrary } from "../native/find-library.ts";
import { KNOWN_ALLOCATORS } from "../native/known-allocators.ts";
import { loadKoffi } from "../native/load-koffi.ts";

/** One thing that may be there. */
export interface DoctorFinding {
  readonly name: string;
  readonly isThere: boolean;
  /** Its version or its place. */
  readonly what: string;
  /** What is left out without it; absent if it is there. */
  readonly without?: string;
}

export interface DoctorReport {
  readonly v: 1;
  readonly command: "doctor";
  readonly exit: 0;
  readonly findings: readonly DoctorFinding[];
}

const PACKAGES = [
  ["z3-solver", "prove proves nothing: npm i z3-solver ts-morph"],
  ["ts-morph", "prove proves nothing: npm i z3-solver ts-morph"],
] as const;

const PROGRAMS = [
  ["C compiler", ["cc", "gcc", "clang"], "what is written in C for a test is not compiled"],
  ["rustc", ["rustc"], "what is written in Rust for a test is not compiled"],
  ["chromium", ["chromium", "chromium-browser", "google-chrome"], "no page is opened in a test"],
  ["z3", ["z3"], "prove has no second opinion of it"],
  ["cvc5", ["cvc5"], "prove has no second opinion of it"],
] as const;

const ASK_MS = 10_000;

/** Looks at what there is. */
export async function doctor(): Promise<DoctorReport> {
  const node = { name: "node", isThere: true, what: process.version };
  const findings = [
    node,
    found("koffi", await koffiVersion(), "native libraries are not judged: npm i koffi"),
    ...PACKAGES.map(([name, without]) => found(name, packageVersion(name), without)),
    ...PROGRAMS.map(([name, commands, without]) => found(name, programVersion(commands), without)),
    ...KNOWN_ALLOCATORS.map(({ reference, debian, name }) => {
      const without = `${name} is not judged in a test: apt-get install ${debian}`;
      return found(reference, findLibrary(reference, process.cwd()), without);
    }),
  ];
  return { v: 1, command: "doctor", exit: 0, findings };
}

function found(name: string, what: string | undefined, without: string): DoctorFinding {
  return what === undefined
    ? { name, isThere: false, what: "not installed", without }
    : { name, isThere: true, what };
}

async function koffiVersion(): Promise<string | undefined> {
  try {
    return (await loadKoffi()).version;
  } catch {
    return undefined;
  }
}

function packageVersion(name: string): string | undefined {
  const require = createRequire(import.meta.url);
  try {
    const manifest: { readonly version: string } = require(`${name}/package.json`);
    return manifest.version;
  } catch {
    return undefined;
  }
}

/** The first line that one of `commands` says of its version. */
function programVersion(commands: readonly string[]): string | undefined {
  for (const command of commands) {
    const asked = spawnSync(command, ["--version"], { encoding: "utf8", timeout: ASK_MS });
    if (asked.status === 0) return asked.stdout.split("\n", 1)[0]?.trim();
  }
  return undefined;
}
