/**
 * Every sequence of calls that can be said with the words of one trace, shortest first.
 *
 * The words are the trace's own requests, sizes and ways to free. If nothing shorter that is said with
 * them breaks the rule, the trace is as short as its vocabulary allows: that is what a certificate says.
 */
import type { TraceCall } from "#spec";
import type { BlockName } from "#units";

/** One word: a call whose block, if it refers to one, is still to be chosen. */
interface Word {
  readonly call: TraceCall;
  /** Whether it names a new block; else it refers to one of those named before. */
  readonly isNew: boolean;
}

/** The words of `calls`, each once. */
export function vocabularyOf(calls: readonly TraceCall[]): readonly Word[] {
  const words = new Map<string, Word>();
  for (const call of calls) {
    const nameless = { ...call, name: -1 as BlockName };
    const isNew = call.kind === "alloc" || call.kind === "allocZeroed";
    words.set(JSON.stringify(nameless), { call: nameless, isNew });
  }
  return [...words.values()];
}

/** Whether `prefix` is worth continuing. */
export type Probe = (calls: readonly TraceCall[]) => Promise<"continue" | "cut" | "stop">;

/**
 * Goes through all sequences of exactly 1, 2 … `calls` words. `probe` is asked about each; a sequence
 * that is cut is not continued, since its last call did nothing. Answers false if `probe` said stop.
 */
export async function forEachSentence(
  words: readonly Word[],
  calls: number,
  probe: Probe,
): Promise<boolean> {
  let prefixes: (readonly TraceCall[])[] = [[]];
  for (let length = 1; length <= calls; length++) {
    const longer: (readonly TraceCall[])[] = [];
    for (const prefix of prefixes) {
      for (const sentence of continuations(prefix, words)) {
        const answer = await probe(sentence);
        if (answer === "stop") return false;
        if (answer === "continue" && length < calls) longer.push(sentence);
      }
    }
    prefixes = longer;
  }
  return true;
}

function* continuations(
  prefix: readonly TraceCall[],
  words: readonly Word[],
): Iterable<readonly TraceCall[]> {
  const named = prefix.filter(({ kind }) => kind === "alloc" || kind === "allocZeroed").length;
  for (const { call, isNew } of words) {
    if (isNew) yield [...prefix, { ...call, name: named as BlockName }];
    else if (isAboutNoBlock(call)) yield [...prefix, call];
    else {
      for (let name = 0; name < named; name++)
        yield [...prefix, { ...call, name: name as BlockName }];
    }
  }
}

function isAboutNoBlock({ kind, misuse }: TraceCall): boolean {
  return kind === "switch" || kind === "close" || misuse === "foreign-pointer";
}
