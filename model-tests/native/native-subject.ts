/**
 * A shared library as a subject. Its functions are called in this process, which is to be one that may die.
 *
 * A library has one heap for as long as its process lives. A "fresh" one is what is left when every block
 * of the run before was freed; whoever reports a failure of such a heap tries it again in a fresh process.
 * It knows no bound either, so the bound of a run is kept here: a request beyond it is not made, unless no
 * machine could grant it. What a plain request of C is not answered for, an alignment above that of every
 * object of its size, is asked of the functions that take one, in turn by the size.
 */
import type { BlockName } from "#units";
import { PROFILES } from "../subject/contract.ts";
import type { MemoryDoor, Promises, Subject, SubjectInstance } from "../subject/subject.ts";
import type { AlignedFunction, AllocatorFamily } from "./allocator-family.ts";
import type { BlackBox } from "./black-box.ts";
import type { CLibrary } from "./c-library.ts";
import type { NativeLibrary } from "./load-koffi.ts";

/** Addresses that a process can have lie below it. */
const ADDRESSES_END = 2 ** 47;
/** Every object of C is aligned to this, or to less if it is smaller. */
const ALIGN_MAX = 16;

interface Tools {
  readonly library: NativeLibrary;
  readonly memory: CLibrary;
  readonly box: BlackBox;
}

/** The subject whose calls are those of `family`. */
export function nativeSubject(
  name: string,
  family: AllocatorFamily,
  tools: Tools,
  alignDefault?: number,
): Subject {
  const isOfC = family.kind === "c";
  const calls = isOfC ? callsOfC(family, tools, alignDefault) : callsOfRust(family, tools);
  const own = promisesOf(family, alignDefault);
  const promises = alignDefault === undefined ? own : { ...own, alignDefault };
  return { name, promises, create: ({ memoryBytes }) => instance(calls, memoryBytes, tools) };
}

/** What the language asks of an allocator of its family. */
function promisesOf({ kind, aligned }: AllocatorFamily, alignDefault = ALIGN_MAX): Promises {
  if (kind === "rust") return PROFILES["rust-global-alloc"];
  const profile = PROFILES["c-malloc"];
  return aligned.length > 0 ? profile : { ...profile, alignMax: alignDefault };
}

/** The functions of a library, each with what every family is told; 0 is a refusal. */
interface Calls {
  alloc(size: number, align: number): number;
  dealloc(address: number, size: number, align: number): void;
  realloc?(address: number, oldSize: number, align: number, newSize: number): number;
  allocZeroed?(size: number, align: number): number;
  usableSize?(address: number): number;
}

/** Plain requests are made up to the alignment `natural`, which each block has that is large enough. */
function callsOfC(family: AllocatorFamily, { library }: Tools, natural: number = ALIGN_MAX): Calls {
  const { realloc: resizing, allocZeroed, usableSize, aligned } = family;
  const malloc: (size: number) => number = library.func(family.alloc, "uintptr_t", ["size_t"]);
  const free: (address: number) => void = library.func(family.dealloc, "void", ["uintptr_t"]);
  const turns = aligned.map((each) => alignedCall(each, library));
  const alloc = (size: number, align: number): number => {
    const turn = turns[Math.floor(size / 8) % Math.max(1, turns.length)];
    if (align <= natural && (align <= size || turn === undefined)) {
      return malloc(align === 1 ? size : Math.max(size, align));
    }
    return turn?.(size, align) ?? 0;
  };
  const calls: Calls = { alloc, dealloc: (address) => free(address) };
  if (resizing !== undefined) {
    const types = ["uintptr_t", "size_t"];
    const realloc: (address: number, size: number) => number = library.func(
      resizing,
      "uintptr_t",
      types,
    );
    calls.realloc = (address, _oldSize, _align, newSize) => realloc(address, newSize);
  }
  if (allocZeroed !== undefined) {
    const types = ["size_t", "size_t"];
    const calloc: (count: number, size: number) => number = library.func(
      allocZeroed,
      "uintptr_t",
      types,
    );
    // C has no call for zeroes at an alignment.
    calls.allocZeroed = (size, align) =>
      align > natural ? 0 : calloc(1, align === 1 ? size : Math.max(size, align));
  }
  if (usableSize !== undefined) {
    calls.usableSize = library.func(usableSize, "size_t", ["uintptr_t"]);
  }
  return calls;
}

/** A function that takes an alignment, in the form in which all of them are asked. */
function alignedCall(
  { name, form }: AlignedFunction,
  library: NativeLibrary,
): (size: number, align: number) => number {
  if (form === "posix_memalign") {
    const types = ["void *", "size_t", "size_t"];
    const call: (out: Uint8Array, align: number, size: number) => number = library.func(
      name,
      "int",
      types,
    );
    const out = new Uint32Array(2);
    const bytes = new Uint8Array(out.buffer);
    return (size, align) => {
      if (call(bytes, Math.max(8, align), size) !== 0) return 0;
      return (out[0] as number) + 2 ** 32 * (out[1] as number);
    };
  }
  const call: (align: number, size: number) => number = library.func(name, "uintptr_t", [
    "size_t",
    "size_t",
  ]);
  // C11 has a size that is a multiple of the alignment.
  const isWhole = form === "aligned_alloc";
  return (size, align) => call(align, isWhole ? Math.ceil(size / align) * align : size);
}

function callsOfRust(family: AllocatorFamily, { library }: Tools): Calls {
  const { realloc, allocZeroed } = family;
  const request = ["size_t", "size_t"];
  const held = ["uintptr_t", "size_t", "size_t"];
  const calls: Calls = {
    alloc: demandBytes(library.func(family.alloc, "uintptr_t", request)),
    dealloc: library.func(family.dealloc, "void", held),
  };
  if (realloc !== undefined) {
    calls.realloc = library.func(realloc, "uintptr_t", [...held, "size_t"]);
  }
  if (allocZeroed !== undefined) {
    calls.allocZeroed = demandBytes(library.func(allocZeroed, "uintptr_t", request));
  }
  return calls;
}

/** Rust forbids to ask for no bytes: that is refused here. */
function demandBytes(
  alloc: (size: number, align: number) => number,
): (size: number, align: number) => number {
  return (size, align) => (size === 0 ? 0 : alloc(size, align));
}

/** A block that a run holds, under its name in the history of the process. */
interface Held {
  readonly name: BlockName;
  readonly size: number;
  readonly align: number;
}

function instance(calls: Calls, memoryBytes: number, { memory, box }: Tools): SubjectInstance {
  const live = new Map<number, Held>();
  let granted = 0;
  const isBeyond = (more: number): boolean =>
    granted + more > memoryBytes && granted + more < ADDRESSES_END;
  const keep = (address: number, size: number, align: number): number => {
    box.leave(address);
    if (address === 0) return 0;
    live.set(address, { name: box.name, size, align });
    granted += size;
    return address;
  };
  const forget = (address: number): void => {
    granted -= live.get(address)?.size ?? 0;
    live.delete(address);
  };
  const { realloc, allocZeroed, usableSize } = calls;
  const { alloc, dealloc } = calls;
  const door: MemoryDoor = {
    size: ADDRESSES_END,
    read(start, target) {
      box.look(start, target.length);
      memory.read(start, target);
      box.lookAway();
    },
    write(start, source) {
      box.look(start, source.length);
      memory.write(start, source);
      box.lookAway();
    },
  };
  const made: SubjectInstance = {
    alloc(size, align) {
      if (isBeyond(size)) return 0;
      box.enter();
      return keep(alloc(size, align), size, align);
    },
    dealloc(address, size, align) {
      forget(address);
      box.enter();
      dealloc(address, size, align);
      box.leave();
    },
    memory: () => door,
    destroy() {
      for (const [address, { name, size, align }] of live) {
        box.noteFree(name);
        box.enter();
        dealloc(address, size, align);
        box.leave();
      }
    },
  };
  if (realloc !== undefined) {
    made.realloc = (address, oldSize, align, newSize) => {
      if (isBeyond(newSize - oldSize)) return 0;
      box.enter();
      const moved = realloc(address, oldSize, align, newSize);
      if (moved !== 0) forget(address);
      return keep(moved, newSize, align);
    };
  }
  if (allocZeroed !== undefined) {
    made.allocZeroed = (size, align) => {
      if (isBeyond(size)) return 0;
      box.enter();
      return keep(allocZeroed(size, align), size, align);
    };
  }
  if (usableSize !== undefined) {
    made.usableSize = (address) => {
      box.enter();
      const size = usableSize(address);
      box.leave();
      return size;
    };
  }
  return made;
}
