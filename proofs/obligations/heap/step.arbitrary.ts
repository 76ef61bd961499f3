/** Steps of a small heap, drawn at random: three names, forty bytes, so that blocks often touch. */
import fc from "fast-check";
import type { Answer, Block, Call, Contract, Observation, Request } from "#spec";
import { type FiniteMap, finiteMap } from "#support";
import type { Address, BlockName, ByteCount, Range } from "#units";
import { address, alignment, blockName, bytes } from "#units";

/** A contract that promises nothing. */
export const CONTRACT: Contract = {
  alignMax: alignment(8),
  alignDefault: alignment(1),
  reallocKeepsAlign: false,
  zeroSize: "any",
  reclaims: false,
  availability: undefined,
  rejects: [],
  extentKnown: false,
};

/** An observation of nothing. */
export const UNSEEN: Observation = {
  payload: "unseen",
  zeroed: "unseen",
  prefix: "unseen",
  outside: "unseen",
  others: "unseen",
  used: "unseen",
};

const aName = fc.nat(2).map(blockName);
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

/** The arguments of a theorem about one step: the heap, the call, its answer, and two names. */
export type StepArguments = [
  blocks: FiniteMap<BlockName, Block>,
  dead: FiniteMap<BlockName, Address>,
  contract: Contract,
  extent: readonly Range[],
  requested: ByteCount,
  first: Request | undefined,
  call: Call,
  answer: Answer,
  seen: Observation,
  one: BlockName,
  two: BlockName,
];

export const aStep: fc.Arbitrary<StepArguments> = fc
  .tuple(fc.array(aBlock, { maxLength: 3 }), aContract, aFirst, aCall, anAnswer, aName, aName)
  .map(([blocks, contract, first, call, answer, one, two]) => {
    const live = finiteMap(blocks.map((block) => [block.name, block] as const));
    const extent = [{ start: address(0), size: bytes(48) }];
    const requested = bytes(40);
    const rest = [first, call, answer, UNSEEN, one, two] as const;
    return [live, finiteMap([]), contract, extent, requested, ...rest];
  });
