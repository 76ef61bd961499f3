/** One call with its answer, and what the two amount to: everything that the rules look at. */
import type { Alignment, ByteCount } from "../units/index.ts";
import type { Answer, Call, Observation, Request } from "./calls.ts";
import type { Block } from "./live-blocks.ts";
import type { HeapState } from "./state.ts";

export interface Step {
  readonly state: HeapState;
  readonly call: Call;
  readonly answer: Answer;
  readonly seen: Observation;
  readonly request: Request | undefined; // what the call asks for, if it asks for bytes
  readonly placed: Block | undefined; // the block that the answer places, if it places one
  readonly requested: ByteCount; // by all live blocks, afterwards
}

export function stepOf(state: HeapState, call: Call, answer: Answer, seen: Observation): Step {
  const request = requestOf(state, call);
  const placed = placedBlock(state, call, request, answer);
  const isFreed = call.kind === "dealloc" && answer.kind === "released";
  const isResized = call.kind === "realloc" && placed !== undefined;
  const gone = isFreed || isResized ? state.live.at(call.name).size : 0;
  const requested = (state.requested - gone + (placed?.size ?? 0)) as ByteCount;
  return { state, call, answer, seen, request, placed, requested };
}

function requestOf({ contract, live }: HeapState, call: Call): Request | undefined {
  if (call.kind === "alloc" || call.kind === "allocZeroed") return call;
  if (call.kind !== "realloc") return undefined;
  const align = contract.reallocKeepsAlign ? live.at(call.name).align : (1 as Alignment);
  return { size: call.size, align };
}

function placedBlock(state: HeapState, call: Call, request: Request | undefined, answer: Answer) {
  if (request === undefined || answer.kind !== "placed") return undefined;
  const { size, align } = request;
  // A block of no bytes has an address of its own only where that is promised.
  const reach = size === 0 && state.contract.zeroSize === "block" ? (1 as ByteCount) : size;
  return { name: call.name, start: answer.address, size, align, reach };
}
