/**
 * Reads the table of calls of a generated program back, in either language.
 *
 * A row says a call twice: as numbers, which the program obeys, and as text, which its reader does. Both
 * have to be the same call.
 */
import type { TraceCall } from "#spec";
import { assert } from "#support";
import { parseCallText } from "../trace/parse-call-text.ts";

const ROW =
  /^ {4}(?:\{|step\()(?:CALL_|Kind::)?(\w+), (\d+), (\d+), (\d+), (\d+), "([^"\\]*)"(?:\}|\)),$/;

/** What a kind of row does, in the words of a trace, once its case and its joints are taken away. */
const ALIGNED = "allocaligned";

/** The calls that the program `text` makes. */
export function tableOfCalls(text: string): readonly TraceCall[] {
  const calls: TraceCall[] = [];
  for (const line of text.split("\n")) {
    const [, kind, block, size, align, offset, words] = ROW.exec(line) ?? [];
    if (kind === undefined || words === undefined) continue;

    const call = parseCallText(words, calls.length + 1);
    const word = plain(kind);
    const isKind = word === plain(call.misuse === "none" ? call.kind : call.misuse);
    assert(isKind || (word === ALIGNED && call.kind === "alloc"), "a row says one call twice");
    assert(Number(block) === Math.max(0, call.name), "a row says one block twice");
    assert(Number(size) === call.size, "a row says one size twice");
    assert(Number(align) === call.align, "a row says one alignment twice");
    assert(Number(offset) === call.offset, "a row says one offset twice");
    calls.push(call);
  }
  return calls;
}

function plain(word: string): string {
  return word.toLowerCase().replaceAll(/[_-]/g, "");
}
