/**
 * One heap as its caller sees it: what is promised, and what is live. How the allocator searches,
 * whether it has classes or pages, is not here; what is not in the state cannot be wrong.
 */
import type { FiniteMap } from "../support/index.ts";
import type { Address, Alignment, BlockName, ByteCount, Range } from "../units/index.ts";
import type { Call, Misuse, Request } from "./calls.ts";
import type { LiveBlocks } from "./live-blocks.ts";

/** A free run of `roundUp(max(size, minimum), granule) + overhead + align - 1` bytes is enough. */
export interface Availability {
  readonly overhead: ByteCount;
  readonly granule: ByteCount;
  readonly minimum: ByteCount;
}

/** What one allocator promises; what it does not promise is not judged. */
export interface Contract {
  readonly alignMax: Alignment; // the largest alignment honoured when asked for
  readonly alignDefault: Alignment; // what every block has anyway
  readonly alignBySize: boolean; // but for blocks with fewer bytes, which have what an object of their size needs
  readonly reallocKeepsAlign: boolean; // else a resized block has the default alignment
  readonly zeroSize: "block" | "refused" | "any"; // an address of its own, a refusal, either
  readonly reclaims: boolean; // all freed, the first granted request is granted again
  readonly availability: Availability | undefined; // when a request cannot be refused
  readonly rejects: readonly Misuse[]; // the misuse that is detected
  readonly extentKnown: boolean; // whether it is known where blocks may lie
}

export interface HeapState {
  readonly contract: Contract;
  readonly extent: readonly Range[]; // what may be handed out; adjacent parts are joined
  readonly live: LiveBlocks;
  readonly dead: FiniteMap<BlockName, Address>; // where blocks that were freed started
  readonly requested: ByteCount; // by all live blocks
  readonly first: Request | undefined; // the first that was granted
}

/**
 * The alignment that a block of `size` bytes has, whatever was asked for. An object has at least as many
 * bytes as its alignment says, which is a power of two: so a small block need not be aligned for larger ones.
 */
export function alignmentDue({ alignDefault, alignBySize }: Contract, size: ByteCount): Alignment {
  if (!alignBySize || size >= alignDefault) return alignDefault;
  return (size >= 8 ? 8 : size >= 4 ? 4 : size >= 2 ? 2 : 1) as Alignment;
}

/** Whether `call` may be made now. Misuse may be tried where it is promised to be detected. */
export function isLegal({ contract, live, dead }: HeapState, call: Call): boolean {
  const { name } = call;
  if (call.kind === "alloc" || call.kind === "allocZeroed") {
    return call.align <= contract.alignMax && !live.has(name);
  }
  if (call.kind === "realloc") return call.size > 0 && live.has(name) && live.at(name).size > 0;
  if (call.kind !== "misuse") {
    return live.has(name) && (call.kind === "dealloc" || live.at(name).size > 0);
  }
  const { misuse, address } = call;
  if (!contract.rejects.includes(misuse)) return false;
  if (misuse === "foreign-pointer" || misuse === "double-free") {
    // An address that is live again is neither.
    if (live.overlapping(address, 1 as ByteCount, -1 as BlockName)) return false;
    return misuse === "foreign-pointer" || (dead.has(name) && dead.get(name) === address);
  }
  if (!live.has(name)) return false;
  const { start, size, align } = live.at(name);
  if (misuse === "interior-pointer") return start < address && address < start + size;
  return start === address && (size !== call.size || align !== call.align);
}
