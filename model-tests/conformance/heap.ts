/** One instance of a subject, with the state that the judge keeps of it and the witness of its memory. */
import type { HeapState } from "#spec";
import type { Address, BlockName, ByteCount, Range } from "#units";
import { contractOf, UnusableSubject } from "../subject/contract.ts";
import type { ExtentPart, Promises, SubjectInstance } from "../subject/subject.ts";
import { IntervalIndex } from "./interval-index.ts";
import { RecentDead } from "./recent-dead.ts";
import { type Policy, Witness } from "./witness.ts";

export class Heap {
  readonly instance: SubjectInstance;
  readonly index: IntervalIndex = new IntervalIndex();
  readonly dead: RecentDead = new RecentDead();
  readonly witness: Witness;
  state: HeapState;
  #parts: readonly ExtentPart[] | undefined;
  #memoryBytes = 0;

  constructor(instance: SubjectInstance, promises: Promises, policy: Policy) {
    if (typeof instance?.alloc !== "function" || typeof instance.dealloc !== "function") {
      throw new UnusableSubject("create() answers an object without the methods alloc and dealloc");
    }
    this.instance = instance;
    this.witness = new Witness(instance, this.index, policy);
    this.state = {
      contract: contractOf(promises, instance.extent !== undefined || this.witness.canSee),
      extent: [],
      live: this.index,
      dead: this.dead,
      requested: 0 as ByteCount,
      first: undefined,
    };
    this.attach();
    if (promises.touchesOnly === "extent" && this.witness.canSee) {
      this.witness.guard(this.state.extent);
    }
  }

  /** Reads memory and extent again, either of which a call may have changed. */
  attach(): void {
    this.witness.attach();
    const parts = this.instance.extent?.();
    if (parts === undefined) {
      if (this.witness.memoryBytes === this.#memoryBytes) return;
      this.#memoryBytes = this.witness.memoryBytes;
      const whole = { start: 0 as Address, size: this.#memoryBytes as ByteCount };
      this.#extend([whole]);
    } else if (parts !== this.#parts) {
      this.#parts = parts;
      this.#extend(joined(parts));
    }
  }

  #extend(extent: readonly Range[]): void {
    this.state = { ...this.state, extent };
    this.witness.within(extent);
  }

  /** What a free of `name` must say about it, whether it is live or recently dead. */
  layoutOf(name: BlockName): { start: number; size: number; align: number } | undefined {
    return this.index.has(name) ? this.index.at(name) : this.dead.layoutOf(name);
  }
}

/** `parts` in order, adjacent ones joined. */
function joined(parts: readonly ExtentPart[]): readonly Range[] {
  const extent: { start: number; size: number }[] = [];
  for (const { start, size } of [...parts].sort((left, right) => left.start - right.start)) {
    const last = extent.at(-1);
    if (last !== undefined && last.start + last.size === start) last.size += size;
    else extent.push({ start, size });
  }
  return extent as unknown as readonly Range[];
}
