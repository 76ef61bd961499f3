/** What a span is known by, and what stands for none. */

/** The number of a page that is a span, counted from the first page of the extent. */
export type SpanNumber = number;

/** Stands for no span, no block and no class. */
export const NONE = -1;
