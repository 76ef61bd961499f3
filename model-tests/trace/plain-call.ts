/**
 * Makes a call that keeps the contract out of its parts.
 *
 * The same as `traceCall`, for those who make a million: picking ten fields out of objects of many
 * shapes took longer than all the rest of reading together.
 */
import type { TraceCall, TraceCallKind } from "#spec";
import type { BlockName } from "#units";

/** The call of `kind` that is about `name`, with every misuse neutral. */
export function plainCall(
  kind: TraceCallKind,
  name: BlockName,
  size: number,
  align: number,
  core: number,
  entity: number,
  instance = 0,
): TraceCall {
  const misuse = "none";
  return { kind, name, size, align, core, entity, instance, misuse, offset: 0, address: 0 };
}
