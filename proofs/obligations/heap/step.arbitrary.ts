/** Steps of a small heap, drawn at random: three names, forty bytes, so that blocks often touch. */
import fc from "fast-check";
import { type Answer, type Block, type Call, type Contract, NOTHING_SEEN } from "#spec";
import { finiteMap } from "#support";
import { address, alignment, type BlockName, blockName, bytes } from "#units";
import type { HeapStep } from "./heap-step.ts";

/** A contract that promises nothing. */
export const CONTRACT: Contract = {
  alignMax: alignment(8),
  alignDefault: alignment(1),
  alignBySize: false,
  reallocKeepsAlign: false,
  zeroSize: "any",
  reclaims: false,
  availability: undefined,
  rejects: [],
  extentKnown: false,
};

/** The name of a block. */
export const aName: fc.Arbitrary<BlockName> = fc.nat(2).map(blockName);
const anAddress = fc.nat(40).map(address);
const aSize = fc.nat(12).map(bytes);
const anAlignment = fc.constantFrom(1, 2, 4, 8).map(alignment);

const aBlock: fc.Arbitrary<Block> = fc.record({
  name: aName,
  start: anAddress,
  size: aSize,
  align: anAlignment,
  reach: aSize,
});

const aContract: fc.Arbitrary<Contract> = fc.record({
  alignMax: anAlignment,
  alignDefault: anAlignment,
  alignBySize: fc.boolean(),
  reallocKeepsAlign: fc.boolean(),
  zeroSize: fc.constantFrom("block", "refused", "any"),
  reclaims: fc.boolean(),
  availability: fc.option(
    fc.record({
      overhead: aSize,
      granule: fc.integer({ min: 1, max: 8 }).map(bytes),
      minimum: aSize,
    }),
    { nil: undefined },
  ),
  rejects: fc.subarray(["double-free", "foreign-pointer", "interior-pointer", "wrong-layout"]),
  extentKnown: fc.boolean(),
});

const aFirst = fc.option(fc.record({ size: aSize, align: anAlignment }), { nil: undefined });

const aCall: fc.Arbitrary<Call> = fc.oneof(
  fc.record({
    kind: fc.constantFrom("alloc", "allocZeroed"),
    name: aName,
    size: aSize,
    align: anAlignment,
  }),
  fc.record({ kind: fc.constant("realloc" as const), name: aName, size: aSize }),
  fc.record({ kind: fc.constantFrom("dealloc", "usableSize"), name: aName }),
  fc.record({
    kind: fc.constant("misuse" as const),
    misuse: fc.constantFrom("double-free", "foreign-pointer", "interior-pointer", "wrong-layout"),
    name: aName,
    address: anAddress,
    size: aSize,
    align: anAlignment,
  }),
);

const anAnswer: fc.Arbitrary<Answer> = fc.oneof(
  fc.record({ kind: fc.constant("placed" as const), address: anAddress }),
  fc.record({ kind: fc.constant("usable" as const), bytes: aSize }),
  fc.record({ kind: fc.constantFrom("released", "refused", "rejected") }),
);

/** A step that nobody watched, of a heap of one part. */
export const aStep: fc.Arbitrary<HeapStep> = fc
  .tuple(fc.array(aBlock, { maxLength: 3 }), aContract, aFirst, aCall, anAnswer)
  .map(([blocks, contract, first, call, answer]) => ({
    blocks: finiteMap(blocks.map((block) => [block.name, block] as const)),
    dead: finiteMap([]),
    contract,
    extent: [{ start: address(0), size: bytes(48) }],
    requested: bytes(40),
    first,
    call,
    answer,
    seen: NOTHING_SEEN,
  }));
