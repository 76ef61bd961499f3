/** Why a block is not freed: the free was wrong, and has no effect. */
import { failure, type Result, success } from "#support";

/**
 * What was wrong with a free: no block can start there, none lives there, or the block that lives
 * there was asked for with a layout of another class.
 */
export interface FreeRefusal {
  readonly kind: "foreign-pointer" | "interior-pointer" | "double-free" | "wrong-layout";
}

/** What a free is answered with. */
export type Freed = Result<undefined, FreeRefusal>;

/** Answers that are made once: a free allocates nothing. */
export const FREED: Freed = success(undefined);
export const NOT_OURS: Freed = failure({ kind: "foreign-pointer" });
export const NOT_A_START: Freed = failure({ kind: "interior-pointer" });
export const NOT_LIVE_NOW: Freed = failure({ kind: "double-free" });
export const NOT_ITS_LAYOUT: Freed = failure({ kind: "wrong-layout" });
