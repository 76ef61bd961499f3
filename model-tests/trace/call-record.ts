/**
 * A call as its record has it, and back.
 *
 * The record leaves out what is neutral. Most calls of a recorded program are then `call`, `id`,
 * `size` and `align`, which is what a reader wants to see.
 */
import type { TraceCall, TraceCallKind } from "#spec";
import { type BlockName, hexadecimal, parseHexadecimal } from "#units";
import { callFields } from "./call-fields.ts";
import { plainCall } from "./plain-call.ts";
import type { CallRecord } from "./raw-record.ts";

/** Whether a call of `kind` asks for a block, and so names one. */
export function isAsking(kind: TraceCallKind): boolean {
  return kind === "alloc" || kind === "allocZeroed";
}

/** The record of `call`, whose block is called `text`. */
export function callRecord(call: TraceCall, text: string): CallRecord {
  const { kind, misuse, core, entity, instance } = call;
  const fields = callFields(kind, misuse);
  const has = (field: keyof CallRecord) => fields.includes(field);
  return {
    t: "call",
    ...(core !== 0 && { core }),
    ...(entity !== 0 && { entity }),
    ...(instance !== 0 && { instance }),
    call: kind,
    ...(has("id") && { id: text }),
    ...(has("ref") && call.name >= 0 && { ref: text }),
    ...(has("size") && { size: call.size }),
    ...(has("align") && { align: call.align }),
    ...(has("misuse") && misuse !== "none" && { misuse }),
    ...(has("offset") && { offset: call.offset }),
    ...(has("address") && { address: hexadecimal(call.address) }),
  };
}

/** The call that `record`, which fits the schema, makes of the block `name`. */
export function callOf(record: CallRecord, name: BlockName): TraceCall {
  const { call: kind, misuse, size = 0, align = 1, core = 0, entity = 0, instance = 0 } = record;
  if (isAsking(kind)) return plainCall(kind, name, size, align, core, entity, instance);

  const newSize = kind === "realloc" ? size : 0;
  if (misuse === undefined) return plainCall(kind, name, newSize, 1, core, entity, instance);
  const claimsLayout = misuse === "wrong-layout";
  return {
    kind,
    name,
    size: claimsLayout ? size : newSize,
    align: claimsLayout ? align : 1,
    core,
    entity,
    instance,
    misuse,
    offset: misuse === "interior-pointer" ? (record.offset ?? 0) : 0,
    address: misuse === "foreign-pointer" ? addressOf(record) : 0,
  };
}

function addressOf({ address: text = "0x0" }: CallRecord): number {
  return parseHexadecimal(text) ?? 0;
}
