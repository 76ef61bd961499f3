/** What of the tests depends on the machine: what ran here, what did not, and what to install for it. */
import { KNOWN_ALLOCATORS } from "../native/known-allocators.ts";

/** How the tests went that need one thing. */
export interface NeedCount {
  readonly need: string;
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
}

const INSTALLS: Readonly<Record<string, string>> = {
  "a C compiler": "apt-get install gcc",
  rustc: "apt-get install rustc",
  python3: "apt-get install python3",
  koffi: "npm i koffi",
  Chromium: "apt-get install chromium",
  ...Object.fromEntries(
    KNOWN_ALLOCATORS.map(({ reference, debian }) => [reference, `apt-get install ${debian}`]),
  ),
};

/** A line for each need, those that did not run last; nothing if no test needs anything. */
export function needsTable(counts: readonly NeedCount[]): string {
  if (counts.length === 0) return "";
  const ran = counts.filter(({ skipped }) => skipped === 0);
  const not = counts.filter(({ skipped }) => skipped > 0);
  const width = Math.max(...counts.map(({ need }) => need.length));
  const lines = [...ran, ...not].map((count) => lineOf(count, width));
  return ["", " Tests that depend on the machine", "", ...lines, ""].join("\n");
}

function lineOf({ need, passed, failed, skipped }: NeedCount, width: number): string {
  const parts = [
    passed > 0 ? `${passed} passed` : "",
    failed > 0 ? `${failed} failed` : "",
    skipped > 0 ? `${skipped} not run` : "",
  ].filter((part) => part !== "");
  const how = skipped > 0 ? `  ${INSTALLS[need] ?? `${need} is not on this machine`}` : "";
  return `   ${skipped > 0 ? "not run" : "ran    "}  ${need.padEnd(width)}  ${parts.join(", ")}${how}`;
}
