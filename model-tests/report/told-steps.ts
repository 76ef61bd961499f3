/** The calls of a failing trace one by one, for reporters that show who made each: of a heap or a machine. */
import type { ViolationReport } from "../campaign/check-report.ts";
import type { MachineViolation } from "../campaign/machine-report.ts";
import { machineCallText } from "../campaign/machine-words.ts";
import { callText } from "../trace/call-text.ts";
import { answerText } from "./story-text.ts";

export interface ToldStep {
  readonly core: number;
  /** What was asked, and what was answered if that is known. */
  readonly text: string;
}

/** The calls of `violation`. */
export function toldSteps(violation: ViolationReport | MachineViolation): readonly ToldStep[] {
  const { calls, story } = violation;
  const answers = story !== undefined && "answers" in story ? story.answers : [];
  return calls.map((call, index) => {
    if ("call" in call)
      return { core: "core" in call ? call.core : 0, text: machineCallText(call) };
    const answer = answerText(answers[index]);
    const text = callText(call).replace(/ align 1(?= |$)/, "");
    return { core: call.core, text: answer === "" ? text : `${text}  -> ${answer}` };
  });
}
