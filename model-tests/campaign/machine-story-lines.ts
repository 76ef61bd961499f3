/**
 * A trace of a machine as a reader would tell it: the calls with what each was answered, the move that
 * broke a rule, and the machine as it was before that move.
 */
import type { MachineMove, Rights } from "#spec";
import type { PageName } from "#units";
import type { MachineCall } from "../machine/machine-call.ts";
import type { MachinePlay } from "../machine/machine-session.ts";
import { machineLines } from "./machine-lines.ts";
import type { MachineTrial } from "./machine-trial.ts";
import { machineCallText, pageText, rightsText } from "./machine-words.ts";
import { isNoReturn } from "./no-return.ts";

const CALLS_MAX = 30;

export function machineStoryLines(
  calls: readonly MachineCall[],
  { plays, broken, session }: MachineTrial,
): readonly string[] {
  const texts = calls.map(machineCallText);
  const width = Math.min(56, Math.max(0, ...texts.map((text) => text.length)));
  const digits = String(calls.length).length;
  const told = texts.map((text, index) => {
    const number = String(index + 1).padStart(digits);
    return `  ${number}  ${text.padEnd(width)}  -> ${answerText(plays[index])}`;
  });
  const half = CALLS_MAX / 2;
  const left = `  … ${told.length - CALLS_MAX} more calls, all in the trace …`;
  const lines =
    told.length <= CALLS_MAX ? told : [...told.slice(0, half), left, ...told.slice(-half)];
  if (broken?.error !== undefined) lines.push(`      ${broken.error}`);
  if (broken?.move !== undefined) lines.push("", `  the move  ${moveText(broken.move)}`);
  const machine = machineLines(session, broken?.name === "machine-as-announced");
  return machine.length === 0 ? lines : [...lines, "", ...machine.map((line) => `  ${line}`)];
}

/** What a call of a machine came to, in a word or two. */
export function answerText(play: MachinePlay | undefined): string {
  if (play === undefined) return "left out";
  if (play.answer === undefined) {
    return play.broken !== undefined && isNoReturn(play.broken) ? "never returns" : "throws";
  }
  const { answer } = play;
  if (answer.kind === "refused") return `refused: ${answer.reason}`;
  if (answer.kind === "under way") return answer.isWaiting ? "waits" : "under way";
  return answer.kind;
}

const PAGES = ["page", "first", "last"];

/** A move, field by field. */
export function moveText({ kind, ...fields }: MachineMove): string {
  const texts = Object.entries(fields).map(([name, value]) => {
    if (PAGES.includes(name)) return `${name} ${pageText(value as PageName)}`;
    if (name === "rights" || name === "needs") return `${name} ${rightsText(value as Rights)}`;
    if (typeof value === "boolean") return value ? name : `not ${name}`;
    return `${name} ${value}`;
  });
  return `${kind}  ${texts.join(", ")}`;
}
