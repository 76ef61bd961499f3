/**
 * The small machines in which every order of everything is tried.
 *
 * Two cores already meet in every way in which a core can miss what another does; three pages are a run that
 * can be cut, and a neighbour.
 */
import type { MachineExploreScope } from "../machine/machine-explore.ts";

export interface MachineScopeNamed {
  readonly name: string;
  /** What it is for, in one line. */
  readonly about: string;
  readonly scope: MachineExploreScope;
  /** How many calls are tried in every order unless its user says otherwise; all there are if absent. */
  readonly depth?: number;
}

const READ = { isWritable: false, isExecutable: false };
const WRITE = { isWritable: true, isExecutable: false };

/** A page needs two roots, three tables and a frame: so three frames are there for data. */
const SMALL: MachineExploreScope = {
  frameCount: 8,
  coreCount: 2,
  spaceCount: 1,
  firstPage: 3 * 512,
  pageCount: 1,
  operationMax: 1,
  accesses: ["write"],
  rights: [WRITE, READ],
  calls: ["start", "step", "interrupt", "access", "evict", "map", "release", "remap"],
};

export const MACHINE_SCOPES: readonly MachineScopeNamed[] = [
  {
    name: "page",
    about: "one page that two cores read and write, and two operations on it",
    scope: { ...SMALL, operationMax: 2, accesses: ["read", "write"] },
  },
  {
    name: "cores",
    about: "one page that three cores write, which start when they like",
    scope: { ...SMALL, coreCount: 3 },
  },
  {
    name: "pages",
    about: "two pages that are mapped together or one by one",
    scope: {
      ...SMALL,
      pageCount: 2,
      accesses: ["read"],
      calls: ["start", "step", "interrupt", "access", "map", "release"],
    },
  },
  {
    name: "run",
    about: "three pages that are cut, joined and borrowed, and two operations at a time",
    scope: {
      ...SMALL,
      frameCount: 12,
      pageCount: 3,
      operationMax: 2,
      calls: [...SMALL.calls, "split", "merge", "borrow"],
    },
    depth: 6,
  },
  {
    name: "spaces",
    about: "two spaces that are opened, entered, used and closed, by two cores",
    scope: {
      ...SMALL,
      spaceCount: 2,
      accesses: ["read"],
      calls: ["space", "close", "start", "enter", "step", "interrupt", "access", "map", "release"],
    },
    depth: 9,
  },
];

/** The scope with this name, if there is one. */
export function machineScopeNamed(name: string): MachineScopeNamed | undefined {
  return MACHINE_SCOPES.find((scope) => scope.name === name);
}
