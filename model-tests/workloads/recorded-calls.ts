/**
 * The calls of a recorded program, as a kernel might have had them.
 *
 * As recorded every alignment is 16, no size is 0, and almost no block is larger than a slab page: so they do not
 * exercise alignment, nor empty requests, nor large blocks. `asInAKernel` makes them do so: sizes 8 times as
 * large, and alignments of which most are a word's, some a cache line's, few a page's.
 */
import { type TraceCall, traceCall } from "#spec";
import type { ChoiceSource } from "../generate/choices.ts";

const SCALE = 8;

/** Of 64 requests so many ask for each alignment. */
const ALIGNMENTS: readonly { readonly align: number; readonly share: number }[] = [
  { align: 8, share: 44 },
  { align: 16, share: 12 },
  { align: 64, share: 6 },
  { align: 4096, share: 1 },
  { align: 16_384, share: 1 },
];

/** `calls`, with a switch after so many of them that `fraction` of all are before it. */
export function withSwitch(calls: readonly TraceCall[], fraction: number): readonly TraceCall[] {
  const before = Math.floor(calls.length * fraction);
  return [...calls.slice(0, before), traceCall({ kind: "switch" }), ...calls.slice(before)];
}

/** `calls` of larger sizes and mixed alignments; one size of 64 is 0. */
export function asInAKernel(
  calls: readonly TraceCall[],
  choices: ChoiceSource,
): readonly TraceCall[] {
  return calls.map((call) => {
    if (call.kind === "dealloc" || call.kind === "switch") return call;
    const size = choices.below(64) === 0 ? 0 : call.size * SCALE;
    return call.kind === "realloc" ? { ...call, size } : { ...call, size, align: drawn(choices) };
  });
}

function drawn(choices: ChoiceSource): number {
  let left = choices.below(64);
  for (const { align, share } of ALIGNMENTS) {
    if (left < share) return align;
    left -= share;
  }
  return 8;
}
