/**
 * Traces for property tests: any that can be written down, sensible or not.
 *
 * Most calls refer to a block that was asked for, some to one that never was, and every kind of
 * misuse occurs. Numbers reach the edges of what the format holds.
 */
import * as fc from "fast-check";
import { type Trace, type TraceCall, type TraceCallKind, type TraceMisuse, traceCall } from "#spec";
import { address, blockName, bytes } from "#units";
import { PLAIN_ANSWERS, type TraceAnswer } from "./answer-record.ts";
import { isAsking } from "./call-record.ts";

const KINDS: readonly TraceCallKind[] = [
  "alloc",
  "alloc",
  "allocZeroed",
  "realloc",
  "dealloc",
  "dealloc",
  "usableSize",
  "switch",
  "close",
];
const MISUSES: readonly (TraceMisuse | "none")[] = [
  "none",
  "none",
  "none",
  "double-free",
  "foreign-pointer",
  "interior-pointer",
  "wrong-layout",
  "foreign-heap",
];

const count: fc.Arbitrary<number> = fc.oneof(fc.nat(100), fc.maxSafeNat());

/** A call before it is known which blocks there are. */
const arbitraryDraft = fc.record({
  kind: fc.constantFrom(...KINDS),
  misuse: fc.constantFrom(...MISUSES),
  pick: fc.nat(1_000),
  size: count,
  exponent: fc.oneof(fc.nat(5), fc.nat(52)),
  core: fc.nat(3),
  entity: fc.oneof(fc.constant(0), count),
  instance: fc.oneof(fc.constant(0), fc.nat(3)),
  offset: count,
  address: count,
});

type Draft = typeof arbitraryDraft extends fc.Arbitrary<infer Value> ? Value : never;

const arbitraryAnswer: fc.Arbitrary<TraceAnswer | undefined> = fc.oneof(
  fc.constant(undefined),
  count.map((value): TraceAnswer => ({ kind: "placed", address: address(value) })),
  count.map((value): TraceAnswer => ({ kind: "usable", bytes: bytes(value) })),
  fc.constantFrom(...PLAIN_ANSWERS).map((kind): TraceAnswer => ({ kind })),
);

const arbitraryHeader = fc.record(
  {
    subject: fc.constantFrom("combination", "./mine.ts", "../libmine.so"),
    name: fc.string(),
    options: fc.dictionary(
      fc.string().filter((key) => key !== "__proto__"),
      fc.jsonValue({ maxDepth: 3 }).filter((value) => !JSON.stringify(value).includes("proto")),
    ),
    seed: fc.nat().map((seed) => `0x${seed.toString(16)}`),
    rule: fc.string(),
    schedule: fc.array(fc.nat(3)),
  },
  { requiredKeys: [] },
);

/** Any trace whose blocks are named in the order in which they are first mentioned. */
export const arbitraryTrace: fc.Arbitrary<Trace> = fc
  .record({
    header: arbitraryHeader,
    memoryBytes: count,
    drafts: fc.array(fc.tuple(arbitraryDraft, arbitraryAnswer), { maxLength: 30 }),
    verdict: fc.option(fc.record({ rejected: fc.string(), at: fc.nat() }), { nil: undefined }),
  })
  .map(({ header, memoryBytes, drafts, verdict }): Trace => {
    const answers = drafts.map(([, answer]) => answer);
    const isAnswered = answers.some((answer) => answer !== undefined);
    const isJudged = verdict !== undefined && drafts.length > 0;
    return {
      version: 1,
      config: { memoryBytes, cores: 4 },
      ...header,
      calls: callsOf(drafts.map(([draft]) => draft)),
      ...(isAnswered && { answers }),
      ...(isJudged && { verdict: { ...verdict, at: verdict.at % drafts.length } }),
    };
  });

function callsOf(drafts: readonly Draft[]): readonly TraceCall[] {
  let mentioned = 0;
  return drafts.map((draft) => {
    const { kind, pick } = draft;
    if (kind === "switch" || kind === "close") return callOfDraft(draft, -1);
    if (isAsking(kind)) return callOfDraft(draft, mentioned++);
    const isForeign = draft.misuse === "foreign-pointer" && canAbuse(kind);
    if (isForeign && pick % 2 === 0) return callOfDraft(draft, -1);
    const name = pick % (mentioned + 1);
    if (name === mentioned) mentioned += 1;
    return callOfDraft(draft, name);
  });
}

function canAbuse(kind: TraceCallKind): boolean {
  return kind === "dealloc" || kind === "realloc";
}

function callOfDraft(draft: Draft, name: number): TraceCall {
  const { kind, core, entity, instance } = draft;
  const misuse = canAbuse(kind) ? draft.misuse : "none";
  const hasLayout = isAsking(kind) || misuse === "wrong-layout";
  return traceCall({
    kind,
    name: blockName(name),
    size: hasLayout || kind === "realloc" ? draft.size : 0,
    align: hasLayout ? 2 ** draft.exponent : 1,
    core,
    entity,
    instance,
    misuse,
    offset: misuse === "interior-pointer" ? draft.offset : 0,
    address: misuse === "foreign-pointer" ? draft.address : 0,
  });
}
