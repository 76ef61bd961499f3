/**
 * The slab logs of the original as steps that can be judged: the calls of a heap, and the pages of
 * 8 KiB that are handed in and handed back between them.
 *
 *     record                              step
 *     refill, page p                      the extent grows by page p
 *     retrieve, page p                    the extent loses page p, which must be free
 *     alloc above 8064 bytes              left out: a zone is never asked, larger objects are mappings
 *     alloc, dealloc                      as in a log of blocks
 *     dealloc at an offset                misuse "interior-pointer"
 *
 * What a page keeps about itself lies in its last 128 bytes. Those are part of the extent, so that a
 * page is a range; no block may reach into them all the same, because none was ever placed there.
 */
import type { Answer, Call } from "#spec";
import { address, alignment, blockName, bytes } from "#units";
import type { HeapRecord } from "./heap-records.ts";
import { OBJECT_PAGE_SIZE, OBJECT_SIZE_MAX } from "./original/object-page.ts";

export type SlabStep =
  | { readonly kind: "call"; readonly call: Call; readonly answer: Answer }
  | { readonly kind: "refill" | "retrieve"; readonly start: number };

interface Remembered {
  readonly size: number;
  readonly align: number;
  readonly at: number;
  readonly isLive: boolean;
}

/** The first page of a log gets this address, so that none lies at 0. */
export const BASE: number = 2 ** 20;

export function slabSteps(records: readonly HeapRecord[]): readonly SlabStep[] {
  const blocks = new Map<number, Remembered>();
  return records.flatMap((record): readonly SlabStep[] => {
    if (record.call === "alloc") return allocOf(record, blocks);
    if (record.call === "dealloc") return [deallocOf(record, blocks)];
    if (record.call !== "refill" && record.call !== "retrieve") return [];
    if (typeof record.page !== "number") return [];
    return [{ kind: record.call, start: BASE + record.page * OBJECT_PAGE_SIZE }];
  });
}

function allocOf(record: HeapRecord, blocks: Map<number, Remembered>): readonly SlabStep[] {
  const { id = 0, size = 0, align = 1, at } = record;
  if (size > OBJECT_SIZE_MAX) return [];
  const name = blockName(id);
  const call: Call = { kind: "alloc", name, size: bytes(size), align: alignment(align) };
  if (typeof at !== "number") return [{ kind: "call", call, answer: { kind: "refused" } }];

  blocks.set(id, { size, align, at: BASE + at, isLive: true });
  return [{ kind: "call", call, answer: { kind: "placed", address: address(BASE + at) } }];
}

function deallocOf(record: HeapRecord, blocks: Map<number, Remembered>): SlabStep {
  const { id = 0, outcome, offset = 0 } = record;
  const block = blocks.get(id) ?? { size: 0, align: 1, at: 0, isLive: false };
  const { size = block.size, align = block.align } = record;
  const name = blockName(id);
  const isOwn = size === block.size && align === block.align && offset === 0;
  const kind = outcome === "panic" ? "rejected" : "released";
  if (outcome !== "panic") blocks.set(id, { ...block, isLive: false });
  if (block.isLive && isOwn) {
    const answer: Answer = { kind: outcome === "panic" ? "threw" : "released" };
    return { kind: "call", call: { kind: "dealloc", name }, answer };
  }
  const misuse = offset > 0 ? "interior-pointer" : block.isLive ? "wrong-layout" : "double-free";
  const layout = { size: bytes(size), align: alignment(align) };
  const at = address(block.at + offset);
  const call: Call = { kind: "misuse", name, misuse, address: at, ...layout };
  return { kind: "call", call, answer: { kind } };
}
