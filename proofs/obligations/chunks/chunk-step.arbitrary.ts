/** Steps of a small allocator, drawn at random: three names, eight units, so that chunks often touch. */
import fc from "fast-check";
import type { Area, Chunk, ChunkAnswer, ChunkCall, ChunkContract, ChunkRequest, Run } from "#spec";
import { finiteMap } from "#support";
import { type ChunkName, chunkName, type UnitNumber, unitCount, unitNumber } from "#units";
import type { HeldStep } from "./chunk-step.ts";

/** The name of a chunk. */
export const aChunkName: fc.Arbitrary<ChunkName> = fc.nat(4).map(chunkName);
/** The number of a unit. */
export const aUnit: fc.Arbitrary<UnitNumber> = fc.nat(8).map(unitNumber);
const aCount = fc.nat(4).map(unitCount);
const aRun: fc.Arbitrary<Run> = fc.record({ first: aUnit, count: aCount });

const anArea: fc.Arbitrary<Area> = fc
  .record({
    first: aUnit,
    length: fc.nat(6),
    kind: fc.constantFrom("general", "designated", "reserved"),
  })
  .map(({ first, length, kind }) => ({ first, last: unitNumber(first + length), kind }));

const aContract: fc.Arbitrary<ChunkContract> = fc.record({
  areas: fc.array(anArea, { minLength: 1, maxLength: 3 }),
  seams: fc.array(aUnit, { maxLength: 1 }),
  fallsBack: fc.boolean(),
  mergesBelow: fc.boolean(),
  chunkCountMax: fc.option(fc.integer({ min: 1, max: 4 }), { nil: undefined }),
});

const aRequest: fc.Arbitrary<ChunkRequest> = fc.oneof(
  fc.constant<ChunkRequest>({ kind: "any" }),
  fc.record({ kind: fc.constant("at" as const), first: aUnit }),
  fc.record({
    kind: fc.constant("aligned" as const),
    align: fc.integer({ min: 1, max: 3 }).map(unitCount),
  }),
  fc.record({ kind: fc.constant("within" as const), first: aUnit, last: aUnit }),
);

const aCall: fc.Arbitrary<ChunkCall> = fc.oneof(
  { weight: 3, arbitrary: acquireCall() },
  fc.record({ kind: fc.constant("release" as const), name: aChunkName }),
  fc.record({
    kind: fc.constant("split" as const),
    name: aChunkName,
    at: aUnit,
    below: aChunkName,
    above: aChunkName,
  }),
  fc.record({ kind: fc.constant("merge" as const), name: aChunkName, other: aChunkName }),
  fc.record({
    kind: fc.constant("misuse" as const),
    misuse: fc.constantFrom("release", "split", "merge"),
    name: aChunkName,
  }),
);

function acquireCall(): fc.Arbitrary<ChunkCall> {
  const kind = fc.constant("acquire" as const);
  return fc.record({ kind, name: aChunkName, request: aRequest, count: aCount });
}

const anAnswer: fc.Arbitrary<ChunkAnswer> = fc.oneof(
  aRun.chain((run) =>
    fc.constantFrom("acquired" as const, "merged" as const).map((kind) => ({ kind, ...run })),
  ),
  fc.record({ kind: fc.constant("split" as const), below: aRun, above: aRun }),
  fc.record({ kind: fc.constantFrom("released", "refused", "rejected") }),
);

/** An answer that is right more often than one drawn blindly. */
function answerTo(call: ChunkCall, chunks: readonly Chunk[]): fc.Arbitrary<ChunkAnswer> {
  const chunk = chunks.find(({ name }) => name === call.name);
  if (call.kind === "acquire") {
    const { count, request } = call;
    const first = request.kind === "at" ? fc.constant(request.first) : aUnit;
    return first.map((start) => ({ kind: "acquired", first: start, count }));
  }
  if (call.kind === "split" && chunk !== undefined) {
    const count = Math.max(0, Math.min(chunk.count, call.at - chunk.first));
    const below = { first: chunk.first, count: unitCount(count) };
    const above = { first: call.at, count: unitCount(chunk.count - count) };
    return fc.constant({ kind: "split", below, above });
  }
  if (call.kind === "merge" && chunk !== undefined) {
    const other = chunks.find(({ name }) => name === call.other) ?? chunk;
    const first = unitNumber(Math.min(chunk.first, other.first));
    return fc.constant({ kind: "merged", first, count: unitCount(chunk.count + other.count) });
  }
  const kind = call.kind === "misuse" ? "rejected" : "released";
  return fc.constant({ kind });
}

const aLength = fc.integer({ min: 1, max: 3 }).map(unitCount);

const someChunks: fc.Arbitrary<readonly Chunk[]> = fc.oneof(
  fc.array(fc.record({ name: fc.nat(2).map(chunkName), first: aUnit, count: aLength }), {
    maxLength: 3,
  }),
  // Chunks that touch, as those do that are merged.
  fc.tuple(aUnit, aLength, aLength).map(([first, one, two]) => [
    { name: chunkName(0), first, count: one },
    { name: chunkName(1), first: unitNumber(first + one), count: two },
  ]),
);

/** A step of an allocator of a few units. */
export const aHeldStep: fc.Arbitrary<HeldStep> = fc
  .tuple(someChunks, aContract, aCall)
  .chain(([chunks, contract, call]) =>
    fc.oneof(answerTo(call, chunks), anAnswer).map((answer) => ({
      chunks: finiteMap(chunks.map((chunk) => [chunk.name, chunk] as const)),
      contract,
      heldCount: new Set(chunks.map(({ name }) => name)).size,
      call,
      answer,
    })),
  );
