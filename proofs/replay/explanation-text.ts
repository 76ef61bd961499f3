/**
 * The screen of an explanation.
 *
 *     carvingLosesNoBytes is refuted            proofs/obligations/heap/carving.obligation.ts:21
 *
 *       Carving a block out of a hole leaves the whole hole …
 *
 *     case       align 8
 *     values     holeStart  1
 *                holeSize   24
 *     real run   threw InvariantViolation: a front remainder can hold its header
 *                impl/heap/hole-carving.ts:48
 */
import type { FunctionDeclaration } from "ts-morph";
import { pathFromRoot } from "../source.ts";
import type { Case } from "../translate/theorem.ts";
import type { Argument } from "./arguments.ts";
import type { Report } from "./reporting-text.ts";
import type { Outcome } from "./run-theorem.ts";
import { argumentLines, wrapped as wrappedTo } from "./value-text.ts";

const WIDTH = 100;
const TITLE = 10;
const LINES_MAX = 30;
const PLACES_MAX = 3;

interface Explained {
  readonly theorem: FunctionDeclaration;
  readonly fixed: Case;
  readonly kind: "reproduced" | "vacuous" | "not reproduced" | "none" | "unknown";
  readonly found: readonly Argument[];
  readonly outcome: Outcome | undefined;
  readonly reason: string;
  /** The file of the trace, if one was saved. */
  readonly saved: string | undefined;
}

const VERDICTS: Readonly<Record<Explained["kind"], string>> = {
  reproduced: "is refuted",
  vacuous: "is not proved, and the solver's values are none for which it is false",
  "not reproduced": "is refuted by the solver, not by a run: the translation is wrong",
  none: "has no counterexample",
  unknown: "is not decided",
};

/** One screen about `explained`. */
export function explanationText(explained: Explained): string {
  const { theorem, fixed, kind, found, outcome, reason, saved } = explained;
  const place = `${pathFromRoot(theorem.getSourceFile())}:${theorem.getStartLineNumber()}`;
  const cases = Object.entries(fixed).map(([name, value]) => `${name} ${value}`);
  const head = [
    `${theorem.getName()} ${VERDICTS[kind]}`,
    `  ${place}`,
    "",
    ...wrapped(claimOf(theorem), " ").map((line) => `  ${line}`),
    "",
    ...section("case", cases.length === 0 ? [] : wrapped(cases.join(", "), " ")),
  ];
  const tail = [
    ...section("real run", outcome === undefined ? [] : outcomeLines(outcome, theorem)),
    ...section("trace", saved === undefined ? [] : [`npx ariadne replay ${saved}`]),
    ...section("solver", reason === "" ? [] : [reason]),
  ];
  const room = LINES_MAX - head.length - tail.length;
  const values = section("values", shortened(argumentLines(found, WIDTH - TITLE), room));
  return `${[...head, ...values, ...tail].map(cut).join("\n")}\n`;
}

/** The first sentences of what the theorem says, as many as two lines have room for. */
function claimOf(theorem: FunctionDeclaration): string {
  const text = theorem.getJsDocs()[0]?.getDescription().trim().replace(/\s+/g, " ") ?? "";
  const sentences = text.split(/(?<=\.) /);
  return sentences.reduce((claim, sentence) =>
    claim.length + sentence.length < 2 * (WIDTH - TITLE) ? `${claim} ${sentence}` : claim,
  );
}

function section(title: string, lines: readonly string[]): readonly string[] {
  return lines.map((line, index) => `${(index === 0 ? title : "").padEnd(TITLE)}${line}`);
}

function outcomeLines(outcome: Outcome, theorem: FunctionDeclaration): readonly string[] {
  if (outcome.kind === "true") return ["the real functions keep the theorem with these values"];
  if (outcome.kind === "endless") return ["a loop over these values goes on for too long"];
  if (outcome.kind === "outside") {
    return ["these values break an assumption", ...outcome.places.slice(0, 1)];
  }
  if (outcome.kind === "threw") {
    return [`threw ${outcome.message}`, ...outcome.places.slice(0, PLACES_MAX)];
  }
  const chain = falseChain(outcome.reports).slice(0, PLACES_MAX);
  const parts = chain.flatMap(({ place, text }) => [
    `${place}`,
    ...wrapped(definedText(text, theorem), " ").map((line) => `  ${line}`),
  ]);
  return ["false, because this is false:", ...parts];
}

/** The part of the conclusion that is false, the part of that which is, and so on. */
function falseChain(reports: readonly Report[]): readonly Report[] {
  const conclusion = reports.findLast(({ owner }) => owner === "");
  if (conclusion?.value !== false) return [];
  const owned = reports.find(({ owner, value }) => owner === conclusion.text && value === false);
  return [
    conclusion,
    ...falseChain(owned === undefined ? conclusion.parts : [{ ...owned, owner: "" }]),
  ];
}

/** `text`, and if it is the name of a constant of the theorem, what that is. */
function definedText(text: string, theorem: FunctionDeclaration): string {
  const value = theorem.getVariableDeclaration(text)?.getInitializer()?.getText();
  return value === undefined ? text : `${text} = ${value.replace(/\s+/g, " ")}`;
}

function shortened(lines: readonly string[], room: number): readonly string[] {
  if (lines.length <= room) return lines;
  return [...lines.slice(0, room - 1), `… and ${lines.length - room + 1} lines more`];
}

function cut(line: string): string {
  return line.length <= WIDTH ? line.trimEnd() : `${line.slice(0, WIDTH - 1)}…`;
}

function wrapped(text: string, separator: string): readonly string[] {
  return wrappedTo(text, separator, WIDTH - TITLE - 2);
}
