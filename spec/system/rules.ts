/**
 * The rules of a system of heaps, as a flat list: who owns a page, where a block is freed, what a
 * switch may change. A rule finds that a move kept it, broke it, or did not test it.
 */
import type { Finding } from "../heap/rules.ts";
import { type HeapId, interval, type PageNumber } from "../units/index.ts";
import type { Move } from "./moves.ts";
import type { SystemState } from "./state.ts";

/** A possible move, and the system before it. */
export interface SystemStep {
  readonly state: SystemState;
  readonly move: Move;
}

export interface SystemRule {
  readonly name: string;
  readonly claim: string; // a sentence, true of every correct system
  readonly test: (step: SystemStep) => Finding;
}

const held = (condition: boolean): Finding => (condition ? "held" : "broken");

/** Whether `heap` owns every page from `first` to `last`. */
export const ownsAll = (
  { pages }: SystemState,
  heap: HeapId,
  first: PageNumber,
  last: PageNumber,
): boolean =>
  interval<PageNumber>(first, last).every(
    (page) => pages.has(page) && pages.get(page).owner === heap,
  );

export const SYSTEM_RULES: readonly SystemRule[] = [
  {
    name: "page-has-one-owner",
    claim: "a page that a heap is given belongs to no heap",
    test: ({ state: { pages }, move }) =>
      move.kind === "grow" ? held(!pages.has(move.page)) : "not tested",
  },
  {
    name: "pages-conserved",
    claim: "the heaps own as many pages as they were given and have not given back",
    test: ({ state: { granted }, move }) =>
      move.kind === "count" ? held(move.counted === granted) : "not tested",
  },
  {
    name: "page-moves-empty",
    claim: "a page changes its heap or its use only while no live block is in it",
    test: ({ state: { blocks }, move }) =>
      move.kind === "transfer" || move.kind === "exchange" || move.kind === "give-back"
        ? held(!blocks.some(({ first, last }) => first <= move.page && move.page <= last))
        : "not tested",
  },
  {
    name: "block-routed-home",
    claim: "a block lies in pages of one heap, and that heap frees it",
    test: ({ state, move }) => {
      if (move.kind === "place") return held(ownsAll(state, move.heap, move.first, move.last));
      if (move.kind === "release") return held(move.heap === state.blocks.get(move.name).heap);
      if (move.kind !== "route" || move.after === "switch") return "not tested";
      return held(move.heap === state.blocks.get(move.name).heap);
    },
  },
  {
    name: "switch-keeps-blocks",
    claim: "a switch leaves every live block with the heap that it had",
    test: ({ state: { blocks }, move }) =>
      move.kind === "route" && move.after === "switch"
        ? held(move.heap === blocks.get(move.name).heap)
        : "not tested",
  },
  {
    name: "switch-happens-once",
    claim: "a system goes from each phase to the next once, and whoever switches it has a heap",
    test: ({ state: { phase, keys }, move }) => {
      if (move.kind === "initialise") return held(!move.isGranted || phase === "uninitialised");
      if (move.kind !== "switch") return "not tested";
      return held(!move.isGranted || (phase === "early" && keys.has(move.key)));
    },
  },
];
