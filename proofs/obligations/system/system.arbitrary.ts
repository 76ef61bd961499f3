/** Small systems of heaps that can be reached: what random moves, where they are admitted, make of nothing. */
import fc from "fast-check";
import {
  isPossible,
  judgeMove,
  type Move,
  type SystemContract,
  type SystemState,
  uninitialised,
} from "#spec";
import { type FiniteMap, finiteMap } from "#support";
import type { Alignment, ByteCount, HeapId, PageCount } from "#units";

const small = fc.nat(2);
const at = { page: fc.nat(3), heap: small, key: small, name: small, use: fc.nat(1) };
const kinds = fc.constantFrom(
  ...(["grow", "grow", "give-back", "transfer", "exchange", "open", "open-initial"] as const),
);

const aMove = fc.oneof(
  fc.record({ kind: fc.constantFrom("initialise", "switch"), isGranted: fc.boolean(), key: small }),
  { arbitrary: fc.record({ kind: kinds, ...at }), weight: 5 },
  {
    arbitrary: fc
      .record({ kind: fc.constant("place"), ...at, more: fc.nat(1) })
      .map(({ kind, name, heap, page, more }) => {
        return { kind, name, heap, first: page, last: page + more };
      }),
    weight: 6,
  },
  fc.record({ kind: fc.constant("release"), name: small, heap: small }),
  fc.record({
    kind: fc.constant("route"),
    name: small,
    heap: small,
    after: fc.constantFrom("switch", "call"),
  }),
  fc.record({ kind: fc.constant("count"), counted: fc.nat(4) }),
  fc.record({ kind: fc.constant("close"), key: small, isGranted: fc.boolean() }),
  fc.record({
    kind: fc.constant("free-through"),
    name: small,
    heap: small,
    isGranted: fc.boolean(),
  }),
  fc.record({
    kind: fc.constant("refuse"),
    size: fc.constantFrom(1, 100),
    align: fc.constantFrom(8, 64),
  }),
) as fc.Arbitrary<unknown> as fc.Arbitrary<Move>;

/** A system that can be reached, and a move that may be anything. */
export const aSystemAndMove: fc.Arbitrary<[SystemState, Move]> = fc
  .tuple(fc.array(aMove, { maxLength: 60, size: "max" }), aMove)
  .map(([moves, move]) => [moves.reduce(afterAdmitted, early()), move]);

/** How many pages the heaps below each number have. */
export function belowOf({ heaps, nextHeap }: SystemState): FiniteMap<HeapId, PageCount> {
  const entries: [HeapId, PageCount][] = [[0 as HeapId, 0 as PageCount]];
  let below = 0;
  for (let heap = 0; heap < nextHeap; heap++) {
    below += heaps.get(heap as HeapId).count;
    entries.push([(heap + 1) as HeapId, below as PageCount]);
  }
  return finiteMap(entries);
}

/** Two pages are room, and the heaps may have three. */
const ROOM: SystemContract = {
  roomPages: 2 as PageCount,
  roomSize: 50 as ByteCount,
  roomAlign: 8 as Alignment,
  pageCount: 3 as PageCount,
};

function early(): SystemState {
  const moves: readonly Move[] = [
    { kind: "initialise", isGranted: true },
    { kind: "open-initial", heap: 0 as HeapId },
  ];
  return moves.reduce(afterAdmitted, uninitialised(ROOM));
}

function afterAdmitted(state: SystemState, move: Move): SystemState {
  if (!isPossible(state, move)) return state;
  const verdict = judgeMove(state, move);
  return verdict.kind === "admitted" ? verdict.state : state;
}
