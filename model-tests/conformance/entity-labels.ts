/**
 * Whether a subject treats those alike who call it.
 *
 * Each call says for which entity it is made, a task or a name space, and all of them share one heap. So if
 * the entities change places, every call is answered as it was before.
 */
import type { TraceCall, TraceConfig } from "#spec";
import type { Subject } from "../subject/subject.ts";
import { Session } from "./session.ts";

/** The index of the first call that is answered otherwise when entities are `renamed`, or undefined. */
export async function firstUnlike(
  subject: Subject,
  config: TraceConfig,
  calls: readonly TraceCall[],
  renamed: (entity: number) => number,
): Promise<number | undefined> {
  const as = await answersTo(subject, config, calls);
  const permuted = calls.map((call) => ({ ...call, entity: renamed(call.entity) }));
  const other = await answersTo(subject, config, permuted);
  const index = as.findIndex((answer, at) => answer !== other[at]);
  return index < 0 ? undefined : index;
}

async function answersTo(
  subject: Subject,
  config: TraceConfig,
  calls: readonly TraceCall[],
): Promise<readonly string[]> {
  const session = await Session.open(subject, config, { policy: "sweep" });
  const answers: string[] = [];
  for (const call of calls) {
    const result = await session.step(call);
    const rule = session.violation?.rule.name ?? "";
    answers.push(JSON.stringify([result, session.answer, rule]));
    if (result === "violated") break;
  }
  await session.close();
  return answers;
}
