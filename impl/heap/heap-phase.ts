/** How far a combination heap has come: it goes from one to the next, and never back. */
export type HeapPhase = "uninitialised" | "early" | "per-core";
