/**
 * Reads what the original allocators of Theseus answered, as calls and answers of the
 * specification.
 *
 * A log is JSON Lines: a header, then one record per call. An address is a number of bytes from a
 * base that every alignment in the logs divides, so base 0 serves here. The layout that a block was
 * asked for is remembered, because that is what tells a misuse from a free:
 *
 *     record                              call                     answer
 *     alloc, at a number                  alloc                    placed
 *     alloc, at null                      alloc                    refused
 *     dealloc of a live block             dealloc                  released
 *     dealloc with another layout         misuse "wrong-layout"    released
 *     dealloc of a block that is free     misuse "double-free"     released
 *     the same, and the original panics   the same                 rejected
 */
import type { Answer, Call } from "#spec";
import { assert } from "#support";
import { address, alignment, blockName, bytes } from "#units";
import { logRecords } from "./log-records.ts";

export interface GoldenLog {
  readonly component: string;
  readonly scenario: string | undefined;
  readonly heapSize: number;
  readonly steps: readonly GoldenStep[];
}

export type GoldenStep =
  | { readonly kind: "call"; readonly call: Call; readonly answer: Answer }
  | { readonly kind: "stat"; readonly used: number; readonly free: number };

interface GoldenHeader {
  readonly t: "golden";
  readonly component: string;
  readonly scenario?: string;
  readonly config: { readonly heapSize: number };
}

interface GoldenRecord {
  readonly call: "alloc" | "dealloc" | "stat" | "note";
  readonly id: number;
  readonly size?: number;
  readonly align?: number;
  readonly at: number | null;
  readonly outcome?: "panic";
  readonly used: number;
  readonly free: number;
}

/** What an alloc asked for, where it was placed, and whether it is live. */
interface Remembered {
  readonly size: number;
  readonly align: number;
  readonly at: number;
  readonly isLive: boolean;
}

/** The logs of `file`, in this folder's `logs`, one for each header. */
export function goldenLogs(file: string): readonly GoldenLog[] {
  return logRecords<GoldenHeader, GoldenRecord>(file).map(({ header, records }) => {
    const { component, scenario, config } = header;
    return { component, scenario, heapSize: config.heapSize, steps: stepsOf(records) };
  });
}

function stepsOf(records: readonly GoldenRecord[]): readonly GoldenStep[] {
  const blocks = new Map<number, Remembered>();
  return records.flatMap((record): readonly GoldenStep[] => {
    if (record.call === "alloc") return [allocOf(record, blocks)];
    if (record.call === "dealloc") return [deallocOf(record, blocks)];
    if (record.call === "stat") return [{ kind: "stat", used: record.used, free: record.free }];
    return [];
  });
}

function allocOf(record: GoldenRecord, blocks: Map<number, Remembered>): GoldenStep {
  const { id, at, size = 0, align = 1 } = record;
  const name = blockName(id);
  const call: Call = { kind: "alloc", name, size: bytes(size), align: alignment(align) };
  if (at === null) return { kind: "call", call, answer: { kind: "refused" } };

  blocks.set(id, { size, align, at, isLive: true });
  return { kind: "call", call, answer: { kind: "placed", address: address(at) } };
}

function deallocOf(record: GoldenRecord, blocks: Map<number, Remembered>): GoldenStep {
  const block = blocks.get(record.id);
  assert(block !== undefined, "a block that is freed was placed");
  blocks.set(record.id, { ...block, isLive: false });

  const { size = block.size, align = block.align } = record;
  const name = blockName(record.id);
  const isOwnLayout = size === block.size && align === block.align;
  if (block.isLive && isOwnLayout) {
    const kind = record.outcome === "panic" ? "threw" : "released";
    return { kind: "call", call: { kind: "dealloc", name }, answer: { kind } };
  }
  const misuse = block.isLive ? "wrong-layout" : "double-free";
  const layout = { size: bytes(size), align: alignment(align) };
  const call: Call = { kind: "misuse", name, misuse, address: address(block.at), ...layout };
  const kind = record.outcome === "panic" ? "rejected" : "released";
  return { kind: "call", call, answer: { kind } };
}
