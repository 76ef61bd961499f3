/** From what a subject declares to the contract that it is judged by. */
import type { Contract } from "#spec";
import { alignment, bytes, isAlignment } from "#units";
import type { ProfileName, Promises, Subject } from "./subject.ts";

/** Promises that belong together. A profile promises only what its every member must keep. */
export const PROFILES: Readonly<Record<ProfileName, Promises>> = {
  "c-malloc": { alignDefault: 16, alignMax: 4096, zeroSize: "any" },
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
    rejects: promises.rejects ?? [],
    extentKnown,
  };
}
