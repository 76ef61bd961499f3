/**
 * Films a trace by the answers that it has recorded, when there is no subject to ask: blocks are where
 * the answers say, and whatever else a heap would show is not known.
 */
import type { Trace, TraceCall } from "#spec";
import { RULES } from "#spec";
import { answerText, plainCallText } from "../report/story-text.ts";
import {
  type Change,
  FILMED_STEPS_MAX,
  type Film,
  type FilmStep,
  HEAP_THINGS,
  type Placed,
} from "./film.ts";
import { keyOf } from "./things.ts";

type RecordedAnswer = NonNullable<Trace["answers"]>[number];

/** The film of `trace`, or undefined if it has recorded no answers. */
export function filmAnswers({ calls, answers = [], verdict }: Trace): Film | undefined {
  if (!answers.some((answer) => answer !== undefined)) return undefined;
  const end = verdict === undefined ? calls.length : verdict.at + 1;
  const before = Math.max(0, end - FILMED_STEPS_MAX);
  const live = new Map<string, Change>();
  const steps: FilmStep[] = [];
  let base: readonly Change[] = [];
  let placed: Placed | undefined;
  for (const [index, call] of calls.slice(0, end).entries()) {
    if (index === before) base = [...live.values()];
    const answer = answers[index];
    const isWrong = verdict?.at === index;
    const changes = isWrong ? [] : changesOf(call, answer, live);
    if (index >= before) steps.push([plainCallText(call), recordedText(answer), ...changes]);
    if (!isWrong || answer?.kind !== "placed") continue;
    const { name, instance, size } = call;
    placed = { name, instance, start: answer.address, size };
  }
  const film: Film = { kind: "heap", before, base, untold: 0, steps };
  if (verdict === undefined) return film;
  const rule = verdict.rejected;
  const sentence = RULES.find(({ name }) => name === rule)?.claim ?? "";
  const fault = { rule, sentence, facts: [], blamed: [], ...(placed && { placed }) };
  return { ...film, fault };
}

function recordedText(answer: RecordedAnswer): string {
  if (answer === undefined) return "not recorded";
  return answer.kind === "switched" ? "switched" : answerText(answer);
}

/** What `call` changed, by its answer; `live` is what there is. */
function changesOf(
  call: TraceCall,
  answer: RecordedAnswer,
  live: Map<string, Change>,
): readonly Change[] {
  const { name, instance, size, core, misuse } = call;
  if (misuse !== "none" || name < 0) return [];
  if (answer?.kind === "placed") {
    const { address } = answer;
    const block: Change = [HEAP_THINGS.block, name, instance, address, size, core];
    live.set(keyOf(block), block);
    return [block];
  }
  const gone: Change = [HEAP_THINGS.block, name];
  if (call.kind !== "dealloc" || answer?.kind !== "released") return [];
  return live.delete(keyOf(gone)) ? [gone] : [];
}
