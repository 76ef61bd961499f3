/**
 * Makes the calls of a failing trace once more and takes notes for a reader: what was answered, which
 * blocks were live and since when, and what exactly is wrong with the last answer.
 */
import type { Answer, TraceCall, TraceConfig } from "#spec";
import type { Range } from "#units";
import type { Subject } from "../subject/subject.ts";
import { explain } from "./explain.ts";
import { Session } from "./session.ts";

/** A live block, and the call that placed it where it is. */
export interface StoryBlock {
  readonly name: number;
  readonly start: number;
  readonly size: number;
  /** The zero-based index among the calls. */
  readonly since: number;
}

export interface Story {
  readonly answers: readonly (Answer | undefined)[];
  /** The blocks that were live before the last call. */
  readonly blocks: readonly StoryBlock[];
  readonly extent: readonly Range[];
  /** Where the last call placed a block, if it did. */
  readonly placed: { readonly start: number; readonly size: number } | undefined;
  /** What is wrong, in sentences with numbers. */
  readonly facts: readonly string[];
}

/** Tells what happens when `subject` is asked `calls`; `isHung` says that the last one never ends. */
export async function tellStory(
  subject: Subject,
  config: TraceConfig,
  calls: readonly TraceCall[],
  isHung: boolean,
): Promise<Story> {
  const session = await Session.open(subject, config, { policy: "sweep" });
  const answers: (Answer | undefined)[] = [];
  const since = new Map<number, number>();
  let blocks: readonly StoryBlock[] = [];
  for (const [index, call] of calls.entries()) {
    blocks = blocksOf(session, since);
    if (isHung && index === calls.length - 1) {
      answers.push({ kind: "hung" });
      break;
    }
    const result = await session.step(call);
    const answer = session.violation?.answer ?? session.answer;
    answers.push(result === "skipped" ? undefined : answer);
    if (answer?.kind === "placed") since.set(call.name, index);
    if (result === "violated") break;
  }
  if (!isHung && session.violation === undefined) session.sweep();

  const last = calls[answers.length - 1];
  const answer = answers.at(-1);
  const placed =
    answer?.kind === "placed" && last !== undefined
      ? { start: answer.address, size: last.size }
      : undefined;
  const facts = last === undefined ? [] : explain(session, last, since);
  const { extent } = session.heap.state;
  await session.close();
  return { answers, blocks, extent, placed, facts };
}

function blocksOf(session: Session, since: ReadonlyMap<number, number>): readonly StoryBlock[] {
  const blocks: StoryBlock[] = [];
  session.heap.index.forEach(({ block: { name, start, size } }) => {
    blocks.push({ name, start, size, since: since.get(name) ?? 0 });
  });
  return blocks;
}
