/** What `witness` found, for a person: the calls that lead to a situation, or what else came up. */
import colors from "picocolors";
import type { WitnessReport } from "../reach/witness-mark.ts";
import { subjectText } from "../subject/subject-options.ts";
import { count, grouped, wrapped } from "./check-text.ts";
import { heapMapText } from "./heap-map-text.ts";
import { storyLines } from "./story-text.ts";

/** The lines for `report`. */
export function witnessText(report: WitnessReport): string {
  const lines = report.found === undefined ? missedLines(report) : foundLines(report, report.found);
  return `${lines.join("\n")}\n`;
}

function foundLines(
  report: WitnessReport,
  found: NonNullable<WitnessReport["found"]>,
): readonly string[] {
  const { mark, name, seed } = report;
  const { calls, callsBefore, config, run, story, executions, isShortest, trace } = found;
  const map = story === undefined ? [] : heapMapText(story).map((line) => `  ${line}`);
  const cores = config.cores > 1 ? `, ${config.cores} cores` : "";
  const shortest = isShortest
    ? "no shorter trace of the same requests gets there"
    : "made shorter as far as the effort went";
  const named = subjectText(report.subject, report.options);
  return [
    `${colors.green("found")}  ${colors.bold(mark)}  ${name}`,
    `       seed ${seed}, run ${run}, ${calls.length} of ${count(callsBefore, "call")}, ` +
      `${grouped(config.memoryBytes)} bytes of memory${cores}`,
    "",
    ...storyLines(calls, story),
    ...(map.length > 0 ? ["", ...map] : []),
    "",
    `  ${shortest} (${count(executions, "execution")})`,
    ...(trace === undefined ? [] : ["", `Replay: npx ariadne replay ${trace} ${named}`]),
  ];
}

function missedLines(report: WitnessReport): readonly string[] {
  const { mark, name, runs, marks, broken } = report;
  const others = Object.keys(marks);
  return [
    `${colors.yellow("not found")}  ${colors.bold(mark)}  ${name}: not in ${count(runs, "run")}` +
      `${broken > 0 ? `, ${grouped(broken)} of which broke a rule` : ""}`,
    ...(others.length === 0
      ? ["  no mark came up"]
      : ["", "  what came up", ...wrapped(others, ", ")]),
  ];
}
