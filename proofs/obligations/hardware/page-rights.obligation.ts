/** What is asked, what is allowed and what a fault says, as bits and as the specification has them. */
import {
  accessMeaning,
  allows,
  cachedMeaning,
  faultCode,
  faultMeaning,
  type KeptTranslation,
  neededMarks,
  neededRights,
  type PageAccess,
} from "#impl";
import { faultCodeOf, type PagingControls, permits, useOf } from "#spec";
import { assume } from "../assume.ts";

/**
 * What an access needs is allowed, bit by bit, exactly if the specification permits the access.
 *
 * @proves allows, needed-rights
 * @mode bits
 */
export function allowedIsPermitted(
  kept: KeptTranslation,
  access: PageAccess,
  controls: PagingControls,
): boolean {
  assume(isAccess(access));
  const { rights } = cachedMeaning(kept);
  const isAllowed = allows(kept.rights, neededRights(access, controls.isWriteProtected));
  return isAllowed === permits(rights, accessMeaning(access), controls);
}

/**
 * A translation that is kept has all that an access needs, the dirty bit of a write included, exactly
 * if the specification lets it serve.
 *
 * @proves allows, needed-rights, needed-marks
 * @mode bits
 */
export function neededIsServed(
  kept: KeptTranslation,
  access: PageAccess,
  controls: PagingControls,
): boolean {
  assume(isAccess(access));
  const needed = neededRights(access, controls.isWriteProtected) | neededMarks(access);
  const use = useOf(cachedMeaning(kept), accessMeaning(access), controls);
  return allows(kept.rights, needed) === (use === "serve");
}

/**
 * The code of a fault has the bits that the specification says, whatever the reason is.
 *
 * @proves fault-code
 * @mode bits
 */
export function faultCodesSayWhy(access: PageAccess, controls: PagingControls): boolean {
  assume(isAccess(access));
  const isKnown = controls.isNoExecuteEnabled;
  return (
    says(access, 0, isKnown, "not-present", controls) &&
    says(access, 9, isKnown, "reserved", controls) &&
    says(access, 1, isKnown, "not-permitted", controls)
  );
}

function says(
  access: PageAccess,
  bits: number,
  isKnown: boolean,
  why: "not-present" | "reserved" | "not-permitted",
  controls: PagingControls,
): boolean {
  const found = faultMeaning(faultCode(access, bits, isKnown));
  const said = faultCodeOf(accessMeaning(access), why, controls);
  const isReason = found.isPresent === said.isPresent && found.isReserved === said.isReserved;
  const isAccessed = found.isWrite === said.isWrite && found.isUser === said.isUser;
  return isReason && isAccessed && found.isFetch === said.isFetch;
}

/** Whether only bits of an access are set, and a fetch does not write. */
function isAccess(access: PageAccess): boolean {
  return (access & 9) === 0 && (access & 18) !== 18;
}
