/** What a translation that a TLB keeps says, bit by bit. */
import type { Access, CachedTranslation, FaultCodeBits } from "#spec";
import type { FaultCode, PageAccess } from "../memory/page-rights.ts";
import type { KeptTranslation } from "../memory/tlb.ts";

/** The translation that `kept` is; one of a global page has no tag of its own. */
export function cachedMeaning(kept: KeptTranslation): CachedTranslation {
  const { page, level, frame, rights, space } = kept;
  return {
    page,
    level,
    frame,
    rights: {
      isWritable: bitOf(rights, 2),
      isUser: bitOf(rights, 4),
      isExecutable: bitOf(rights, 16),
    },
    isDirty: bitOf(rights, 64),
    isGlobal: bitOf(rights, 256),
    tag: space,
  };
}

/** The access that the bits of `access` ask for. */
export function accessMeaning(access: PageAccess): Access {
  const kind = bitOf(access, 16) ? "fetch" : bitOf(access, 2) ? "write" : "read";
  return { kind, isUser: bitOf(access, 4) };
}

/** What the code of a fault says. */
export function faultMeaning(code: FaultCode): FaultCodeBits {
  return {
    isPresent: bitOf(code, 1),
    isWrite: bitOf(code, 2),
    isUser: bitOf(code, 4),
    isReserved: bitOf(code, 8),
    isFetch: bitOf(code, 16),
  };
}

function bitOf(value: number, weight: number): boolean {
  return Math.floor(value / weight) % 2 === 1;
}
