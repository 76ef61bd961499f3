/**
 * The rules of calls, as a flat list: that a machine does what it was asked to do, all of it or nothing,
 * and nothing else; and that what it shows is what it said.
 *
 * The rules of moves keep memory safe whatever is asked. A machine that never maps anything keeps all of
 * them; it is these that it breaks.
 */
import { held, type RuleOf } from "../support/index.ts";
import { isNothing } from "./effect.ts";
import {
  isBorrowedAsAsked,
  isMappedAsAsked,
  isReleasedAsAsked,
  isRemappedAsAsked,
  keepsToItsPages,
} from "./fulfilment.ts";
import type { MachineCallStep } from "./tasks.ts";
import { agrees, areSame } from "./view.ts";

/** A rule of the calls of a machine. */
export type MachineCallRule = RuleOf<MachineCallStep>;

export const MACHINE_CALL_RULES: readonly MachineCallRule[] = [
  {
    name: "machine-call-returns",
    claim: "a call that may be made ends, and without an exception",
    test: ({ outcome }) => held(outcome !== "threw"),
  },
  {
    name: "operation-ends",
    claim: "an operation that is gone on with ends when every core answers",
    test: ({ outcome }) => held(outcome !== "stuck"),
  },
  {
    name: "refused-without-effect",
    claim: "an operation that is refused leaves nothing behind",
    test: ({ outcome, effect }) => (outcome === "refused" ? held(isNothing(effect)) : "not tested"),
  },
  {
    name: "call-keeps-to-its-pages",
    claim: "a call changes nothing but what it was asked to change, or took for it",
    test: (step) => (step.outcome === "refused" ? "not tested" : held(keepsToItsPages(step))),
  },
  {
    name: "mapped-as-asked",
    claim: "pages that were mapped are as many as asked for, in a row, at their place, and no more",
    test: (step) => {
      const { task, outcome } = step;
      return task.kind === "map" && outcome === "done"
        ? held(isMappedAsAsked(task, step))
        : "not tested";
    },
  },
  {
    name: "borrowed-as-asked",
    claim: "pages that borrow show the frames of the lender, in its order, and own none of them",
    test: (step) => {
      const { task, outcome } = step;
      return task.kind === "borrow" && outcome === "done"
        ? held(isBorrowedAsAsked(task, step))
        : "not tested";
    },
  },
  {
    name: "remapped-as-asked",
    claim: "pages that were remapped have the rights asked for, and no core remembers more",
    test: (step) => {
      const { task, outcome } = step;
      return task.kind === "remap" && outcome === "done"
        ? held(isRemappedAsAsked(task, step))
        : "not tested";
    },
  },
  {
    name: "released-as-asked",
    claim:
      "of pages that were released nothing is left: not the pages, and not the frames they owned",
    test: (step) => {
      const { task, outcome } = step;
      return task.kind === "release" && outcome === "done"
        ? held(isReleasedAsAsked(task, step))
        : "not tested";
    },
  },
  {
    name: "mapping-cut-where-it-fits",
    claim: "a mapping is cut inside, and joined with one like it that begins right behind it",
    test: ({ task, outcome }) =>
      (task.kind === "cut" || task.kind === "join") && outcome === "done"
        ? held(task.isFit)
        : "not tested",
  },
  {
    name: "access-is-told",
    claim: "an access says which core needed what of which page",
    test: ({ task, moves }) =>
      task.kind === "access"
        ? held(
            moves.some(
              (move) =>
                move.kind === "access" &&
                move.core === task.core &&
                move.page === task.page &&
                areSame(move.needs, task.needs),
            ),
          )
        : "not tested",
  },
  {
    name: "machine-as-announced",
    claim: "what memory and registers show is what was announced, no less and no more",
    test: ({ view, state }) => (view === undefined ? "not tested" : held(agrees(state, view))),
  },
  {
    name: "everything-comes-back",
    claim: "when every mapping was released, nothing is in use but the roots of address spaces",
    test: ({ task, state: { frames, pages, rounds } }) =>
      task.kind === "rest"
        ? held(
            frames.every((_, frame) => task.roots.has(frame)) &&
              !pages.some(() => true) &&
              !rounds.some(() => true),
          )
        : "not tested",
  },
  {
    name: "no-failure-sticks",
    claim: "what a machine with nothing in use could map, it can map when everything came back",
    test: ({ task, outcome }) =>
      task.kind === "map" && task.isSureToFit ? held(outcome !== "refused") : "not tested",
  },
];
