/**
 * The states that a watch of a system keeps: those of the specification, over maps that change in place.
 *
 * Also the same state with smaller pages. A system that has shown pages of 8 KiB may show one of 4 KiB; then
 * every page is two, of the same heap and the same use.
 */
import { next, type SystemContract, type SystemState, uninitialised } from "#spec";
import type { FiniteMap } from "#support";
import type { BlockName, HeapId, Key, PageCount, PageNumber, PlaceNumber } from "#units";
import { InPlaceMap } from "./in-place-map.ts";

type Home = ReturnType<SystemState["blocks"]["get"]>;

/** A system that was initialised and has shown nothing yet. */
export function startOfWatch(contract: SystemContract): SystemState {
  return {
    ...next(uninitialised(contract), { kind: "initialise", isGranted: true }),
    pages: new InPlaceMap(),
    heaps: new InPlaceMap(),
    keys: new InPlaceMap<Key, HeapId>(),
    blocks: new InPlaceMap(),
  };
}

/** Has the pages of `heap`, which was just opened, counted in place as well. */
export function openInPlace(state: SystemState, heap: HeapId): void {
  const pageAt = new InPlaceMap<PlaceNumber, PageNumber>();
  state.heaps.with(heap, { ...state.heaps.get(heap), pageAt });
}

/** `state` as it is now, for whoever looks back at it later: how heaps number their pages is not kept. */
export function copied(state: SystemState): SystemState {
  const { pages, heaps, keys, blocks } = state;
  return {
    ...state,
    pages: copyOf(pages),
    heaps: copyOf(heaps),
    keys: copyOf(keys),
    blocks: copyOf(blocks),
  };
}

/**
 * `before` under `contract`, where each page is `factor` pages; `homeOf` knows where a block lies among
 * those.
 */
export function divided(
  before: SystemState,
  contract: SystemContract,
  factor: number,
  homeOf: (name: BlockName) => Pick<Home, "first" | "last">,
): SystemState {
  let state: SystemState = {
    ...before,
    contract,
    pages: new InPlaceMap(),
    heaps: new InPlaceMap(),
    blocks: new InPlaceMap(),
    granted: 0 as PageCount,
  };
  before.heaps.every((heap, id) => {
    state.heaps.with(id, { ...heap, count: 0 as PageCount });
    openInPlace(state, id);
    return true;
  });
  before.pages.every(({ owner, use }, number) => {
    for (let part = 0; part < factor; part++) {
      const page = (number * factor + part) as PageNumber;
      state = next(state, { kind: "grow", page, heap: owner, use });
    }
    return true;
  });
  before.blocks.every(({ heap }, name) => {
    state.blocks.with(name, { ...homeOf(name), heap });
    return true;
  });
  return state;
}

function copyOf<Key, Value>(map: FiniteMap<Key, Value>): FiniteMap<Key, Value> {
  const copy = new InPlaceMap<Key, Value>();
  map.every((value, key) => {
    copy.with(key, value);
    return true;
  });
  return copy;
}
