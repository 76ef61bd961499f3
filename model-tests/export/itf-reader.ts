/**
 * Reads the states of a heap from a file of the Informal Trace Format. It shares nothing with the writer but
 * the names of the variables, and finds the call of a state in what was picked for it.
 */
import { traceCall } from "#spec";
import { assert } from "#support";
import { address, type BlockName, bytes } from "#units";
import { PLAIN_ANSWERS, type TraceAnswer } from "../trace/answer-record.ts";
import { parseName } from "../trace/name-text.ts";
import type { HeapStep, LiveBlock } from "./heap-steps.ts";
import { type ItfDecoded, ItfRecord, ItfVariant, itfValue } from "./itf-value.ts";

const KINDS = [
  "alloc",
  "allocZeroed",
  "realloc",
  "dealloc",
  "usableSize",
  "switch",
  "close",
] as const;

const MISUSES = [
  "double-free",
  "foreign-pointer",
  "interior-pointer",
  "wrong-layout",
  "foreign-heap",
] as const;

export interface HeapInItf {
  readonly steps: readonly HeapStep[];
  readonly extent?: readonly { readonly start: number; readonly size: number }[];
}

/** The states that `text` holds. */
export function readItf(text: string): HeapInItf {
  const file = record(itfValue(JSON.parse(text)));
  const states = items(file.field("states")).map(record);
  const [first] = states;
  assert(first !== undefined, "a trace has a first state");
  for (const name of items(file.field("vars"))) {
    const isThere = states.every((state) => state.has(word(name)));
    assert(isThere, "every state has every variable");
  }
  const steps = states.map(stepOf);
  if (!first.has("extent")) return { steps };
  const extent = items(first.field("extent")).map((part) => {
    return { start: count(record(part).field("start")), size: count(record(part).field("size")) };
  });
  return { steps, extent };
}

function stepOf(state: ItfRecord): HeapStep {
  const blocks = state.field("live");
  assert(blocks instanceof Map, "the live blocks are a map");
  const live: LiveBlock[] = [];
  for (const [name, block] of blocks) live.push(blockOf(name, record(block)));
  const asked = live.reduce((sum, { size }) => sum + size, 0);
  const requested = count(state.field("requested"));
  assert(asked === requested, "what was requested is what the live blocks asked for");

  const action = word(state.field("mbt::actionTaken"));
  if (action === "init") return { live, requested };
  const verdict = variant(state.field("verdict"));
  const isBroken = verdict.tag === "Broken";
  return {
    call: callOf(action, record(state.field("mbt::nondetPicks"))),
    answer: answerOf(variant(state.field("answer"))),
    ...(isBroken && { broken: word(verdict.value) }),
    live,
    requested,
  };
}

function blockOf(name: ItfDecoded, block: ItfRecord): LiveBlock {
  const of = (field: string): number => count(block.field(field));
  return {
    name: named(name),
    start: of("start"),
    size: of("size"),
    align: of("align"),
    reach: of("reach"),
  };
}

function callOf(action: string, picks: ItfRecord) {
  const kind = KINDS.find((known) => known === action);
  assert(kind !== undefined, "an action is a call");
  const picked = (field: string) => someOf(picks.field(field));
  const numbers = ["size", "align", "core", "entity", "offset", "address"].flatMap((field) => {
    const value = picked(field);
    return value === undefined ? [] : [[field, count(value)] as const];
  });
  const name = picked("name");
  const misuse = MISUSES.find((known) => known === picked("misuse"));
  return traceCall({
    kind,
    ...(name !== undefined && { name: named(name) }),
    ...Object.fromEntries(numbers),
    ...(misuse !== undefined && { misuse }),
  });
}

function answerOf({ tag, value }: ItfVariant): TraceAnswer {
  if (tag === "Placed") return { kind: "placed", address: address(count(value)) };
  if (tag === "Usable") return { kind: "usable", bytes: bytes(count(value)) };
  const kind = PLAIN_ANSWERS.find((plain) => plain === tag.toLowerCase());
  assert(kind !== undefined, "an answer is one that the format has");
  return { kind };
}

function someOf(value: ItfDecoded): ItfDecoded | undefined {
  const { tag, value: some } = variant(value);
  assert(tag === "Some" || tag === "None", "a pick is an option");
  return tag === "Some" ? some : undefined;
}

function named(value: ItfDecoded): BlockName {
  const name = parseName(word(value));
  assert(name !== undefined, "a block has a name");
  return name;
}

function record(value: ItfDecoded): ItfRecord {
  assert(value instanceof ItfRecord, "a record stands where one is read");
  return value;
}

function variant(value: ItfDecoded): ItfVariant {
  assert(value instanceof ItfVariant, "a variant stands where one is read");
  return value;
}

function items(value: ItfDecoded): readonly ItfDecoded[] {
  assert(Array.isArray(value), "a list stands where one is read");
  return value;
}

function word(value: ItfDecoded): string {
  assert(typeof value === "string", "a text stands where one is read");
  return value;
}

function count(value: ItfDecoded): number {
  assert(typeof value === "number" && value >= 0, "a number stands where one is read");
  return value;
}
