/**
 * The rules of a system of heaps: who owns a page, where a block goes when it is freed, and what a
 * switch from one phase of the system to the next may change.
 *
 * A system step is seen from outside: the pages before and after a call, and for each live block the
 * heap that would be asked to free it, before and after. Which page moves, and when, is the system's
 * own business.
 */
import type { Answer } from "../heap/calls.ts";
import type { Finding } from "../heap/rules.ts";
import type { HeapId, Range } from "../units/index.ts";

/** A page, the heap that owns it, and how many live blocks the system says are in it. */
export interface OwnedPage extends Range {
  readonly owner: HeapId;
  readonly used: number;
}

/** A block that is live before and after, and the heaps that would be asked to free it. */
export interface Route {
  readonly start: number;
  readonly before: HeapId;
  readonly after: HeapId;
}

export interface SystemStep {
  readonly pagesBefore: readonly OwnedPage[];
  readonly pagesAfter: readonly OwnedPage[];
  readonly routes: readonly Route[];
  /** The answer to a request to switch, if the step is one. */
  readonly switched: Answer["kind"] | undefined;
  /** Whether an earlier step has switched. */
  readonly hadSwitched: boolean;
}

export interface SystemRule {
  readonly name: string;
  readonly claim: string;
  readonly test: (step: SystemStep) => Finding;
}

const held = (condition: boolean): Finding => (condition ? "held" : "broken");

const holds = (page: OwnedPage, start: number): boolean =>
  page.start <= start && start < page.start + page.size;

const areOne = (left: OwnedPage, right: OwnedPage): boolean =>
  left.start === right.start && left.size === right.size;

export const SYSTEM_RULES: readonly SystemRule[] = [
  {
    name: "pages-conserved",
    claim: "a page that a heap has owned is still owned by some heap",
    test: ({ pagesBefore, pagesAfter }) =>
      held(pagesBefore.every((page) => pagesAfter.some((other) => areOne(page, other)))),
  },
  {
    name: "page-has-one-owner",
    claim: "no two heaps own the same byte",
    test: ({ pagesAfter }) =>
      held(
        pagesAfter.every((page, index) =>
          pagesAfter.every(
            (other, place) =>
              index === place ||
              page.start + page.size <= other.start ||
              other.start + other.size <= page.start,
          ),
        ),
      ),
  },
  {
    name: "switch-keeps-blocks",
    claim: "a switch leaves every live block with the heap that it had",
    test: ({ routes, switched }) =>
      switched === undefined
        ? "not tested"
        : held(routes.every(({ before, after }) => before === after)),
  },
  {
    name: "page-moves-empty",
    claim: "a page changes its heap only while no live block is in it",
    test: ({ pagesBefore, pagesAfter, routes }) =>
      held(
        pagesBefore.every((page) =>
          pagesAfter.every(
            (other) =>
              !areOne(page, other) ||
              page.owner === other.owner ||
              routes.every(({ start }) => !holds(page, start)),
          ),
        ),
      ),
  },
  {
    name: "block-routed-home",
    claim: "a block is freed by the heap that owns the page it lies in",
    test: ({ pagesAfter, routes }) =>
      held(
        routes.every(({ start, after }) =>
          pagesAfter.some((page) => holds(page, start) && page.owner === after),
        ),
      ),
  },
  {
    name: "switch-happens-once",
    claim: "a system switches once, and declines to switch again",
    test: ({ switched, hadSwitched }) => {
      if (switched === undefined) return "not tested";
      return held((switched === "released") === !hadSwitched);
    },
  },
];
