/**
 * Reads what the page and the frame allocator of Theseus answered, as calls and answers of the
 * specification.
 *
 *     record                          call                    answer
 *     allocate, at a number           acquire                 acquired, `got` or `n` units
 *     allocate, at null               acquire                 refused
 *     allocate that panics            acquire                 threw
 *     drop                            release                 released
 *     drop that waits for ever        release                 hung
 *     split, merge                    split, merge            the ranges that are left
 *
 * What the original keeps from others until a deferred action is done, nobody holds: so there is no
 * call for `act`, unless it never ends. Numbers are as recorded: a page of the upper half is numbered by
 * all 52 bits of its address, so no two pages that are apart have neighbouring numbers, and no seam is needed.
 */
import type { Area, ChunkAnswer, ChunkCall, ChunkContract, ChunkRequest, Run } from "#spec";
import { chunkName, unitCount, unitNumber } from "#units";
import { area } from "../chunks/chunk-contracts.ts";
import { type Span, without } from "../chunks/spans.ts";
import { logRecords } from "./log-records.ts";

export interface ChunkLog {
  readonly component: "pages" | "frames";
  readonly scenario: string | undefined;
  readonly contract: ChunkContract;
  readonly steps: readonly ChunkLogStep[];
}

export interface ChunkLogStep {
  readonly call: ChunkCall;
  readonly answer: ChunkAnswer;
  /** The reason that the original gave for a refusal. */
  readonly reason: string | undefined;
}

type Pair = readonly [number, number] | readonly [];

interface Header {
  readonly t: "golden";
  readonly component: "pages" | "frames";
  readonly scenario?: string;
  readonly config: {
    readonly endOfLowPage: number;
    readonly free: readonly (readonly [number, number])[];
    readonly reserved: readonly (readonly [number, number])[];
  };
}

interface AllocateRecord {
  readonly call: "allocate";
  readonly id: number;
  readonly req: ChunkRequest["kind"];
  readonly n: number;
  readonly start: number;
  readonly alignment: number;
  readonly first: number;
  readonly last: number;
  readonly at: number | null;
  readonly got?: number;
  readonly err?: string;
  readonly outcome?: "panic";
}

type OtherRecord =
  | { readonly call: "drop" | "act"; readonly id: number; readonly outcome?: "deadlock" }
  | {
      readonly call: "split";
      readonly id: number;
      readonly after: number;
      readonly first: number;
      readonly firstRange: Pair;
      readonly second: number;
      readonly secondRange: Pair;
    }
  | {
      readonly call: "merge";
      readonly id: number;
      readonly with: number;
      readonly ok: boolean;
      readonly range: Pair;
    }
  | { readonly call: "note" | "init" | "address-of" };

type LogRecord = AllocateRecord | OtherRecord;

/** The logs of `file`, in this folder's `logs`, one for each header. */
export function chunkLogs(file: string): readonly ChunkLog[] {
  return logRecords<Header, LogRecord>(file).map(({ header, records }) => {
    const { component, scenario } = header;
    const contract = component === "pages" ? pagesOf(header) : framesOf(header);
    return { component, scenario, contract, steps: stepsOf(records) };
  });
}

/** Space as it is, not as the original divides it: without the hole in the middle, and page 0. */
function pagesOf({ config: { endOfLowPage } }: Header): ChunkContract {
  const half = 2 ** 35;
  const p4 = 2 ** 27;
  const end = 2 ** 52;
  return {
    areas: [
      area(0, 0, "reserved"),
      area(1, endOfLowPage, "designated"),
      area(endOfLowPage + 1, half - 1, "general"),
      area(end - half, end - 4 * p4 - 1, "general"),
      area(end - 3 * p4, end - 2 * p4 - 1, "designated"),
      area(end - p4, end - 1, "designated"),
    ],
    seams: [],
    fallsBack: true,
    mergesBelow: false,
    chunkCountMax: undefined,
  };
}

/** General frames without those that are reserved, and beside them whatever may be claimed. */
function framesOf({ config: { free, reserved } }: Header): ChunkContract {
  const spans = (pairs: readonly (readonly [number, number])[]): readonly Span[] =>
    pairs.map(([first, last]) => ({ first, last }));
  const general = spans(reserved).reduce(without, spans(free));
  const others = general.reduce(without, [{ first: 0, last: 2 ** 40 - 1 }]);
  const areas: Area[] = [
    ...general.map(({ first, last }) => area(first, last, "general")),
    ...others.map(({ first, last }) => area(first, last, "reserved")),
  ];
  return {
    areas,
    seams: areas.map(({ first }) => first),
    fallsBack: false,
    mergesBelow: true,
    chunkCountMax: undefined,
  };
}

function stepsOf(records: readonly LogRecord[]): readonly ChunkLogStep[] {
  const firsts = new Map<number, number>();
  return records.flatMap((record): readonly ChunkLogStep[] => {
    if (record.call === "allocate") return [allocateStep(record, firsts)];
    const step = otherStep(record, firsts);
    return step === undefined ? [] : [{ ...step, reason: undefined }];
  });
}

function allocateStep(record: AllocateRecord, firsts: Map<number, number>): ChunkLogStep {
  const { id, at, n, got = n, err: reason } = record;
  const name = chunkName(id);
  const call: ChunkCall = {
    kind: "acquire",
    name,
    request: requestOf(record),
    count: unitCount(n),
  };
  if (record.outcome === "panic") return { call, answer: { kind: "threw" }, reason };
  if (at === null) return { call, answer: { kind: "refused" }, reason };
  firsts.set(id, at);
  const run = { first: unitNumber(at), count: unitCount(got) };
  return { call, answer: { kind: "acquired", ...run }, reason };
}

function requestOf({ req, start, alignment, first, last }: AllocateRecord): ChunkRequest {
  switch (req) {
    case "any":
      return { kind: "any" };
    case "at":
      return { kind: "at", first: unitNumber(start) };
    case "aligned":
      return { kind: "aligned", align: unitCount(alignment) };
    case "within":
      return { kind: "within", first: unitNumber(first), last: unitNumber(last) };
  }
}

function otherStep(
  record: OtherRecord,
  firsts: Map<number, number>,
): Pick<ChunkLogStep, "call" | "answer"> | undefined {
  switch (record.call) {
    case "drop": {
      const answer = { kind: record.outcome === "deadlock" ? "hung" : "released" } as const;
      return { call: { kind: "release", name: chunkName(record.id) }, answer };
    }
    case "act": {
      if (record.outcome === undefined) return undefined;
      return { call: { kind: "release", name: chunkName(record.id) }, answer: { kind: "hung" } };
    }
    case "split": {
      const [below, above] = [runOf(record.firstRange), runOf(record.secondRange)];
      firsts.set(record.first, below.first).set(record.second, above.first);
      const names = { below: chunkName(record.first), above: chunkName(record.second) };
      const at = unitNumber((firsts.get(record.id) ?? 0) + record.after);
      const call: ChunkCall = { kind: "split", name: chunkName(record.id), at, ...names };
      return { call, answer: { kind: "split", below, above } };
    }
    case "merge": {
      const other = chunkName(record.with);
      const call: ChunkCall = { kind: "merge", name: chunkName(record.id), other };
      const run = runOf(record.range);
      if (record.ok) firsts.set(record.id, run.first);
      return { call, answer: record.ok ? { kind: "merged", ...run } : { kind: "refused" } };
    }
    case "note":
    case "init":
    case "address-of":
      return undefined;
  }
}

/** The units of an inclusive range, which may be empty. */
function runOf([first, last]: Pair): Run {
  if (first === undefined || last === undefined) {
    return { first: unitNumber(0), count: unitCount(0) };
  }
  return { first: unitNumber(first), count: unitCount(last - first + 1) };
}
