/**
 * The heap of a kernel: one block allocator at first, and then a heap for each core, task or name space.
 *
 *     uninitialised ── initialise ──> early ── switch ──> per-core
 *                                       │                    │
 *                     the initial heap serves      heaps of slab pages serve, and pages of
 *                                                  their own for what is larger than a class
 *
 * A block is freed by its address alone, in either phase and by any core: the book says whose its page is,
 * and what lies in no page of the book is a large block or nobody's. So a switch moves nothing, and
 * blocks from before are freed where they were born. A request that nothing else serves gets what is
 * left of the initial heap.
 *
 * What may have to map, unmap or wait is an operation in sections; `tryAlloc` and `tryFree` are what
 * nearly every call comes to, and plain. A caller that is alone uses `alloc`, `dealloc` and `realloc`.
 */
import { DEAF, demand, failure, type Observer, type Result, success } from "#support";
import type { Address, Alignment, ByteCount, CoreId, HeapId, Key } from "#units";
import type { Machine } from "../core/machine.ts";
import type { Sections } from "../core/section.ts";
import { freeInArea, ownerOf, resizeWhereItIs, usableSizeOf } from "./block-routing.ts";
import { type Freed, NOT_OURS } from "./free-refusal.ts";
import { tellFreed } from "./freed-by.ts";
import type { CombinationConfig } from "./heap-config.ts";
import type { HeapPhase } from "./heap-phase.ts";
import { type SwitchFailure, switchHeaps } from "./heap-switch.ts";
import { type BeginFailure, beginHeaps, type HeapSystem } from "./heap-system.ts";
import { IndividualHeap } from "./individual-heap.ts";
import type { Caller } from "./key-policy.ts";
import { NO_PAGE, OUTSIDE, type PageListener } from "./slab-area.ts";
import { NO_CLASS } from "./slab-class.ts";
import { NO_BLOCK } from "./zone-steps.ts";

const DONE: Result<undefined, never> = success(undefined);
const BEGUN: Result<undefined, BeginFailure> = failure({ kind: "begun-before" });
const NOT_BEGUN: Result<undefined, SwitchFailure> = failure({ kind: "not-begun" });
const SWITCHED: Result<undefined, SwitchFailure> = failure({ kind: "switched-before" });

export class CombinationHeap {
  readonly #machine: Machine;
  readonly #config: CombinationConfig;
  readonly #observer: Observer;
  readonly #changed: PageListener | undefined;
  #phase: HeapPhase;
  #system: HeapSystem | undefined;
  #isBusy: boolean;

  /** A heap that is not there yet; `changed` is told of every page that changes hands or use. */
  constructor(
    machine: Machine,
    config: CombinationConfig,
    observer: Observer = DEAF,
    changed?: PageListener,
  ) {
    this.#machine = machine;
    this.#config = config;
    this.#observer = observer;
    this.#changed = changed;
    this.#phase = "uninitialised";
    this.#system = undefined;
    this.#isBusy = false;
  }

  get phase(): HeapPhase {
    return this.#phase;
  }

  /** The parts, once there are any: for those who watch. */
  get system(): HeapSystem | undefined {
    return this.#system;
  }

  /** Maps the book and the initial heap. A failure has no effect. */
  *initialise({ core }: Caller): Sections<Result<undefined, BeginFailure>> {
    if (this.#phase !== "uninitialised" || this.#isBusy) return BEGUN;
    this.#isBusy = true;
    const system = yield* beginHeaps(
      this.#machine,
      core,
      this.#config,
      this.#observer,
      this.#changed,
    );
    this.#isBusy = false;
    if (!system.ok) return system;
    this.#system = system.value;
    this.#phase = "early";
    return DONE;
  }

  /** Makes a heap for the key of every core that runs, and goes over to them. A failure has no effect. */
  *switchToMultipleHeaps(caller: Caller): Sections<Result<undefined, SwitchFailure>> {
    const system = this.#system;
    if (system === undefined) return NOT_BEGUN;
    if (this.#phase === "per-core" || this.#isBusy) return SWITCHED;
    this.#isBusy = true;
    const switched = yield* switchHeaps(system, caller, (each) => this.keyOf(each));
    this.#isBusy = false;
    if (switched.ok) this.#phase = "per-core";
    return switched;
  }

  /** Takes a block of what is at hand; answers where it starts, or `NO_BLOCK` if that needs more. */
  tryAlloc(caller: Caller, size: ByteCount, align: Alignment): Address {
    return this.tryAllocOf(caller.core, this.keyOf(caller), size, align);
  }

  /** The same of the heap of `key`, whoever calls. */
  tryAllocOf(core: CoreId, key: Key, size: ByteCount, align: Alignment): Address {
    const system = this.#system;
    if (system === undefined) return NO_BLOCK;
    system.memory.runOn(core);
    if (this.#phase === "early") return system.initial.take(size, align);
    const index = system.heaps.classFor(key, size, align);
    if (index === NO_CLASS) return NO_BLOCK;
    return system.area.addressOf(system.heaps.take(key, index));
  }

  /** Takes a block, growing a heap if it must; answers where it starts, or `NO_BLOCK`. */
  allocSections(caller: Caller, size: ByteCount, align: Alignment): Sections<Address> {
    return this.allocOf(caller.core, this.keyOf(caller), size, align);
  }

  /** The same of the heap of `key`, whoever calls. */
  *allocOf(core: CoreId, key: Key, size: ByteCount, align: Alignment): Sections<Address> {
    const tried = this.tryAllocOf(core, key, size, align);
    const system = this.#system;
    if (tried !== NO_BLOCK || system === undefined || this.#phase === "early") return tried;
    const index = system.heaps.classFor(key, size, align);
    const start =
      index === NO_CLASS
        ? yield* system.large.take(core, key, size, align)
        : yield* system.heaps.grow(core, key, index);
    if (start !== NO_BLOCK) return start;
    const last = system.initial.take(size, align);
    if (last !== NO_BLOCK) this.#observer.reached("combination.served-by-initial");
    return last;
  }

  /** Frees a block, or answers why not; nothing is answered if that needs more. */
  tryFree(caller: Caller, start: Address, size: ByteCount, align: Alignment): Freed | undefined {
    const system = this.#system;
    if (system === undefined) return NOT_OURS;
    system.memory.runOn(caller.core);
    const offset = system.area.offsetOf(start);
    if (offset === OUTSIDE) return undefined;
    if (system.observer === DEAF) return freeInArea(system, offset, size, align);
    return this.#freeAndTell(system, caller, offset, size, align);
  }

  /** Frees a block, unmapping its pages if they are its own. */
  *deallocSections(
    caller: Caller,
    start: Address,
    size: ByteCount,
    align: Alignment,
  ): Sections<Freed> {
    const freed = this.tryFree(caller, start, size, align);
    if (freed !== undefined || this.#system === undefined) return freed ?? NOT_OURS;
    return yield* this.#system.large.put(caller.core, start, size, align);
  }

  /** Resizes a live block with what is at hand, or answers `NO_BLOCK` and changes nothing. */
  tryRealloc(
    caller: Caller,
    start: Address,
    size: ByteCount,
    align: Alignment,
    newSize: ByteCount,
  ): Address {
    const system = this.#begun();
    system.memory.runOn(caller.core);
    const resized = resizeWhereItIs(system, start, size, align, newSize);
    if (resized !== NO_BLOCK || system.area.pageAt(start) === NO_PAGE) return resized;
    const moved = this.tryAlloc(caller, newSize, align);
    if (moved === NO_BLOCK) return NO_BLOCK;
    system.memory.copy(moved, start, size < newSize ? size : newSize);
    this.#freeMoved(this.tryFree(caller, start, size, align));
    return moved;
  }

  /** Resizes a live block, in place where its place serves; a refusal leaves it as it was. */
  *reallocSections(
    caller: Caller,
    start: Address,
    size: ByteCount,
    align: Alignment,
    newSize: ByteCount,
  ): Sections<Address> {
    const tried = this.tryRealloc(caller, start, size, align, newSize);
    const { area, large } = this.#begun();
    if (tried !== NO_BLOCK) return tried;
    if (area.pageAt(start) === NO_PAGE && (yield* large.grow(caller.core, start, newSize))) {
      return start;
    }
    const moved = yield* this.allocSections(caller, newSize, align);
    if (moved === NO_BLOCK) return NO_BLOCK;
    this.#system?.memory.copy(moved, start, size < newSize ? size : newSize);
    this.#freeMoved(yield* this.deallocSections(caller, start, size, align));
    return moved;
  }

  /** Closes the heap of `key`; answers false if it has live blocks, or is not there. */
  *closeHeap({ core }: Caller, key: Key): Sections<boolean> {
    const system = this.#system;
    if (system === undefined) return false;
    system.memory.runOn(core);
    return yield* system.heaps.close(core, key);
  }

  /** Gives pages without live blocks back to the machine; answers how many. */
  *giveBackEmpty({ core }: Caller): Sections<number> {
    const system = this.#system;
    if (system === undefined) return 0;
    system.memory.runOn(core);
    return yield* system.heaps.giveBackEmpty(core);
  }

  alloc(caller: Caller, size: ByteCount, align: Alignment): Address {
    const start = this.tryAlloc(caller, size, align);
    return start === NO_BLOCK ? this.#allocAlone(caller, size, align) : start;
  }

  allocZeroed(caller: Caller, size: ByteCount, align: Alignment): Address {
    const start = this.alloc(caller, size, align);
    if (start !== NO_BLOCK) this.#system?.memory.fill(start, size, 0);
    return start;
  }

  dealloc(caller: Caller, start: Address, size: ByteCount, align: Alignment): Freed {
    const freed = this.tryFree(caller, start, size, align);
    return freed ?? this.#deallocAlone(caller, start, size, align);
  }

  realloc(
    caller: Caller,
    start: Address,
    size: ByteCount,
    align: Alignment,
    newSize: ByteCount,
  ): Address {
    const tried = this.tryRealloc(caller, start, size, align, newSize);
    if (tried !== NO_BLOCK) return tried;
    return this.#machine.alone(this.reallocSections(caller, start, size, align, newSize));
  }

  /** The bytes that the owner of a live block may use. */
  usableSize(start: Address, size: ByteCount, align: Alignment): ByteCount {
    return usableSizeOf(this.#begun(), start, size, align);
  }

  /** The heap that frees what lies at `start`: 0 for the initial one, and nothing for what is nobody's. */
  ownerOf(start: Address): HeapId | undefined {
    return this.#system === undefined ? undefined : ownerOf(this.#system, start);
  }

  /** The heap of `key` as an allocator of its own. */
  heapOf(key: Key): IndividualHeap {
    return new IndividualHeap(this, key);
  }

  /** The key of the heap that serves `caller`. */
  keyOf(caller: Caller): Key {
    return this.#config.policy(caller, this.#config.keyCount);
  }

  // What a call comes to seldom stands apart: what is short is copied by the engine into whoever calls.
  #allocAlone(caller: Caller, size: ByteCount, align: Alignment): Address {
    return this.#machine.alone(this.allocSections(caller, size, align));
  }

  #deallocAlone(caller: Caller, start: Address, size: ByteCount, align: Alignment): Freed {
    return this.#machine.alone(this.deallocSections(caller, start, size, align));
  }

  /** The parts, which are there if a block is live. */
  #begun(): HeapSystem {
    const system = this.#system;
    demand(system !== undefined, "a block that is live was taken");
    return system;
  }

  /** Frees a block of the area, and tells of it where that is worth knowing. */
  #freeAndTell(
    system: HeapSystem,
    caller: Caller,
    offset: number,
    size: ByteCount,
    align: Alignment,
  ): Freed {
    const owner = ownerOf(system, system.area.addressOf(offset));
    const freed = freeInArea(system, offset, size, align);
    if (freed.ok) tellFreed(this.#observer, owner, this.keyOf(caller), this.#phase, this.#isBusy);
    return freed;
  }

  #freeMoved(freed: Freed | undefined): void {
    demand(freed?.ok === true, "a block that is resized is live");
    this.#observer.reached("combination.moved");
  }
}
