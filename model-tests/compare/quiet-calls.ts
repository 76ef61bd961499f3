/**
 * Makes the calls of a trace on a bare instance, while nobody looks: for what a subject costs, and how long
 * it takes.
 *
 * What is known of blocks lies in flat arrays, so that most of the time is the subject's.
 */
import type { TraceCall } from "#spec";
import { isPending } from "../conformance/adapter.ts";
import { isPlace } from "../selftest/seat.ts";
import type { Origin, Promises, SubjectInstance } from "../subject/subject.ts";

/** Makes `calls` on `instance`, which keeps `promises`; answers how many it made. */
export async function makeQuietly(
  instance: SubjectInstance,
  calls: readonly TraceCall[],
  promises: Promises,
): Promise<number> {
  const { alignMax = 1, alignDefault = 1 } = promises;
  const limit = Math.max(alignMax, alignDefault);
  const blocks = new Blocks(calls, promises.reallocKeepsAlign ?? false);
  let made = 0;
  for (const call of calls) {
    const { core, entity } = call;
    const align = Math.min(call.align, limit);
    const raw = ask(instance, blocks, call, align, { core, entity });
    if (raw === SKIPPED) continue;
    made += 1;
    blocks.note(call, align, isPending(raw) ? await raw : raw);
  }
  return made;
}

const SKIPPED = Symbol("skipped");

function ask(
  instance: SubjectInstance,
  blocks: Blocks,
  { kind, name, size, misuse }: TraceCall,
  align: number,
  origin: Origin,
): unknown {
  if (misuse !== "none") return SKIPPED;
  if (kind === "switch") return instance.switch === undefined ? SKIPPED : instance.switch(origin);
  if (kind === "alloc") return instance.alloc(size, align, origin);
  if (kind === "allocZeroed") {
    return instance.allocZeroed?.(size, align, origin) ?? instance.alloc(size, align, origin);
  }
  const start = blocks.starts[name] ?? 0;
  if (start === 0) return SKIPPED;
  const held = blocks.sizes[name] ?? 0;
  const known = blocks.aligns[name] ?? 1;
  if (kind === "dealloc") return instance.dealloc(start, held, known, origin);
  if (kind === "usableSize") return instance.usableSize?.(start, origin) ?? SKIPPED;
  if (kind !== "realloc" || size === 0) return SKIPPED;
  if (instance.realloc !== undefined) return instance.realloc(start, held, known, size, origin);
  return emulated(instance, blocks.keepsAlign ? known : 1, start, held, known, size, origin);
}

/** Resizes for a subject that cannot: a new block, and the old one freed. */
async function emulated(
  instance: SubjectInstance,
  kept: number,
  ...[start, size, align, newSize, origin]: Parameters<NonNullable<SubjectInstance["realloc"]>>
): Promise<unknown> {
  const placed = await instance.alloc(newSize, kept, origin);
  if (isPlace(placed)) await instance.dealloc(start, size, align, origin);
  return placed;
}

class Blocks {
  readonly starts: Float64Array;
  readonly sizes: Float64Array;
  readonly aligns: Float64Array;
  readonly keepsAlign: boolean;

  constructor(calls: readonly TraceCall[], keepsAlign: boolean) {
    this.keepsAlign = keepsAlign;
    let last = 0;
    for (const { name } of calls) if (name > last) last = name;
    this.starts = new Float64Array(last + 1);
    this.sizes = new Float64Array(last + 1);
    this.aligns = new Float64Array(last + 1);
  }

  note({ kind, name, size }: TraceCall, align: number, raw: unknown): void {
    if (kind === "dealloc") {
      if (raw !== false) this.starts[name] = 0;
    } else if (isPlace(raw) && kind !== "usableSize" && kind !== "switch") {
      this.starts[name] = raw;
      this.sizes[name] = size;
      if (kind !== "realloc") this.aligns[name] = align;
      else if (!this.keepsAlign) this.aligns[name] = 1;
    }
  }
}
