/** Names of pages come apart into a space and a page, and every byte of memory is in one frame. */
import {
  type FrameNumber,
  firstByteOfFrame,
  frameContaining,
  nameSeenIn,
  type PageName,
  type PageNumber,
  type PhysicalAddress,
  pageIn,
  pageName,
  type SpaceId,
  spaceOf,
} from "#units";
import { assume } from "../assume.ts";

/**
 * The name of a page says which page of which space it is, whichever it is.
 *
 * @proves page-name, space-of, page-in
 */
export function namesSayPageAndSpace(space: SpaceId, page: PageNumber): boolean {
  assume(page < 2 ** 36);
  const name = pageName(space, page);
  return spaceOf(name) === space && pageIn(name) === page;
}

/**
 * Every name is that of the page in the space that it says.
 *
 * @proves page-name, space-of, page-in
 */
export function everyNameIsOfAPage(name: PageName): boolean {
  return pageIn(name) < 2 ** 36 && pageName(spaceOf(name), pageIn(name)) === name;
}

/**
 * A page of the lower half has a name in each space, and one of the upper half has the same in all: that
 * of the space 0.
 *
 * @proves name-seen-in
 */
export function upperHalfIsSharedByAll(space: SpaceId, page: PageNumber): boolean {
  assume(page < 2 ** 36);
  const name = nameSeenIn(space, page);
  return pageIn(name) === page && spaceOf(name) === (page < 2 ** 35 ? space : 0);
}

/**
 * The frame of a byte has it among its 4096, and no other frame has.
 *
 * @proves frame-containing
 */
export function byteIsInItsFrameAlone(at: PhysicalAddress, other: FrameNumber): boolean {
  const frame = frameContaining(at);
  const first = firstByteOfFrame(other);
  return (first <= at && at - first < 4096) === (other === frame);
}
