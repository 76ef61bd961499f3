/**
 * Calls about chunks, drawn where allocators go wrong: sizes near those of the free runs, places at the
 * edges of areas and of held chunks, the first unit and the last, no units and more than there are.
 */
import type { ChunkCall, ChunkRequest } from "#spec";
import { type ChunkName, chunkName, type UnitNumber, unitCount, unitNumber } from "#units";
import type { ChoiceSource } from "../generate/choices.ts";
import type { ChunkSession } from "./chunk-session.ts";

const COUNTS = [1, 1, 1, 2, 3, 4, 5, 8, 0];
const HUGE = [Number.MAX_SAFE_INTEGER, 2 ** 52, 2 ** 36, 2 ** 36 - 1];
const ALIGNS = [1, 2, 3, 4, 5, 7, 8, 16, 100, 512, 2 ** 40];
const MISUSE = ["release", "split", "merge"] as const;

/** The next call of a random trace; `fresh` and the number behind it are names nobody has. */
export function nextChunkCall(
  choices: ChoiceSource,
  session: ChunkSession,
  fresh: number,
): ChunkCall {
  const { chunks } = session.index;
  const turn = choices.below(100);
  if (chunks.length === 0 || turn < 50) return acquireCall(choices, session, fresh);
  if (turn < 55 && session.gone.length > 0) {
    return { kind: "misuse", misuse: pick(choices, MISUSE), name: pick(choices, session.gone) };
  }
  const { name, first, count } = pick(choices, chunks);
  if (turn < 75) return { kind: "release", name };
  if (turn < 87) {
    const edges = [first, first + 1, first + Math.floor(count / 2), first + count - 1];
    const at = unitNumber(Math.max(0, pick(choices, [...edges, first + count, first - 1])));
    return { kind: "split", name, at, below: chunkName(fresh), above: chunkName(fresh + 1) };
  }
  const near = chunks.filter(
    (other) => other.first === first + count || other.first + other.count === first,
  );
  const isNear = near.length > 0 && choices.below(4) > 0;
  const other = pick(choices, isNear ? near : chunks).name;
  return { kind: "merge", name, other };
}

function acquireCall(choices: ChoiceSource, session: ChunkSession, fresh: number): ChunkCall {
  const free = session.index.freeSpans(session.contract, "all");
  const count = countNear(
    choices,
    free.map(({ first, last }) => last - first + 1),
  );
  const request = requestFor(choices, session, count);
  return { kind: "acquire", name: fresh as ChunkName, request, count: unitCount(count) };
}

function countNear(choices: ChoiceSource, lengths: readonly number[]): number {
  const turn = choices.below(20);
  if (turn === 0) return pick(choices, HUGE);
  if (turn > 8 || lengths.length === 0) return pick(choices, COUNTS);
  return Math.max(0, pick(choices, lengths) + choices.below(3) - 1);
}

function requestFor(choices: ChoiceSource, session: ChunkSession, count: number): ChunkRequest {
  const turn = choices.below(10);
  if (turn < 3) return { kind: "any" };
  if (turn < 5) return { kind: "aligned", align: unitCount(pick(choices, ALIGNS)) };
  const edges = edgesIn(session);
  if (turn < 8) {
    const edge = pick(choices, edges);
    const first = choices.below(3) === 0 ? edge - Math.min(count, edge) : edge;
    return { kind: "at", first: unitNumber(first) };
  }
  const one = pick(choices, edges);
  // A window as long as what is asked for has room for it in one way only.
  const other = choices.below(3) > 0 ? pick(choices, edges) : one + Math.min(count, 2 ** 40) - 1;
  return {
    kind: "within",
    first: Math.max(0, Math.min(one, other)) as UnitNumber,
    last: Math.max(one, other) as UnitNumber,
  };
}

/** Numbers at the edges of what is free, of what is held and of the areas, and next to them. */
function edgesIn({ index, contract }: ChunkSession): readonly number[] {
  const held = index.chunks.map(({ first, count }) => ({ first, last: first + count - 1 }));
  const spans = [...contract.areas, ...index.freeSpans(contract, "all"), ...held];
  const edges = spans.flatMap(({ first, last }) => [first - 1, first, last, last + 1]);
  return [...edges, ...contract.seams.flatMap((seam) => [seam - 1, seam])].filter(
    (edge) => edge >= 0 && edge <= Number.MAX_SAFE_INTEGER,
  );
}

function pick<Item>(choices: ChoiceSource, items: readonly Item[]): Item {
  return items[choices.below(items.length)] as Item;
}
