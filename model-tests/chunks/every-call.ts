/** Every call that means something different in a space of a few units. */
import type { ChunkCall, ChunkContract, ChunkRequest } from "#spec";
import { chunkName, interval, unitCount, unitNumber } from "#units";
import type { ChunkSession } from "./chunk-session.ts";

/** All calls about the chunks that are held and the units that there are; new chunks are called `fresh`. */
export function everyCall(session: ChunkSession, fresh: number): readonly ChunkCall[] {
  const { chunks } = session.index;
  const name = chunkName(fresh);
  const acquired = requestsIn(session.contract).map(
    ([request, count]): ChunkCall => ({ kind: "acquire", name, request, count: unitCount(count) }),
  );
  const released = chunks.map((chunk): ChunkCall => ({ kind: "release", name: chunk.name }));
  const merged = chunks.flatMap((chunk) =>
    chunks
      .filter((other) => other !== chunk)
      .map((other): ChunkCall => ({ kind: "merge", name: chunk.name, other: other.name })),
  );
  const split = chunks.flatMap((chunk) =>
    upTo(chunk.count + 1).map(
      (count): ChunkCall => ({
        kind: "split",
        name: chunk.name,
        at: unitNumber(chunk.first + count),
        below: name,
        above: chunkName(fresh + 1),
      }),
    ),
  );
  const misused = session.gone.flatMap((gone) =>
    (["release", "split", "merge"] as const).map(
      (misuse): ChunkCall => ({ kind: "misuse", misuse, name: gone }),
    ),
  );
  return [...acquired, ...released, ...merged, ...split, ...misused];
}

/** Requests for none, some, all and too many; at the edges of areas, over them, and in a window. */
function requestsIn({ areas }: ChunkContract): readonly (readonly [ChunkRequest, number])[] {
  const last = Math.max(...areas.map((area) => area.last));
  const window = { kind: "within", first: unitNumber(1), last: unitNumber(last - 1) } as const;
  const at = (first: number): ChunkRequest => ({ kind: "at", first: unitNumber(first) });
  return [
    ...[0, 1, 2, last - 1, last, last + 2].map((count) => [{ kind: "any" }, count] as const),
    [{ kind: "aligned", align: unitCount(3) }, 2],
    [window, 2],
    [window, last - 1],
    [at(0), 1],
    [at(1), 3],
    [at(2), 2],
    [at(last), 1],
    [at(last - 1), Number.MAX_SAFE_INTEGER],
  ];
}

function upTo(last: number): readonly number[] {
  const numbers: number[] = [];
  interval<number>(0, last).every((number) => numbers.push(number) > 0);
  return numbers;
}
