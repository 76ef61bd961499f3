/** The calls of a failing trace as a reader would retype them, with what each was answered. */
import type { Answer, TraceCall } from "#spec";
import { virtualText } from "#units";
import type { Story } from "../conformance/story.ts";
import { callText } from "../trace/call-text.ts";

const CALLS_MAX = 30;

/** One line a call; of a long trace the beginning and the end. */
export function storyLines(
  calls: readonly TraceCall[],
  story: Story | undefined,
): readonly string[] {
  const texts = calls.map(plainCallText);
  const width = Math.min(48, Math.max(...texts.map((text) => text.length)));
  const digits = String(calls.length).length;
  const lines = texts.map((text, index) => {
    const number = String(index + 1).padStart(digits);
    const answer = answerText(story?.answers[index]);
    return `  ${number}  ${answer === "" ? text : `${text.padEnd(width)}  -> ${answer}`}`;
  });
  if (lines.length <= CALLS_MAX) return lines;
  const half = CALLS_MAX / 2;
  const left = lines.length - CALLS_MAX;
  return [
    ...lines.slice(0, half),
    `  … ${left} more calls, all in the trace …`,
    ...lines.slice(-half),
  ];
}

/** A call without the alignment that every address has. */
export function plainCallText(call: TraceCall): string {
  return callText(call).replace(/ align 1(?= |$)/, "");
}

/** What a call was answered, in a word or an address. */
export function answerText(answer: Answer | undefined): string {
  switch (answer?.kind) {
    case undefined:
      return "";
    case "placed":
      return virtualText(answer.address);
    case "usable":
      return `${answer.bytes} bytes`;
    case "hung":
      return "does not return";
    case "threw":
      return "throws";
    default:
      return answer?.kind ?? "";
  }
}
