/**
 * Measures which promises a subject seems to keep, and proposes them.
 *
 * A measurement is no promise: nothing here is ever judged. It saves its author the reading of the
 * allocator's source, not the decision.
 */
import { type TraceCall, traceCall } from "#spec";
import type { BlockName } from "#units";
import { runCalls } from "../conformance/run.ts";
import { Session } from "../conformance/session.ts";
import type { Promises, Subject } from "../subject/subject.ts";

const MEMORY_BYTES = 65_536;
const SIZES = [1, 3, 7, 8, 9, 15, 16, 17, 24, 31, 33, 63, 65, 100, 127, 129, 200] as const;
const ALIGN_LIMIT = 4096;

/** The promises that `subject` could make, as far as a few dozen calls can tell. */
export async function infer(subject: Subject): Promise<Promises> {
  const bare: Subject = { ...subject, promises: {} };
  const alignDefault = await commonAlignment(bare, 1);
  let alignMax = alignDefault;
  while (alignMax * 2 <= ALIGN_LIMIT && (await honours(subject, alignMax * 2))) alignMax *= 2;
  return {
    alignDefault,
    alignMax,
    zeroSize: await zeroSize(bare),
    reclaims: await reclaims(bare),
  };
}

/** The largest power of two that divides every address given out for requests at `align`. */
async function commonAlignment(subject: Subject, align: number): Promise<number> {
  const starts = await startsOf(subject, align);
  let common = ALIGN_LIMIT;
  while (common > 1 && starts.some((start) => start % common !== 0)) common /= 2;
  return starts.length === 0 ? 1 : common;
}

async function honours(subject: Subject, align: number): Promise<boolean> {
  const promising: Subject = { ...subject, promises: { alignMax: align } };
  const starts = await startsOf(promising, align);
  return starts.length > 1 && starts.every((start) => start % align === 0);
}

async function startsOf(subject: Subject, align: number): Promise<number[]> {
  const session = await Session.open(
    subject,
    { memoryBytes: MEMORY_BYTES, cores: 1 },
    { rules: [] },
  );
  for (const [name, size] of SIZES.entries()) {
    await session.step(traceCall({ kind: "alloc", name: name as BlockName, size, align }));
  }
  const starts: number[] = [];
  session.heap.index.forEach(({ block }) => {
    starts.push(block.start);
  });
  await session.close();
  return starts;
}

async function zeroSize(subject: Subject): Promise<"block" | "refused" | "any"> {
  const two = [0, 1].map((name) => traceCall({ kind: "alloc", name: name as BlockName, size: 0 }));
  for (const promise of ["refused", "block"] as const) {
    if (await keeps({ ...subject, promises: { zeroSize: promise } }, two)) return promise;
  }
  return "any";
}

async function reclaims(subject: Subject): Promise<boolean> {
  const large = await largestFirst(subject);
  const alloc = (name: number, size: number): TraceCall =>
    traceCall({ kind: "alloc", name: name as BlockName, size });
  const free = (name: number): TraceCall => traceCall({ kind: "dealloc", name: name as BlockName });
  const names = SIZES.map((_, index) => index + 1);
  const calls = [
    alloc(0, large),
    free(0),
    ...SIZES.map((size, index) => alloc(index + 1, size)),
    ...names.filter((name) => name % 2 === 0).map(free),
    ...names.filter((name) => name % 2 === 1).map(free),
    alloc(SIZES.length + 1, large),
  ];
  return large > 0 && (await keeps({ ...subject, promises: { reclaims: true } }, calls));
}

async function keeps(subject: Subject, calls: readonly TraceCall[]): Promise<boolean> {
  const config = { memoryBytes: MEMORY_BYTES, cores: 1 };
  return (await runCalls(subject, config, calls)).violation === undefined;
}

/** The largest request that a fresh heap grants, found by halving. */
async function largestFirst(subject: Subject): Promise<number> {
  let granted = 0;
  let refused = MEMORY_BYTES + 1;
  while (refused - granted > 1) {
    const size = Math.floor((granted + refused) / 2);
    const config = { memoryBytes: MEMORY_BYTES, cores: 1 };
    const session = await Session.open(subject, config, { rules: [] });
    await session.step(traceCall({ kind: "alloc", name: 0 as BlockName, size }));
    if (session.heap.index.size > 0) granted = size;
    else refused = size;
    await session.close();
  }
  return granted;
}
