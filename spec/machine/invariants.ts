/**
 * What is true of every machine that began with nothing in use and made only moves that the rules admit.
 * That no admitted move can break it is proved.
 *
 * The invariants that keep memory safe come first. Those that follow say that nothing is lost, and that a
 * round tells the truth.
 */
import type { InvariantOf } from "../support/index.ts";
import { includes, type MachineState } from "./state.ts";

export type MachineInvariant = InvariantOf<MachineState>;

export const MACHINE_INVARIANTS: readonly MachineInvariant[] = [
  {
    name: "page-shows-a-frame-in-use",
    claim: "what a page shows, or did and still waits with, is a frame in use, and no page table",
    holds: ({ pages, frames }) =>
      pages.every(({ use, frame }) => {
        if (use === "held") return true;
        if (!frames.has(frame)) return false;
        return frames.get(frame).use !== "table" && frames.get(frame).use !== "unlinked";
      }),
  },
  {
    name: "page-owns-its-frame",
    claim: "a page that owns its frame is the only one, and its frame knows it",
    holds: ({ pages, frames }) =>
      pages.every(({ use, frame, isExclusive }, page) => {
        if (use === "held" || !isExclusive) return true;
        if (!frames.has(frame) || frames.get(frame).owner !== page) return false;
        return frames.get(frame).use === (use === "mapped" ? "mapped" : "zombie");
      }),
  },
  {
    name: "translation-is-current-or-awaited",
    claim: "what a core remembers of a page is true, or the page waits for that core to forget it",
    holds: ({ cached, pages }) =>
      cached.every(({ core, page, frame, rights }) => {
        if (!pages.has(page)) return false;
        const now = pages.get(page);
        if (now.use === "held" || now.frame !== frame) return false;
        if (now.waiting.has(core)) return true;
        const isWritten = now.isDirty || !rights.isWritable;
        return now.use === "mapped" && includes(now.rights, rights) && isWritten;
      }),
  },
  {
    name: "way-is-current-or-awaited",
    claim: "a way to a page table that a core remembers is true, or the table waits for that core",
    holds: ({ remembered, frames }) =>
      remembered.every(({ core, frame }) => {
        if (!frames.has(frame)) return false;
        const { use, waiting } = frames.get(frame);
        return use === "table" || (use === "unlinked" && waiting.has(core));
      }),
  },
  {
    name: "memory-of-a-running-core",
    claim: "only a core that runs remembers anything",
    holds: ({ cached, remembered, cores }) =>
      cached.every(({ core }) => cores.has(core)) &&
      remembered.every(({ core }) => cores.has(core)),
  },
  {
    name: "frame-is-not-lost",
    claim: "a frame that a page owns, or owned and waits with, is the frame of that page",
    holds: ({ frames, pages }) =>
      frames.every(({ use, owner }, frame) => {
        if (use !== "mapped" && use !== "zombie") return true;
        if (!pages.has(owner)) return false;
        const page = pages.get(owner);
        const isKnown = page.isExclusive && page.frame === frame;
        return isKnown && page.use === (use === "mapped" ? "mapped" : "unmapping");
      }),
  },
  {
    name: "waits-for-running-cores",
    claim: "pages, page tables and rounds wait for cores that run, so that each wait can end",
    holds: ({ pages, frames, rounds, cores }) =>
      pages.every(({ waiting }) => waiting.every((_, core) => cores.has(core))) &&
      frames.every(({ waiting }) => waiting.every((_, core) => cores.has(core))) &&
      rounds.every(({ waiting }) => waiting.every((_, core) => cores.has(core))),
  },
  {
    name: "change-is-numbered",
    claim:
      "a change that happened has a number below that of the next, and no round is about later ones",
    holds: ({ pages, rounds, nextChange }) =>
      pages.every(({ use, changed, waiting }) => {
        if (use === "held") return true;
        return changed < nextChange || !waiting.some(() => true);
      }) && rounds.every(({ before }) => before <= nextChange),
  },
  {
    name: "round-tells-the-truth",
    claim:
      "a page that waits for a core is not in a round about that change which the core acknowledged",
    holds: ({ pages, rounds }) =>
      rounds.every((round) =>
        pages.every(
          ({ use, waiting, changed }, page) =>
            use === "held" ||
            page < round.first ||
            round.last < page ||
            changed >= round.before ||
            waiting.every((_, core) => round.waiting.has(core)),
        ),
      ),
  },
];
