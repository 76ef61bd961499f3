/** Tells what is wrong with an answer of a log: the call, the facts in numbers, and the blocks around it. */
import type { Answer, TraceCall } from "#spec";
import { type Address, type ByteCount, type Range, virtualText } from "#units";
import { rangeText } from "../conformance/explain.ts";
import { blocksWithin, type LogJudge } from "../conformance/log-judge.ts";
import type { Story } from "../conformance/story.ts";
import type { TraceAnswer } from "../trace/answer-record.ts";
import { nameText } from "../trace/name-text.ts";

export interface LogStory {
  readonly call: TraceCall;
  readonly answer: TraceAnswer;
  readonly facts: readonly string[];
  /** The blocks that the answer meets, for a map of the heap. */
  readonly story: Story;
}

const BLOCKS_MAX = 4;
const MARGIN = 64;

/** What is wrong with `answer` to `call`, which `judge` has just rejected. */
export function logStory(judge: LogJudge, call: TraceCall, answer: TraceAnswer): LogStory {
  const { state, index } = judge;
  const held = index.has(call.name) ? index.at(call.name) : undefined;
  const start = answer.kind === "placed" ? answer.address : (held?.start ?? 0);
  const size = answer.kind === "usable" ? answer.bytes : call.size;
  const isSpot = answer.kind === "placed" || answer.kind === "usable";
  const met = isSpot ? blocksWithin(index, start, size, call.name).slice(0, BLOCKS_MAX) : [];

  const facts: string[] = [];
  for (const row of met) {
    const block = index.blockAt(row);
    const { line } = index.placeAt(row);
    const end = Math.min(start + Math.max(1, size), block.start + block.reach);
    const shared = end - Math.max(start, block.start);
    const own = `${nameText(call.name)} ${rangeText(start, size)}`;
    const other = `${nameText(block.name)} ${rangeText(block.start, block.reach)}`;
    facts.push(`${own} shares ${shared} bytes with ${other}, placed in line ${line}`);
  }
  const align = Math.max(call.align, state.contract.alignDefault);
  if (answer.kind === "placed" && start % align !== 0) {
    facts.push(`${virtualText(answer.address)} is ${start % align} above a multiple of ${align}`);
  }
  if (answer.kind === "usable" && held !== undefined && answer.bytes < held.size) {
    facts.push(`${held.size} bytes were asked for, and ${answer.bytes} are said usable`);
  }
  const { extent } = state;
  const isInside = extent.some(
    (part) => part.start <= start && start + size <= part.start + part.size,
  );
  if (isSpot && extent.length > 0 && !isInside) {
    const whole = extent.map((part) => rangeText(part.start, part.size)).join(", ");
    facts.push(`${rangeText(start, size)} is not within ${whole}`);
  }
  const blocks = met.map((row) => {
    const { name, start: from, reach } = index.blockAt(row);
    return { name, start: from as number, size: reach as number, since: index.placeAt(row).at };
  });
  const placed = answer.kind === "placed" ? { start, size: Math.max(1, size) } : undefined;
  const stretch = stretchOf(blocks, placed);
  const answers = answer.kind === "switched" ? [] : [answer satisfies Answer];
  return { call, answer, facts, story: { answers, blocks, extent: stretch, placed, facts } };
}

/** What a map of `blocks` and `placed` shows: their bytes and a few around them. */
function stretchOf(blocks: Story["blocks"], placed: Story["placed"]): readonly Range[] {
  const spots = placed === undefined ? blocks : [...blocks, placed];
  if (blocks.length === 0) return [];
  const start = Math.max(0, Math.min(...spots.map((spot) => spot.start)) - MARGIN);
  const end = Math.max(...spots.map((spot) => spot.start + spot.size)) + MARGIN;
  return [{ start: start as Address, size: (end - start) as ByteCount }];
}
