/**
 * Every order of everything, in machines of a few pages.
 *
 * A page needs the roots of the kernel and of its space, three tables, and its frame: so a machine of
 * eight frames has three for data, and runs out of them. TLBs have room for every page; what they
 * lose, they lose by a call.
 */
import { expect, test } from "vitest";
import { exploreMachine, type MachineExploreScope } from "./machine-explore.ts";
import { ourMachine } from "./our-machine.ts";
import { LonelyMachine } from "./toys/shootdown-toys.ts";

const ROOMY_TLB = {
  small: { sets: 1, ways: 8 },
  large: { sets: 1, ways: 1 },
  largest: { sets: 1, ways: 1 },
};

const SMALL: MachineExploreScope = {
  frameCount: 8,
  coreCount: 2,
  spaceCount: 1,
  firstPage: 3 * 512,
  pageCount: 1,
  operationMax: 1,
  accesses: ["write"],
  rights: [
    { isWritable: true, isExecutable: false },
    { isWritable: false, isExecutable: false },
  ],
  calls: ["start", "step", "interrupt", "access", "evict", "map", "release", "remap"],
};

interface Counted {
  readonly name: string;
  readonly scope: MachineExploreScope;
  readonly states: number;
  readonly transitions: number;
  readonly depth: number;
  /** Whether no state is left after that; else every order of so many calls has been tried. */
  readonly isClosed: boolean;
}

const SCOPES: readonly Counted[] = [
  {
    name: "of one page that two cores read and write, and two operations on it",
    scope: { ...SMALL, operationMax: 2, accesses: ["read", "write"] },
    states: 534,
    transitions: 4681,
    depth: 15,
    isClosed: true,
  },
  {
    name: "of one page that three cores write, which start when they like",
    scope: { ...SMALL, coreCount: 3 },
    states: 987,
    transitions: 7154,
    depth: 16,
    isClosed: true,
  },
  {
    name: "of two pages that are mapped together or one by one",
    scope: {
      ...SMALL,
      pageCount: 2,
      accesses: ["read"],
      calls: ["start", "step", "interrupt", "access", "map", "release"],
    },
    states: 1617,
    transitions: 11_463,
    depth: 18,
    isClosed: true,
  },
  {
    name: "of three pages and three frames, and two operations that come between each other",
    scope: {
      ...SMALL,
      pageCount: 3,
      operationMax: 2,
      calls: ["start", "step", "interrupt", "access", "map", "release", "remap"],
    },
    states: 2042,
    transitions: 9676,
    depth: 7,
    isClosed: false,
  },
  {
    name: "of two spaces that two cores open, enter and close",
    scope: {
      ...SMALL,
      spaceCount: 2,
      calls: ["space", "close", "start", "enter", "step", "interrupt"],
    },
    states: 564,
    transitions: 2688,
    depth: 21,
    isClosed: true,
  },
  {
    name: "of two spaces that are opened, entered, used and closed",
    scope: {
      ...SMALL,
      spaceCount: 2,
      accesses: ["read"],
      calls: ["space", "close", "start", "enter", "step", "interrupt", "access", "map", "release"],
    },
    states: 1004,
    transitions: 3782,
    depth: 8,
    isClosed: false,
  },
];

test.each(SCOPES)("no order breaks a rule $name", (each) => {
  const { scope, states, transitions, depth, isClosed } = each;

  const result = exploreMachine(
    ourMachine(ROOMY_TLB),
    scope,
    isClosed ? Number.POSITIVE_INFINITY : depth,
  );

  const expected = { states, transitions, depth, isClosed, deadEnds: 0, failure: undefined };
  expect(result).toEqual(expected);
});

test("a machine that forgets nowhere else is caught in the fewest calls", () => {
  const { failure } = exploreMachine((tell, config) => new LonelyMachine(tell, config), SMALL);

  expect(failure?.broken.name).toBe("reuse-awaits-every-core");
  expect(failure?.calls.map(({ call }) => call)).toEqual([
    "space",
    "start",
    "start",
    "map",
    "release",
  ]);
});
