/** Pages: the bytes that one heap owns as a whole, counted in one unit for a whole system. */
import type { Branded } from "./brand.ts";

/** The number of a page: an address, divided by the size of a page. */
export type PageNumber = Branded<"PageNumber">;

/** How many pages. */
export type PageCount = Branded<"PageCount">;

/** The number of a page among the pages of its heap, from 0. */
export type PlaceNumber = Branded<"PlaceNumber">;

/** What a heap uses a page for: a size class of it, or whatever it tells apart. */
export type PageUse = Branded<"PageUse">;
