/**
 * The pages of several address spaces, each with a name of its own.
 *
 *     52                36                                0
 *     ├───── space ──────┼────── address / 4096 ──────────┤
 *
 * Two spaces may each have a page 5, and these are two pages. The half that all of them share is a space
 * too, the kernel's, so that a page there has one name, whoever uses it.
 */
import type { Branded } from "./brand.ts";
import type { PageNumber } from "./page.ts";

/**
 * The number of an address space; 0 is the kernel's half, which every space shares.
 *
 * @range 0..2^16-1
 */
export type SpaceId = Branded<"SpaceId">;

/**
 * The name of a page of some address space.
 *
 * @range 0..2^52-1
 */
export type PageName = Branded<"PageName">;

/** The half that every address space shares. */
export const KERNEL_SPACE: SpaceId = 0 as SpaceId;

/** The name of `page`, which is below 2^36, in `space`. */
export function pageName(space: SpaceId, page: PageNumber): PageName {
  return (space * 2 ** 36 + page) as PageName;
}

/** The space that the page `name` is in. */
export function spaceOf(name: PageName): SpaceId {
  return Math.floor(name / 2 ** 36) as SpaceId;
}

/** The number of the page `name` in its space. */
export function pageIn(name: PageName): PageNumber {
  return (name % 2 ** 36) as PageNumber;
}

/** The name of `page` for a core that is in `space`: one of the upper half is the kernel's. */
export function nameSeenIn(space: SpaceId, page: PageNumber): PageName {
  return pageName(page < 2 ** 35 ? space : KERNEL_SPACE, page);
}
