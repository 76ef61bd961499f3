/** An answer as its record has it, one key that says what it is, and back. */
import type { Answer } from "#spec";
import { assert } from "#support";
import { bytes, hexadecimal, parseHexadecimal } from "#units";
import type { AnswerRecord } from "./raw-record.ts";

/** What a trace may have recorded for a call. */
export type TraceAnswer = Answer | { readonly kind: "switched" };

/** The answers that say no more than which they are. */
export const PLAIN_ANSWERS = [
  "released",
  "refused",
  "rejected",
  "threw",
  "hung",
  "nonsense",
  "switched",
] as const;

/** The record of `answer`. */
export function answerRecord(answer: TraceAnswer): AnswerRecord {
  if (answer.kind === "placed") return { t: "answer", placed: hexadecimal(answer.address) };
  if (answer.kind === "usable") return { t: "answer", usable: answer.bytes };
  return { t: "answer", [answer.kind]: true };
}

/** The answer that `record`, which fits the schema, gives. */
export function answerOf(record: AnswerRecord): TraceAnswer {
  if (record.placed !== undefined) {
    const address = parseHexadecimal(record.placed);
    assert(address !== undefined, "the schema lets only addresses pass");
    return { kind: "placed", address };
  }
  if (record.usable !== undefined) return { kind: "usable", bytes: bytes(record.usable) };
  const kind = PLAIN_ANSWERS.find((plain) => record[plain] !== undefined);
  assert(kind !== undefined, "the schema lets only answers pass");
  return { kind };
}
