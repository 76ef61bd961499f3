/** Every toy, with the rule that it breaks and the fewest calls in which it can be seen to. */
import type { Subject } from "../subject/subject.ts";
import { amnesicAllocator } from "./amnesic-allocator.ts";
import { contraryAllocator } from "./contrary-allocator.ts";
import { dirtyAllocator } from "./dirty-allocator.ts";
import { dishonestAllocator } from "./dishonest-allocator.ts";
import { entangledAllocator } from "./entangled-allocator.ts";
import { fractionalAllocator } from "./fractional-allocator.ts";
import { hangingAllocator } from "./hanging-allocator.ts";
import { leakyAllocator } from "./leaky-allocator.ts";
import { misalignedAllocator } from "./misaligned-allocator.ts";
import { miscountingAllocator } from "./miscounting-allocator.ts";
import { negativeAllocator } from "./negative-allocator.ts";
import { notANumberAllocator } from "./not-a-number-allocator.ts";
import { overflowingAllocator } from "./overflowing-allocator.ts";
import { overlappingAllocator } from "./overlapping-allocator.ts";
import { scribblingAllocator } from "./scribbling-allocator.ts";
import { spitefulAllocator } from "./spiteful-allocator.ts";
import { sulkingAllocator } from "./sulking-allocator.ts";
import { throwingAllocator } from "./throwing-allocator.ts";
import { timidAllocator } from "./timid-allocator.ts";
import { trespassingAllocator } from "./trespassing-allocator.ts";
import { trustingAllocator } from "./trusting-allocator.ts";
import {
  credulousHeaps,
  desertingHeaps,
  fidgetingHeaps,
  flippingHeaps,
  hoardingHeaps,
  losingHeaps,
  misroutingHeaps,
  reshufflingHeaps,
  robbingHeaps,
  sharingHeaps,
} from "./two-heaps-mutants.ts";
import { zeroSizeAllocator } from "./zero-size-allocator.ts";

export interface Toy {
  /** The only rule that it breaks. */
  readonly rule: string;
  readonly subject: Subject;
  /** The length of the shortest story in which it is caught. */
  readonly calls: number;
  /** Rules that say in other words what `rule` says, and so find it where that one is missing. */
  readonly alsoBreaks?: readonly string[];
  /** A call that never ends can only be judged by another thread. */
  readonly isHanging?: true;
}

export const TOYS: readonly Toy[] = [
  { rule: "call-terminates", subject: hangingAllocator, calls: 2, isHanging: true },
  {
    rule: "call-returns",
    subject: throwingAllocator,
    calls: 2,
    alsoBreaks: ["answer-fits-call"],
  },
  { rule: "answer-fits-call", subject: fractionalAllocator, calls: 1 },
  { rule: "answer-fits-call", subject: notANumberAllocator, calls: 1 },
  { rule: "answer-fits-call", subject: negativeAllocator, calls: 1 },
  { rule: "zero-size-as-promised", subject: zeroSizeAllocator, calls: 1 },
  { rule: "block-in-extent", subject: overflowingAllocator, calls: 1 },
  { rule: "block-aligned", subject: misalignedAllocator, calls: 2 },
  { rule: "live-blocks-disjoint", subject: overlappingAllocator, calls: 2 },
  { rule: "usable-size-honest", subject: dishonestAllocator, calls: 2 },
  { rule: "refusal-justified", subject: timidAllocator, calls: 1 },
  { rule: "refusal-justified", subject: sulkingAllocator, calls: 2 },
  { rule: "reclaims-everything", subject: leakyAllocator, calls: 3 },
  { rule: "live-block-freeable", subject: contraryAllocator, calls: 2 },
  { rule: "misuse-rejected", subject: trustingAllocator, calls: 1 },
  {
    rule: "declined-without-effect",
    subject: spitefulAllocator,
    calls: 2,
    alsoBreaks: ["payload-intact"],
  },
  {
    rule: "payload-intact",
    subject: scribblingAllocator,
    calls: 3,
    alsoBreaks: ["declined-without-effect"],
  },
  { rule: "realloc-keeps-prefix", subject: amnesicAllocator, calls: 3 },
  { rule: "zeroed-is-zero", subject: dirtyAllocator, calls: 3 },
  { rule: "extent-respected", subject: trespassingAllocator, calls: 1 },
  {
    rule: "instances-independent",
    subject: entangledAllocator,
    calls: 2,
    alsoBreaks: ["payload-intact", "declined-without-effect", "realloc-keeps-prefix"],
  },
  { rule: "accounting-exact", subject: miscountingAllocator, calls: 1 },
  {
    rule: "pages-conserved",
    subject: losingHeaps,
    calls: 2,
    alsoBreaks: ["block-routed-home", "live-block-freeable"],
  },
  {
    rule: "page-has-one-owner",
    subject: sharingHeaps,
    calls: 2,
    alsoBreaks: ["pages-conserved"],
  },
  {
    rule: "page-moves-empty",
    subject: robbingHeaps,
    calls: 3,
    alsoBreaks: ["block-routed-home"],
  },
  {
    rule: "block-routed-home",
    subject: misroutingHeaps,
    calls: 2,
    alsoBreaks: ["free-through-own-heap"],
  },
  {
    rule: "switch-keeps-blocks",
    subject: reshufflingHeaps,
    calls: 2,
    alsoBreaks: ["page-moves-empty"],
  },
  { rule: "switch-happens-once", subject: flippingHeaps, calls: 2 },
  { rule: "declined-request-without-effect", subject: fidgetingHeaps, calls: 2 },
  { rule: "room-is-used", subject: hoardingHeaps, calls: 3 },
  {
    rule: "heap-closed-empty",
    subject: desertingHeaps,
    calls: 3,
    alsoBreaks: ["page-moves-empty", "block-routed-home"],
  },
  {
    rule: "free-through-own-heap",
    subject: credulousHeaps,
    calls: 3,
    alsoBreaks: ["live-blocks-disjoint", "live-block-freeable"],
  },
];
