/** What a comparison found, as text that can be pasted where Markdown is read. */
import type { CompareReport, CompareSide } from "../compare/compare-report.ts";
import type { MeasureRow } from "../compare/measures.ts";
import type { TimeRatio } from "../compare/race.ts";
import { subjectText } from "../subject/subject-options.ts";
import { count, grouped, violationLines } from "./check-text.ts";

/** The lines for `report`; of a broken rule its story. */
export function compareText(report: CompareReport): string {
  const { verdict, base, candidate, traces, calls, seed, violation } = report;
  const head = `**${verdict}**: ${sideText(base)} → ${sideText(candidate)}`;
  if (violation !== undefined) {
    const side = violation.side === "base" ? base : candidate;
    const story = violationLines({ ...side, seed }, violation);
    const lines = [
      head,
      "",
      `The ${violation.side} breaks a rule on ${violation.on}:`,
      "",
      "```",
      ...story.slice(0, -2),
      "```",
      "",
      ...story.slice(-1),
    ];
    return `${lines.join("\n")}\n`;
  }
  const lines = [
    head,
    "",
    `${count(traces.length, "trace")}, ${count(calls, "call")}, seed ${seed}; no rule was broken.`,
    "",
    ...table(report),
    ...noted(report),
    ...worstLines(report),
  ];
  return `${lines.join("\n")}\n`;
}

function table(report: CompareReport): readonly string[] {
  const { measures, budgets, measured, base, candidate } = report;
  const budgetOf = (name: string): string =>
    budgets
      .filter(({ measure }) => measure === name)
      .map(({ text, isExceeded }) => {
        return `${text.replace(/^.*=/, "")} ${isExceeded ? "**exceeded**" : "kept"}`;
      })
      .join(", ");
  const rows = measures.map((row) => [
    row.name,
    numberText(row, row.base),
    numberText(row, row.candidate),
    changeText(row),
    budgetOf(row.name),
  ]);
  const { time } = measured;
  if (time !== undefined) {
    const ratio = time.ratio.toFixed(3);
    rows.push(["time", "1", ratio, timeText(time), budgetOf("time") || "never fails by itself"]);
  }
  const areNamed = base.name !== candidate.name;
  const names = areNamed ? [base.name, candidate.name] : ["base", "candidate"];
  const heads = ["measure", ...names, "change", "budget"].map(cell);
  const widths = heads.map((head, column) =>
    Math.max(head.length, ...rows.map((row) => (row[column] ?? "").length)),
  );
  const line = (cells: readonly string[]): string =>
    `| ${cells.map((text, at) => (at === 0 || at === 4 ? text.padEnd(widths[at] ?? 0) : text.padStart(widths[at] ?? 0))).join(" | ")} |`;
  const rule = `| ${widths.map((w, at) => (at === 0 || at === 4 ? "-".repeat(w) : `${"-".repeat(w - 1)}:`)).join(" | ")} |`;
  return [line(heads), rule, ...rows.map(line)];
}

function noted({ measures, notes, measured }: CompareReport): readonly string[] {
  const abouts = measures
    .filter(({ about }) => about !== "counted by the subject")
    .map(({ name, about }) => `- ${name}: ${about}`);
  const time = measured.time;
  const raced = time && `- time: of ${time.rounds} rounds in turns, with its 95 % interval`;
  return [
    "",
    ...abouts,
    ...(raced === undefined ? [] : [raced]),
    ...notes.map((note) => `- ${note}`),
  ];
}

function worstLines({ worst, measures, candidate }: CompareReport): readonly string[] {
  const row = measures.find(({ name }) => name === worst?.measure);
  if (worst === undefined || row?.worst === undefined) return [];
  const { base, candidate: value, trace } = row.worst;
  const change = changeText({ ...row, base, candidate: value });
  const named = subjectText(candidate.subject, candidate.options);
  return [
    "",
    `Worst ${worst.measure}: ${trace}, ${numberText(row, base)} → ${numberText(row, value)} (${change})`,
    `Replay: npx ariadne replay ${worst.file} ${named}`,
  ];
}

function numberText({ name }: Pick<MeasureRow, "name">, value: number): string {
  return name === "fragmentation" ? `${(100 * value).toFixed(1)} %` : grouped(Math.round(value));
}

function changeText({ name, base, candidate }: MeasureRow): string {
  if (candidate === base) return "none";
  if (name === "fragmentation") return `${signed(100 * (candidate - base), 1)} points`;
  if (base === 0) return signed(candidate, 0);
  return `${signed(100 * (candidate / base - 1), 1)} %`;
}

function timeText({ ratio, low, high }: TimeRatio): string {
  const percent = (value: number): string => signed(100 * (value - 1), 1);
  return `${percent(ratio)} % [${percent(low)}, ${percent(high)}]`;
}

function signed(value: number, digits: number): string {
  return `${value < 0 ? "-" : "+"}${Math.abs(value).toFixed(digits)}`;
}

function sideText({ name, subject, options, isSaved }: CompareSide): string {
  const named = subjectText(subject, options);
  const text = cell(named === name ? name : `${name} (${named})`);
  return isSaved ? `${text}, as it was saved` : text;
}

/** `text` in a cell of a table, which a bar would end. */
function cell(text: string): string {
  return text.replaceAll("|", "\\|");
}
