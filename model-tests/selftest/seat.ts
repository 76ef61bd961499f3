/**
 * A place between the harness and one instance of a subject, from where a fault can be planted.
 *
 *     harness ── tracks what it believes ── the fault ── the instance
 *
 * What is tracked is what the harness was answered, faults included: which blocks it takes to be live.
 */
import { isPending } from "../conformance/adapter.ts";
import { boundMethods } from "../subject/instance-methods.ts";
import type { ExtentPart, Promises, SubjectInstance } from "../subject/subject.ts";

/** A block that has bytes, as the harness believes it to be. */
export interface Believed {
  readonly start: number;
  readonly size: number;
  readonly align: number;
}

export class Seat {
  /** The instance itself, each of whose methods may be called on its own. */
  readonly inner: SubjectInstance;
  readonly promises: Promises;
  /** What the harness takes to be live, by where it starts; what was placed last comes last. */
  readonly live: Map<number, Believed> = new Map();
  /** Where blocks that it freed were, and none is now. */
  readonly freed: Set<number> = new Set();
  /** Whether the fault has done anything wrong yet. */
  hasStruck = false;
  readonly #peers: readonly Seat[];

  constructor(instance: SubjectInstance, promises: Promises, peers: readonly Seat[]) {
    this.inner = boundMethods(instance);
    this.promises = promises;
    this.#peers = peers;
  }

  /** The instance of the same session that is not this one. */
  get peer(): Seat | undefined {
    return this.#peers.find((other) => other !== this);
  }

  /** What the harness is given: the methods of the instance but for `changed`, all of them tracked. */
  faced(changed: Partial<SubjectInstance>): SubjectInstance {
    const faulty: SubjectInstance = { ...this.inner, ...changed };
    const { allocZeroed, realloc } = faulty;
    return {
      ...faulty,
      alloc: (size, align, origin) =>
        after(faulty.alloc(size, align, origin), (raw) => this.#placed(raw, size, align)),
      dealloc: (start, size, align, origin) =>
        after(faulty.dealloc(start, size, align, origin), (raw) => {
          if (raw !== false && this.live.delete(start)) this.freed.add(start);
          return raw;
        }),
      ...(allocZeroed && {
        allocZeroed: (size, align, origin) =>
          after(allocZeroed(size, align, origin), (raw) => this.#placed(raw, size, align)),
      }),
      ...(realloc && {
        realloc: (start, size, align, newSize, origin) =>
          after(realloc(start, size, align, newSize, origin), (raw) => {
            if (isPlace(raw) && this.live.delete(start)) this.freed.add(start);
            return this.#placed(raw, newSize, align);
          }),
      }),
    };
  }

  /** Notes that something wrong is about to be answered, which is `wrong`. */
  strike<Wrong>(wrong: Wrong): Wrong {
    this.hasStruck = true;
    return wrong;
  }

  /** What the start of a block that was asked for at `align` is a multiple of. */
  stepOf(align: number): number {
    return Math.max(align, this.promises.alignDefault ?? 1);
  }

  /** Whether `size` bytes from `start` on may be handed out, as far as that is known. */
  isInside(start: number, size: number): boolean {
    const end = start + size;
    const parts = this.parts();
    return parts === undefined || parts.some((p) => p.start <= start && end <= p.start + p.size);
  }

  /** Where blocks may lie: what the instance says, or all of its memory. */
  parts(): readonly ExtentPart[] | undefined {
    const { extent, memory } = this.inner;
    if (extent !== undefined) return extent();
    const bytes = memory?.();
    if (bytes === undefined) return undefined;
    return [{ start: 0, size: bytes instanceof Uint8Array ? bytes.length : bytes.size }];
  }

  /** The live block with bytes in memory that lies next below `start`, or next above it. */
  neighbour(start: number, side: "below" | "above"): Believed | undefined {
    let best: Believed | undefined;
    for (const block of this.live.values()) {
      const isOnSide = side === "below" ? block.start < start : block.start > start;
      const isFarther =
        best !== undefined &&
        (side === "below" ? block.start < best.start : block.start > best.start);
      if (isOnSide && !isFarther && this.#isWatched(block)) best = block;
    }
    return best;
  }

  /** Changes the byte at `address`. */
  flip(address: number): void {
    const memory = this.inner.memory?.();
    if (memory === undefined) return;
    this.hasStruck = true;
    if (memory instanceof Uint8Array) {
      memory[address] = (memory[address] ?? 0) ^ 0xff;
      return;
    }
    const byte = new Uint8Array(1);
    memory.read(address, byte);
    byte[0] = (byte[0] ?? 0) ^ 0xff;
    memory.write(address, byte);
  }

  #placed(raw: unknown, size: number, align: number): unknown {
    if (isPlace(raw) && size > 0) {
      this.live.set(raw, { start: raw, size, align });
      this.freed.delete(raw);
    }
    return raw;
  }

  #isWatched({ start, size }: Believed): boolean {
    const memory = this.inner.memory?.();
    if (memory === undefined) return false;
    return start + size <= (memory instanceof Uint8Array ? memory.length : memory.size);
  }
}

/** What `then` makes of `raw`, once it is there: methods may answer with a promise. */
export function after(raw: unknown, then: (value: unknown) => unknown): unknown {
  return isPending(raw) ? Promise.resolve(raw).then(then) : then(raw);
}

/** Whether `raw` says where a block was placed. */
export function isPlace(raw: unknown): raw is number {
  return typeof raw === "number" && Number.isSafeInteger(raw) && raw > 0;
}
