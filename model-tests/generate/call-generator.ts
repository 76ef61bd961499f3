/**
 * Draws the next call of a run, with an eye on the heap.
 *
 * Equally likely sizes find the defects of real allocators once in a thousand runs, or never: those
 * sit where a request fits a gap exactly, leaves a remainder too small to use, or is one byte off the
 * edge of a size class. So most arguments are drawn from what is there: the gap behind a block, the
 * size of a live block, the size that was just refused, each give or take a little.
 */
import type { TraceCall, TraceMisuse } from "#spec";
import type { BlockName } from "#units";
import type { Heap } from "../conformance/heap.ts";
import { canBeMade } from "../conformance/system-call.ts";
import type { Promises } from "../subject/subject.ts";
import type { ChoiceSource } from "./choices.ts";
import { CoreChooser } from "./core-chooser.ts";
import type { RunPlan, SizeKind } from "./run-plan.ts";

/** What a give or take is drawn from: nothing, one, a word, a header. */
const OFFSETS = [0, 0, 0, 1, -1, 4, -4, 8, -8, 16, -16, 24, 32, -32] as const;
const HUGE = [2 ** 31, 2 ** 32, 2 ** 40, 2 ** 47, 2 ** 52, 2 ** 53] as const;

export class CallGenerator {
  readonly #choices: ChoiceSource;
  readonly #plan: RunPlan;
  readonly #promises: Promises;
  readonly #heaps: readonly Heap[];
  #name = 0;
  #made = 0;
  #refused = 0;
  #isDraining = false;
  /** How many calls the end of the run may still take, once it has begun. */
  #frees: number | undefined;
  /** In which calls a system is told to switch, the first of which is the one that counts. */
  readonly #switchAt: readonly number[];
  readonly #cores: CoreChooser | undefined;
  readonly #canClose: boolean;

  constructor(
    choices: ChoiceSource,
    plan: RunPlan,
    promises: Promises,
    heaps: readonly Heap[],
    cores: number,
  ) {
    this.#choices = choices;
    this.#plan = plan;
    this.#promises = promises;
    this.#heaps = heaps;
    const instance = heaps[0]?.instance;
    const canSwitch = instance?.switch !== undefined;
    this.#canClose = instance?.close !== undefined && instance.heapOf !== undefined;
    this.#switchAt = canSwitch ? switchPlaces(choices, plan.calls) : [];
    this.#cores = cores > 1 ? new CoreChooser(choices, cores) : undefined;
  }

  /** The next call, or undefined when the run is over. */
  next(): TraceCall | undefined {
    const made = this.#made;
    this.#made += 1;
    const heap = this.#heaps[this.#choices.below(this.#heaps.length)] as Heap;
    if (this.#switchAt.includes(made)) return this.#call("switch", NO_NAME, 0, 1, heap);
    if (this.#plan.startsFull && made < START_CALLS) return this.#startFull(made);
    if (made >= this.#plan.calls) return this.#finish();
    if (made % PHASE_CALLS === 0) this.#isDraining = this.#choices.below(3) === 0;
    return this.#draw(heap);
  }

  /** Tells that the last call was refused, so that its size can be tried again. */
  refused(size: number): void {
    this.#refused = size;
  }

  #draw(heap: Heap): TraceCall {
    const { reallocPercent, zeroedPercent, usablePercent, misusePercent } = this.#plan;
    const draw = this.#choices.below(100);
    const live = heap.index.size;
    if (this.#canClose && this.#choices.below(CLOSE_CALLS) === 0) {
      return this.#call("close", NO_NAME, 0, 1, heap);
    }
    if (draw < misusePercent) {
      const misuse = this.#misuse(heap);
      if (misuse !== undefined) return misuse;
    }
    const isFull = live >= this.#plan.liveTarget;
    const freeing = live === 0 ? 0 : isFull ? 55 : this.#isDraining ? 65 : 35;
    if (this.#choices.below(100) < freeing) {
      return this.#call("dealloc", this.#victim(heap), 0, 1, heap);
    }
    if (live > 0 && draw >= 100 - reallocPercent) {
      const size = Math.max(1, this.#size(heap));
      return this.#call("realloc", this.#victim(heap), size, 1, heap);
    }
    if (live > 0 && draw >= 100 - reallocPercent - usablePercent) {
      return this.#call("usableSize", this.#victim(heap), 0, 1, heap);
    }
    const isZeroed = this.#choices.below(100) < zeroedPercent;
    const align = this.#align();
    return this.#request(isZeroed ? "allocZeroed" : "alloc", this.#size(heap), align, heap);
  }

  /** Asks for all of memory, then less and less until something is granted, and gives it back. */
  #startFull(made: number): TraceCall {
    const heap = this.#heaps[0] as Heap;
    const { index, state } = heap;
    if (index.size > 0) {
      this.#made = START_CALLS;
      return this.#call("dealloc", index.pick(0).block.name, 0, 1, heap);
    }
    if (state.first !== undefined) this.#made = START_CALLS;
    const { memoryBytes, sizeLimit = Number.MAX_SAFE_INTEGER } = this.#plan;
    const sizes = [0, 8, 16, 24, 32, 48, 64, 96, 128, 256].map((less) => memoryBytes - less);
    const size = sizes[made] ?? Math.floor(memoryBytes / 2 ** (made - sizes.length + 1));
    return this.#request("alloc", Math.max(1, Math.min(size, sizeLimit)), 1, heap);
  }

  /** Frees everything that is left, then asks again for what was granted first. */
  #finish(): TraceCall | undefined {
    const live = this.#heaps.reduce((sum, { index }) => sum + index.size, 0);
    // Whoever does not let go of a block when it is freed is not asked for ever.
    this.#frees ??= 2 * live + 2;
    this.#frees -= 1;
    if (this.#frees < 0) return undefined;
    for (const heap of this.#heaps) {
      const { index, state } = heap;
      if (index.size > 0) {
        const place = this.#choices.below(3) === 0 ? this.#choices.below(index.size) : 0;
        return this.#call("dealloc", index.pick(place).block.name, 0, 1, heap);
      }
      if (this.#promises.reclaims && state.first !== undefined && this.#made > 0) {
        if (this.#made === Number.POSITIVE_INFINITY) return undefined;
        this.#made = Number.POSITIVE_INFINITY;
        return this.#request("alloc", state.first.size, state.first.align, heap);
      }
    }
    return undefined;
  }

  #request(kind: "alloc" | "allocZeroed", size: number, align: number, heap: Heap): TraceCall {
    const name = this.#name as BlockName;
    this.#name += 1;
    return this.#call(kind, name, size, align, heap);
  }

  /** Written out field by field: to spread objects of several shapes costs as much as to judge. */
  #call(
    kind: TraceCall["kind"],
    name: BlockName,
    size: number,
    align: number,
    heap: Heap,
  ): TraceCall {
    const core = this.#cores?.coreFor(kind, name) ?? 0;
    const entity = this.#cores === undefined ? 0 : this.#choices.below(ENTITIES);
    const instance = this.#heaps.length > 1 ? this.#heaps.indexOf(heap) : 0;
    return {
      kind,
      name,
      size,
      align,
      core,
      entity,
      instance,
      misuse: "none",
      offset: 0,
      address: 0,
    };
  }

  /** The newest, the oldest, or any live block. */
  #victim(heap: Heap): BlockName {
    const { index } = heap;
    const draw = this.#choices.below(4);
    const place = draw === 0 ? index.size - 1 : draw === 1 ? 0 : this.#choices.below(index.size);
    return index.pick(place).block.name;
  }

  #align(): number {
    const { alignMax = 1 } = this.#promises;
    if (this.#choices.below(100) >= this.#plan.alignedPercent) return 1;
    return 2 ** this.#choices.below(Math.log2(alignMax) + 1);
  }

  #size(heap: Heap): number {
    const { sizeKinds, sizeMax, sizeLimit = Number.MAX_SAFE_INTEGER } = this.#plan;
    const kind = sizeKinds[this.#choices.below(sizeKinds.length)] as SizeKind;
    if (kind === "huge" && this.#choices.below(8) > 0) return this.#upTo(sizeMax);
    const size = this.#sizeOf(kind, heap);
    const limit = kind === "huge" ? sizeLimit : Math.min(sizeLimit, 2 * this.#plan.memoryBytes);
    return Math.max(0, Math.min(size, limit));
  }

  #sizeOf(kind: SizeKind, { index, state }: Heap): number {
    const { memoryBytes, sizeMax } = this.#plan;
    const offset = OFFSETS[this.#choices.below(OFFSETS.length)] as number;
    switch (kind) {
      case "small":
        return this.#choices.below(65);
      case "edge":
        return this.#withinPlan(2 ** this.#choices.below(14)) + this.#choices.below(3) - 1;
      case "near":
        if (index.size === 0) return this.#upTo(sizeMax);
        return index.pick(this.#choices.below(index.size)).block.size + offset;
      case "gap": {
        if (index.size === 0) return this.#upTo(sizeMax);
        const { block } = index.pick(this.#choices.below(index.size));
        const end = block.start + block.reach;
        const next = index.above(block.start + 1)?.block.start;
        const last = state.extent.at(-1);
        const limit = next ?? (last === undefined ? memoryBytes : last.start + last.size);
        return this.#withinPlan(limit - end) + offset;
      }
      case "refused":
        return (this.#refused > 0 ? this.#refused : this.#upTo(sizeMax)) + offset;
      case "large":
        return Math.floor(memoryBytes / (1 + this.#choices.below(8))) + offset;
      case "huge":
        return (HUGE[this.#choices.below(HUGE.length)] as number) - this.#choices.below(3);
      case "any":
        return this.#upTo(sizeMax);
    }
  }

  /** Heaps with very many blocks stay so: what is drawn from the heap is kept to the plan there. */
  #withinPlan(size: number): number {
    return this.#plan.liveTarget > 1000 ? Math.min(size, this.#plan.sizeMax) : size;
  }

  /** Small sizes as likely as large ones: first how many digits, then which. */
  #upTo(limit: number): number {
    const bits = this.#choices.below(Math.floor(Math.log2(limit)) + 1);
    return Math.min(limit, 2 ** bits + this.#choices.below(2 ** Math.min(bits, 31)));
  }

  #misuse(heap: Heap): TraceCall | undefined {
    const { rejects = [] } = this.#promises;
    const misuse = rejects[this.#choices.below(rejects.length)] as TraceMisuse;
    const { index, dead, state } = heap;
    if (misuse === "double-free") {
      if (dead.size === 0) return undefined;
      const name = dead.pick(this.#choices.below(dead.size));
      return { ...this.#call("dealloc", name, 0, 1, heap), misuse };
    }
    if (misuse === "foreign-pointer") {
      const last = state.extent.at(-1);
      const end = last === undefined ? this.#plan.memoryBytes : last.start + last.size;
      const address = this.#choices.below(2) === 0 ? end + 8 * this.#choices.below(64) : end - 8;
      return { ...this.#call("dealloc", NO_NAME, 16, 1, heap), misuse, address };
    }
    if (index.size === 0) return undefined;
    const { block } = index.pick(this.#choices.below(index.size));
    if (misuse === "interior-pointer") {
      if (block.size < 2) return undefined;
      const offset = 1 + this.#choices.below(Math.min(block.size - 1, 64));
      return { ...this.#call("dealloc", block.name, 0, 1, heap), misuse, offset };
    }
    if (misuse === "foreign-heap") {
      // Any core may try: the block is not freed, and is still of the core that placed it.
      const call = { ...this.#call("dealloc", NO_NAME, 0, 1, heap), name: block.name, misuse };
      return canBeMade(heap, call, this.#promises) ? call : undefined;
    }
    const size = block.size * 2 + 1;
    return { ...this.#call("dealloc", block.name, size, block.align, heap), misuse };
  }
}

/** When to switch: at once, at some call, or never; and now and then once more, which is to be declined. */
function switchPlaces(choices: ChoiceSource, calls: number): readonly number[] {
  const draw = choices.below(8);
  const first = draw === 0 ? 0 : choices.below(calls);
  const again = first + 1 + choices.below(calls);
  if (draw === 1) return [];
  return draw % 2 === 0 ? [first, again] : [first];
}

const NO_NAME = -1 as BlockName;
const ENTITIES = 3;
const START_CALLS = 40;
const PHASE_CALLS = 50;
/** Of so many calls to a system that can close its heaps, about one does. */
const CLOSE_CALLS = 50;
