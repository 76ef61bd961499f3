/**
 * Heaps whose calls are made in sections: one that is correct under one lock, and one with something wrong
 * for each verdict on a schedule.
 *
 *     alloc    ├ take the lock ┤├ search ┤├ take the place, give the lock back ┤
 *     others     wait … wait …   wait …                                         ├ take the lock ┤
 */
import type { Sections, Subject, SubjectInstance } from "../subject/subject.ts";

const PLACE_SIZE = 256;
const PLACE_COUNT = 8;

interface Lock {
  isTaken: boolean;
}

/** What a toy replaces: how the places are searched and what is locked meanwhile. */
interface Manner {
  readonly alloc: (places: boolean[]) => Sections;
  readonly dealloc: (places: boolean[], place: number) => Sections;
}

function* lock(taken: Lock): Generator<"waiting", void, void> {
  while (taken.isTaken) yield "waiting";
  taken.isTaken = true;
}

/** Takes the first free place, between sections or not; 0 if there is none. */
function* takePlace(places: boolean[]): Sections {
  const place = places.indexOf(false);
  yield "between";
  if (place >= 0) places[place] = true;
  return addressOf(place);
}

const addressOf = (place: number): number => (place + 1) * PLACE_SIZE;

function oneLock(): Manner {
  const heap: Lock = { isTaken: false };
  return {
    *alloc(places) {
      yield* lock(heap);
      yield "between";
      const address = yield* takePlace(places);
      heap.isTaken = false;
      return address;
    },
    *dealloc(places, place) {
      yield* lock(heap);
      yield "between";
      places[place] = false;
      heap.isTaken = false;
      return true;
    },
  };
}

/** Takes its two locks in one order to place and in the other to free. */
function twoLocks(): Manner {
  const list: Lock = { isTaken: false };
  const count: Lock = { isTaken: false };
  function* both(first: Lock, second: Lock): Generator<"between" | "waiting", void, void> {
    yield* lock(first);
    yield "between";
    yield* lock(second);
  }
  const unlock = (): void => {
    list.isTaken = false;
    count.isTaken = false;
  };
  return {
    *alloc(places) {
      yield* both(list, count);
      const place = places.indexOf(false);
      if (place >= 0) places[place] = true;
      unlock();
      return addressOf(place);
    },
    *dealloc(places, place) {
      yield* both(count, list);
      places[place] = false;
      unlock();
      return true;
    },
  };
}

/** Searches without a lock, so that two calls may find the same place. */
function noLock(): Manner {
  return {
    alloc: takePlace,
    *dealloc(places, place) {
      yield "between";
      places[place] = false;
      return true;
    },
  };
}

/** Never sees that the lock is free again. */
function spinning(): Manner {
  const { alloc } = oneLock();
  return {
    alloc,
    *dealloc() {
      for (;;) yield "between";
    },
  };
}

function subjectOf(name: string, manner: () => Manner, first: () => number = () => 0): Subject {
  const create = (): SubjectInstance => {
    const places = Array.from({ length: PLACE_COUNT }, (_, place) => place < first());
    const { alloc, dealloc } = manner();
    const start = (size: number): Sections => alloc(size <= PLACE_SIZE ? places : []);
    const placeOf = (address: number): number => address / PLACE_SIZE - 1;
    return {
      sections: (call) =>
        call.kind === "dealloc" ? dealloc(places, placeOf(call.address)) : start(call.size),
      alloc: (size) => finish(start(size)),
      dealloc: (address) => finish(dealloc(places, placeOf(address))),
      extent: () => EXTENT,
    };
  };
  return { name, create, promises: { alignDefault: 8 } };
}

const EXTENT = [{ start: PLACE_SIZE, size: PLACE_COUNT * PLACE_SIZE }];

/** The call alone, from its first section to its last. */
function finish(sections: Sections): unknown {
  for (;;) {
    const { done, value } = sections.next();
    if (done) return value;
  }
}

export const lockingHeap: Subject = subjectOf("locking-heap", oneLock);
export const crossingHeap: Subject = subjectOf("crossing-heap", twoLocks);
export const racingHeap: Subject = subjectOf("racing-heap", noLock);
export const spinningHeap: Subject = subjectOf("spinning-heap", spinning);

/** Has its first place taken in every other instance. */
export function moodyHeap(): Subject {
  let made = 0;
  const subject = subjectOf("moody-heap", oneLock, () => made % 2);
  const create: Subject["create"] = (options) => {
    made += 1;
    return subject.create(options);
  };
  return { ...subject, create };
}
