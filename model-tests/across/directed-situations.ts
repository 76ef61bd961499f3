/**
 * Situations that random calls come to seldom or never, each with the calls that lead to it.
 *
 * The calls are judged like any others. What has to be answered is said where the judge would admit
 * something else as well.
 */
import { perTask, SLAB_CLASS_COUNT, SLAB_SIZE_MAX, type SlabClass, sizeOfSlabClass } from "#impl";
import { type Answer, type TraceCall, traceCall } from "#spec";
import { type BlockName, type CoreId, KERNEL_SPACE, type UnitCount, type UnitNumber } from "#units";
import { Session, type Violation } from "../conformance/session.ts";
import type { Tally } from "../conformance/tally.ts";
import type { MadeCombination } from "../subjects/combination.ts";
import { allocOn, freeOn } from "../workloads/workload.ts";
import { acrossSubject, type Otherwise, type Switching } from "./across-subjects.ts";
import { closingParts } from "./closing-parts.ts";
import { switchingParts } from "./switching-parts.ts";

export interface Situation {
  readonly name: string;
  readonly cores: number;
  readonly memoryBytes: number;
  readonly switching: Switching;
  readonly otherwise?: Otherwise;
  readonly calls: readonly TraceCall[];
  /** How often each mark is reached, on both instances that are made. */
  readonly marks: Readonly<Record<string, number>>;
  /** Rules that are to be put to the test. */
  readonly rules?: readonly string[];
  /** What each call is answered with, where that matters. */
  readonly answers?: readonly Answer["kind"][];
}

const KIB = 1024;
const PAGE_SIZE = 4096;
const [A, B, C, D, E] = [0, 1, 2, 3, 4] as BlockName[] as [
  BlockName,
  BlockName,
  BlockName,
  BlockName,
  BlockName,
];
const SWITCH = traceCall({ kind: "switch" });
const ALWAYS = { memoryBytes: 64 * KIB, switching: "at once" } as const;

export const DIRECTED_SITUATIONS: readonly Situation[] = [
  {
    ...ALWAYS,
    name: "a heap that is opened for a task that nobody knew at the switch",
    cores: 2,
    otherwise: { change: (usual) => ({ ...usual, policy: perTask }) },
    calls: [allocOn(0, A, 100, 8), allocOn(1, B, 100, 8), freeOn(0, B), freeOn(1, A)],
    marks: { "combination.heap-opened-late": 1, "combination.freed-by-another": 2 },
    answers: ["placed", "placed", "released", "released"],
  },
  {
    name: "a switch that is declined for want of pages, and one call after it",
    cores: 2,
    memoryBytes: 64 * KIB,
    switching: "when told",
    otherwise: {
      change: (usual) => ({ ...usual, heap: (key) => ({ ...usual.heap(key), firstPages: 500 }) }),
    },
    calls: [allocOn(0, A, 100, 8), SWITCH, allocOn(1, B, 100, 8), freeOn(1, A), freeOn(0, B)],
    marks: { "combination.switch-failed": 1 },
    answers: ["placed", "rejected", "placed", "released", "released"],
  },
  {
    ...ALWAYS,
    name: "a place among the pages of the heaps that somebody else has",
    cores: 1,
    otherwise: { onMade: occupyNextPage },
    calls: [allocOn(0, A, 8000, 8), allocOn(0, B, 8000, 8), freeOn(0, A), freeOn(0, B)],
    marks: { "combination.place-passed-over": 2 },
    answers: ["placed", "placed", "released", "released"],
  },
  {
    ...ALWAYS,
    name: "a heap that is closed, whose page another takes, and that is opened again",
    cores: 2,
    otherwise: { onMade: closingParts },
    calls: [
      allocOn(1, A, 100, 8),
      traceCall({ kind: "close", core: 1, entity: 1 }),
      freeOn(0, A),
      traceCall({ kind: "close", core: 1, entity: 1 }),
      allocOn(1, B, 100, 8),
      freeOn(0, B),
    ],
    marks: { "combination.heap-closed": 1, "combination.heap-opened-late": 1 },
    answers: ["placed", "rejected", "released", "released", "placed", "released"],
  },
  {
    name: "blocks that are placed and freed by every core while one of them switches",
    cores: 4,
    memoryBytes: 64 * KIB,
    switching: "when told",
    otherwise: { onMade: (made) => switchingParts(made, 3) },
    calls: [
      ...[A, B, C, D].map((name, core) => allocOn(core, name, 200, 8)),
      ...[D, A, B, C].map((name, core) => freeOn(core, name)),
      allocOn(1, E, 9000, 16_384),
      SWITCH,
      freeOn(2, E),
    ],
    marks: { "combination.freed-while-switching": 4, "combination.switched": 1 },
    answers: [
      ...["placed", "placed", "placed", "placed"],
      ...["released", "released", "released", "released"],
      ...["placed", "released", "released"],
    ] as Answer["kind"][],
  },
  {
    ...ALWAYS,
    name: "requests at the edge of the largest class, and alignments beyond a slab page",
    cores: 2,
    calls: [
      ...[8167, 8168, 8169].map((size, name) => allocOn(0, name as BlockName, size, 8)),
      ...[4096, 8192, 16_384].map((align, step) => allocOn(1, (step + 3) as BlockName, 8, align)),
      ...names(6).map((name) => freeOn(name % 2, name)),
    ],
    marks: { "combination.large-placed": 3, "combination.large-freed": 3 },
  },
  {
    ...ALWAYS,
    name: "a page that is a page of every class in turn",
    cores: 1,
    otherwise: {
      change: (usual) => ({ ...usual, heap: (key) => ({ ...usual.heap(key), firstPages: 1 }) }),
    },
    calls: Array.from({ length: SLAB_CLASS_COUNT }, (_, step) => {
      const index = ((step + 1) % SLAB_CLASS_COUNT) as SlabClass;
      const name = step as BlockName;
      return [allocOn(0, name, sizeOfSlabClass(index), 8), freeOn(0, name)];
    }).flat(),
    marks: { "zone.class-exchanged": SLAB_CLASS_COUNT },
  },
  {
    name: "pages that the initial heap lent, and more empty ones than their heap keeps",
    cores: 1,
    memoryBytes: 1024 * KIB,
    switching: "at once",
    calls: [
      ...names(40).map((name) => allocOn(0, name, SLAB_SIZE_MAX, 8)),
      ...names(40).map((name) => freeOn(0, name)),
    ],
    marks: { "combination.page-lent": 32, "combination.page-taken-back": 18 },
  },
  {
    ...ALWAYS,
    name: "memory that is used up, is freed by another core, and is granted again as at first",
    cores: 2,
    calls: [
      ...names(60).map((name) => allocOn(0, name, 20_000, 4096)),
      ...names(60).map((name) => freeOn(1, name)),
      allocOn(0, 60 as BlockName, 20_000, 4096),
      freeOn(0, 60 as BlockName),
    ],
    marks: { "request refused": 41, "heap emptied": 2 },
    rules: ["reclaims-everything"],
  },
];

/** Makes the calls of a situation under the judge, every byte watched. */
export async function judgedSituation({
  cores,
  memoryBytes,
  switching,
  otherwise,
  calls,
}: Situation): Promise<{
  readonly tally: Tally;
  readonly violation: Violation | undefined;
  readonly answers: readonly Answer["kind"][];
}> {
  const subject = acrossSubject(cores, switching, otherwise);
  const session = await Session.open(subject, { memoryBytes, cores }, { policy: "sweep" });
  const answers: Answer["kind"][] = [];
  for (const call of calls) {
    const step = await session.step(call);
    answers.push(session.answer?.kind ?? "threw");
    if (step === "violated") break;
  }
  if (session.violation === undefined) session.sweep();
  await session.close();
  const { tally, violation } = session;
  return { tally, violation, answers };
}

function names(count: number): readonly BlockName[] {
  return Array.from({ length: count }, (_, name) => name as BlockName);
}

/** Maps the pages that the heaps would be given next, for somebody else. */
function occupyNextPage({ machine, heap }: MadeCombination): object {
  const area = heap.system?.area;
  if (area === undefined) return {};
  const first = (area.startOf(area.freshPage()) / PAGE_SIZE) as UnitNumber;
  const rights = { isWritable: true, isExecutable: false };
  const request = { kind: "at", first } as const;
  machine.alone(machine.map(KERNEL_SPACE, request, 1 as UnitCount, rights));
  machine.interrupt(0 as CoreId);
  return {};
}
