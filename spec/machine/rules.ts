/**
 * The rules of a machine, as a flat list: who may take, show, and let go of frames and pages, what the
 * processor may remember, and when it is known to have forgotten. A rule finds that a move kept it,
 * broke it, or did not test it.
 */
import { held, type RuleOf } from "../support/index.ts";
import type { FrameNumber } from "../units/index.ts";
import type { MachineMove } from "./moves.ts";
import { includes, type MachineState } from "./state.ts";

/** A possible move, and the machine before it. */
export interface MachineStep {
  readonly state: MachineState;
  readonly move: MachineMove;
}

/** A rule of a machine. */
export type MachineRule = RuleOf<MachineStep>;

/** Whether some page shows `frame`, or did and still waits. */
const isShown = ({ pages }: MachineState, frame: FrameNumber): boolean =>
  pages.some((page) => page.use !== "held" && page.frame === frame);

export const MACHINE_RULES: readonly MachineRule[] = [
  {
    name: "frame-has-one-holder",
    claim: "a frame that somebody takes was nobody's",
    test: ({ state: { frames }, move }) =>
      move.kind === "frame.acquire" ? held(!frames.has(move.frame)) : "not tested",
  },
  {
    name: "page-has-one-holder",
    claim: "a page that somebody takes was nobody's",
    test: ({ state: { pages }, move }) =>
      move.kind === "page.acquire" ? held(!pages.has(move.page)) : "not tested",
  },
  {
    name: "frame-let-go",
    claim:
      "a frame is given back when no page shows it, none waits with it, and it is no page table",
    test: ({ state, move }) =>
      move.kind === "frame.release"
        ? held(state.frames.get(move.frame).use === "held" && !isShown(state, move.frame))
        : "not tested",
  },
  {
    name: "page-let-go",
    claim: "a page is given back when it shows nothing and no core may remember what it showed",
    test: ({ state: { pages }, move }) =>
      move.kind === "page.release" ? held(pages.get(move.page).use === "held") : "not tested",
  },
  {
    name: "page-mapped-once",
    claim: "a page that is mapped showed nothing before",
    test: ({ state: { pages }, move }) =>
      move.kind === "page.map" ? held(pages.get(move.page).use === "held") : "not tested",
  },
  {
    name: "frame-has-one-page",
    claim:
      "a page owns a frame that nothing else was made of, and borrows none that is on its way out",
    test: ({ state: { frames }, move }) => {
      if (move.kind !== "page.map") return "not tested";
      const { use } = frames.get(move.frame);
      return held(use === "held" || (use === "mapped" && !move.isExclusive));
    },
  },
  {
    name: "mapping-is-there",
    claim: "only a page that is mapped gets other rights, is written, or is unmapped",
    test: ({ state: { pages }, move }) =>
      move.kind === "page.remap" || move.kind === "page.unmap" || move.kind === "page.mark-dirty"
        ? held(pages.get(move.page).use === "mapped")
        : "not tested",
  },
  {
    name: "reuse-awaits-every-core",
    claim: "a page, a frame or a page table is anybody's again when every core has let go of it",
    test: ({ state: { frames, pages }, move }) => {
      if (move.kind === "page.settle") {
        const { use, waiting } = pages.get(move.page);
        return held(use === "unmapping" && !waiting.some(() => true));
      }
      if (move.kind !== "table.settle") return "not tested";
      const { use, waiting } = frames.get(move.frame);
      return held(use === "unlinked" && !waiting.some(() => true));
    },
  },
  {
    name: "table-is-not-shown",
    claim: "a page table is made of a frame that no page shows, and unlinked once",
    test: ({ state, move }) => {
      if (move.kind === "table.unlink") return held(state.frames.get(move.frame).use === "table");
      if (move.kind !== "table.link") return "not tested";
      return held(state.frames.get(move.frame).use === "held" && !isShown(state, move.frame));
    },
  },
  {
    name: "translation-from-a-walk",
    claim: "a core remembers what a walk has found, or could find before the page changed",
    test: ({ state: { pages, frames }, move }) => {
      if (move.kind === "walk.fill") {
        if (!frames.has(move.frame)) return "broken";
        const { use, waiting } = frames.get(move.frame);
        return held(use === "table" || (use === "unlinked" && waiting.has(move.core)));
      }
      if (move.kind !== "tlb.fill") return "not tested";
      if (!pages.has(move.page)) return "broken";
      const { use, frame, rights, isDirty, waiting } = pages.get(move.page);
      const isCurrent =
        use === "mapped" && includes(rights, move.rights) && (isDirty || !move.rights.isWritable);
      return held(use !== "held" && frame === move.frame && (isCurrent || waiting.has(move.core)));
    },
  },
  {
    name: "invalidation-forgets",
    claim: "a core that was told to forget a page or a page table remembers nothing of it",
    test: ({ state: { cached, remembered }, move }) => {
      if (move.kind === "tlb.invalidate") {
        return held(!cached.some(({ core, page }) => core === move.core && page === move.page));
      }
      if (move.kind !== "walk.invalidate") return "not tested";
      return held(
        !remembered.some(({ core, frame }) => core === move.core && frame === move.frame),
      );
    },
  },
  {
    name: "acknowledged-once",
    claim: "a core acknowledges a round that waits for it, for itself, and once",
    test: ({ state: { rounds }, move }) =>
      move.kind === "shootdown.acknowledge"
        ? held(rounds.get(move.round).waiting.has(move.core))
        : "not tested",
  },
  {
    name: "acknowledged-when-forgotten",
    claim: "a core acknowledges a round when none of its pages waits for that core any more",
    test: ({ state: { pages, rounds }, move }) => {
      if (move.kind !== "shootdown.acknowledge") return "not tested";
      const { first, last, before } = rounds.get(move.round);
      return held(
        pages.every(
          ({ waiting, changed }, page) =>
            page < first || last < page || changed >= before || !waiting.has(move.core),
        ),
      );
    },
  },
  {
    name: "round-awaits-every-core",
    claim: "a round is over when every core that was asked has acknowledged it",
    test: ({ state: { rounds }, move }) =>
      move.kind === "shootdown.close"
        ? held(!rounds.get(move.round).waiting.some(() => true))
        : "not tested",
  },
  {
    name: "access-follows-translation",
    claim: "an access reaches what the page shows, or what the core may still remember of it",
    test: ({ state: { pages, cached }, move }) => {
      if (move.kind !== "access") return "not tested";
      const { core, page, needs } = move;
      const isWalked = pages.has(page) && pages.get(page).use === "mapped";
      const isAllowed = isWalked && includes(pages.get(page).rights, needs);
      if (move.outcome === "fault") {
        const isSpurious = cached.some(
          (entry) => entry.core === core && entry.page === page && !includes(entry.rights, needs),
        );
        return held(!isAllowed || isSpurious);
      }
      const isShown = isAllowed && pages.get(page).frame === move.frame;
      const isWritten = !needs.isWritable || (isWalked && pages.get(page).isDirty);
      const isRemembered = cached.some(
        (entry) =>
          entry.core === core &&
          entry.page === page &&
          entry.frame === move.frame &&
          includes(entry.rights, needs),
      );
      return held((isShown && isWritten) || isRemembered);
    },
  },
];
