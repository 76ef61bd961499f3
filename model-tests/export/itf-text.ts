/**
 * Writes the states of a recorded trace in the Informal Trace Format, which Apalache and Quint read.
 *
 *     live       a map from the name of a block to where it lies
 *     requested  the bytes that the live blocks asked for
 *     extent     where blocks may lie; left out where it is not known
 *     answer     what the call was answered, a variant
 *     verdict    Admitted, or Broken with the rule
 *
 * As Quint does, each state says which action led to it, and what was picked for it: every pick is there
 * in every state, as None where the action has no use for it. No record here has a field `tag`, because
 * one that has is read as a variant.
 */
import type { Trace, TraceCall } from "#spec";
import { assert } from "#support";
import type { Range } from "#units";
import type { TraceAnswer } from "../trace/answer-record.ts";
import { callFields } from "../trace/call-fields.ts";
import { nameText } from "../trace/name-text.ts";
import { type HeapStep, heapSteps } from "./heap-steps.ts";
import { readItf } from "./itf-reader.ts";

type ItfValue =
  | string
  | { readonly "#bigint": string }
  | { readonly "#tup": readonly ItfValue[] }
  | { readonly "#set": readonly ItfValue[] }
  | { readonly "#map": readonly (readonly [ItfValue, ItfValue])[] }
  | { readonly [field: string]: ItfValue };

const UNIT: ItfValue = { "#tup": [] };

/** The states of `trace`; `extent` is what its subject may hand out, if that is known. */
export function itfText(
  trace: Trace,
  extent?: readonly Range[],
): { text: string; notes: readonly string[] } {
  const { steps, notes } = heapSteps(trace);
  const states = steps.map((step, index) => stateOf(step, index, extent));
  const { rule = "every rule", subject = "a trace" } = trace;
  const isBroken = steps.at(-1)?.broken !== undefined;
  const meta = {
    format: "ITF",
    source: subject,
    status: isBroken ? "violation" : "ok",
    description: isBroken
      ? `the last step breaks ${rule}`
      : "calls of a heap, as they were answered",
  };
  const vars = Object.keys(states[0] ?? {}).filter((key) => key !== "#meta");
  const lines = states.map((state) => `    ${JSON.stringify(state)}`).join(",\n");
  const head = `  "#meta": ${JSON.stringify(meta)},\n  "vars": ${JSON.stringify(vars)}`;
  const text = `{\n${head},\n  "states": [\n${lines}\n  ]\n}\n`;

  const back = readItf(text);
  assert(sameText(back.steps, steps), "the exported states are the trace's own");
  assert(sameText(back.extent, extent), "the exported extent is the subject's own");
  const left = [...notes];
  if (trace.schedule !== undefined) left.push("the schedule is left out");
  if (extent === undefined) left.push("the extent is not said: --subject names whom to ask for it");
  return { text, notes: left };
}

function stateOf(
  { call, answer, broken, live, requested }: HeapStep,
  index: number,
  extent: readonly Range[] | undefined,
): { readonly [key: string]: unknown } {
  return {
    "#meta": { index },
    live: {
      "#map": live.map(({ name, start, size, align, reach }) => [
        nameText(name),
        {
          start: integer(start),
          size: integer(size),
          align: integer(align),
          reach: integer(reach),
        },
      ]),
    },
    requested: integer(requested),
    ...(extent !== undefined && { extent: { "#set": extent.map(part) } }),
    answer: answer === undefined ? variant("Nothing", UNIT) : answerVariant(answer),
    verdict: broken === undefined ? variant("Admitted", UNIT) : variant("Broken", broken),
    "mbt::actionTaken": call?.kind ?? "init",
    "mbt::nondetPicks": picksOf(call),
  };
}

function picksOf(call: TraceCall | undefined): ItfValue {
  const fields = call === undefined ? [] : callFields(call.kind, call.misuse);
  const has = (field: (typeof fields)[number]) => fields.includes(field);
  const isNamed = call !== undefined && call.name >= 0;
  return {
    name: option(isNamed ? nameText(call.name) : undefined),
    size: option(call && has("size") ? integer(call.size) : undefined),
    align: option(call && has("align") ? integer(call.align) : undefined),
    core: option(call && integer(call.core)),
    entity: option(call && integer(call.entity)),
    misuse: option(call && has("misuse") ? call.misuse : undefined),
    offset: option(call && has("offset") ? integer(call.offset) : undefined),
    address: option(call && has("address") ? integer(call.address) : undefined),
  };
}

function answerVariant(answer: TraceAnswer): ItfValue {
  if (answer.kind === "placed") return variant("Placed", integer(answer.address));
  if (answer.kind === "usable") return variant("Usable", integer(answer.bytes));
  return variant(answer.kind.slice(0, 1).toUpperCase() + answer.kind.slice(1), UNIT);
}

function part({ start, size }: Range): ItfValue {
  return { start: integer(start), size: integer(size) };
}

function option(value: ItfValue | undefined): ItfValue {
  return value === undefined ? variant("None", UNIT) : variant("Some", value);
}

function variant(tag: string, value: ItfValue): ItfValue {
  return { tag, value };
}

function integer(value: number): ItfValue {
  return { "#bigint": String(value) };
}

function sameText(one: unknown, other: unknown): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}
