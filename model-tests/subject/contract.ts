/** From what a subject declares to the contract that it is judged by. */
import { type Contract, type Misuse, NO_PROMISES, type SystemContract } from "#spec";
import { alignment, bytes, isAlignment, type PageCount } from "#units";
import type { ProfileName, Promises, RoomPromise, Subject } from "./subject.ts";

/** Promises that belong together. A profile promises only what its every member must keep. */
export const PROFILES: Readonly<Record<ProfileName, Promises>> = {
  // C23, 7.24.3, and C11 since DR 445: a block fits every object of its size or less, and no larger one.
  "c-malloc": { alignDefault: 16, alignBySize: true, alignMax: 4096, zeroSize: "any" },
  "rust-global-alloc": { alignMax: 4096, reallocKeepsAlign: true, zeroSize: "any" },
  kernel: { alignDefault: 8, alignMax: 4096, reallocKeepsAlign: true, reclaims: true },
};

/** A subject that cannot be judged, and why, in one sentence. */
export class UnusableSubject extends Error {
  override readonly name = "UnusableSubject";
}

/** What `subject` promises, profiles written out. */
export function promisesOf(subject: Subject): Promises {
  const { promises = {} } = subject;
  if (typeof promises !== "string") return promises;

  const profile = PROFILES[promises];
  if (profile === undefined) {
    const known = Object.keys(PROFILES).join(", ");
    throw new UnusableSubject(`"${promises}" is no profile of promises; there are ${known}`);
  }
  return profile;
}

/** The contract of an instance, whose methods decide whether containment can be judged. */
export function contractOf(promises: Promises, extentKnown: boolean): Contract {
  const { alignMax = 1, alignDefault = 1, availability = "never" } = promises;
  for (const [key, value] of Object.entries({ alignMax, alignDefault })) {
    if (!isAlignment(value)) {
      throw new UnusableSubject(`the promise ${key} is ${value}, which is no power of two`);
    }
  }
  return {
    alignMax: alignment(Math.max(alignMax, alignDefault)),
    alignDefault: alignment(alignDefault),
    alignBySize: promises.alignBySize ?? false,
    reallocKeepsAlign: promises.reallocKeepsAlign ?? false,
    zeroSize: promises.zeroSize ?? "any",
    reclaims: promises.reclaims ?? false,
    availability:
      availability === "never"
        ? undefined
        : {
            overhead: bytes(availability.overhead),
            granule: bytes(availability.granule),
            minimum: bytes(availability.minimum),
          },
    rejects: (promises.rejects ?? []).filter(isOfOneHeap),
    extentKnown,
  };
}

/** The contract of a system that shows pages of `unit` bytes, which divide the span of its room. */
export function systemContractOf({ room }: Pick<Promises, "room">, unit: number): SystemContract {
  if (room === undefined) return NO_PROMISES;

  const { span, size, align, capacity } = checked(room);
  return {
    roomPages: (span / unit) as PageCount,
    roomSize: bytes(size),
    roomAlign: alignment(align),
    pageCount: Math.floor(capacity / unit) as PageCount,
  };
}

/** Freeing through a foreign heap is none of the misuse that one heap can see: a system rejects it. */
function isOfOneHeap(misuse: Misuse | "foreign-heap"): misuse is Misuse {
  return misuse !== "foreign-heap";
}

function checked(room: RoomPromise): RoomPromise {
  const { span, size, align, capacity } = room;
  for (const [key, value] of Object.entries({ span, size, capacity })) {
    if (Number.isSafeInteger(value) && value > 0) continue;
    throw new UnusableSubject(`the promise room.${key} is ${value}, which is no number of bytes`);
  }
  if (isAlignment(align)) return room;
  throw new UnusableSubject(`the promise room.align is ${align}, which is no power of two`);
}
