/**
 * Films the calls of a trace of a heap, or of a system of heaps: makes them once more and notes what
 * each was answered and what changed with it.
 *
 * Of a long trace only the last calls are told, which are those that a reader looks at; the ones before
 * are made as well, and what they left is where the film begins.
 */
import type { TraceCall, TraceConfig } from "#spec";
import { explain } from "../conformance/explain.ts";
import type { FlightRecorder } from "../conformance/flight.ts";
import type { Heap } from "../conformance/heap.ts";
import { Session } from "../conformance/session.ts";
import type { Policy } from "../conformance/witness.ts";
import { answerText, plainCallText } from "../report/story-text.ts";
import type { Subject } from "../subject/subject.ts";
import {
  type Change,
  type Fault,
  FILMED_STEPS_MAX,
  type Film,
  type FilmStep,
  HEAP_THINGS,
} from "./film.ts";
import { PageLens } from "./page-lens.ts";
import { changesBetween, keyOf, type Things, thingsOf } from "./things.ts";

export interface FilmHeapTask {
  readonly config: TraceConfig;
  readonly calls: readonly TraceCall[];
  readonly policy: Policy;
  /** Whether the last call never ends, so that it must not be made. */
  readonly isHung: boolean;
}

/** Films what happens when `subject` is asked the calls of `task`. */
export async function filmHeap(
  subject: Subject,
  { config, calls, policy, isHung }: FilmHeapTask,
  flight?: FlightRecorder,
): Promise<Film> {
  const session = await Session.open(subject, config, { policy });
  const since = new Map<number, number>();
  const before = Math.max(0, calls.length - FILMED_STEPS_MAX);
  const steps: FilmStep[] = [];
  let camera: Camera | undefined;
  for (const [index, call] of calls.entries()) {
    flight?.beat();
    if (index === before) camera = new Camera(session);
    if (isHung && index === calls.length - 1) {
      steps.push([plainCallText(call), answerText({ kind: "hung" })]);
      break;
    }
    const result = await session.step(call);
    const answer = session.violation?.answer ?? session.answer;
    if (result !== "skipped" && answer?.kind === "placed") since.set(call.name, index);
    if (camera !== undefined) {
      const told = result === "skipped" ? "skipped" : answerText(answer);
      steps.push([plainCallText(call), told, ...camera.changes(call)]);
    }
    if (result === "violated") break;
  }
  if (!isHung && session.violation === undefined) session.sweep();
  const fault = faultOf(session, calls[before + steps.length - 1], since);
  await session.close();
  const base = camera === undefined ? [] : camera.base;
  return {
    kind: "heap",
    before,
    base,
    untold: 0,
    steps,
    ...(fault === undefined ? {} : { fault }),
  };
}

/** Sees what a call changed: of blocks only the one that it is about, of pages and extents all. */
class Camera {
  readonly base: readonly Change[];
  readonly #session: Session;
  readonly #blocks = new Map<string, Change>();
  readonly #pages: PageLens;
  #parts: Things;

  constructor(session: Session) {
    this.#session = session;
    for (const [instance, heap] of session.heaps.entries()) {
      heap.index.forEach(({ block }) => {
        const change = blockChange(heap, instance, block, 0);
        this.#blocks.set(keyOf(change), change);
      });
    }
    this.#parts = partsOf(session.heaps);
    this.#pages = new PageLens(session.heap);
    this.base = [...this.#parts.values(), ...this.#pages.base, ...this.#blocks.values()];
  }

  changes(call: TraceCall): readonly Change[] {
    const { heaps } = this.#session;
    const parts = partsOf(heaps);
    const changes = [...changesBetween(this.#parts, parts), ...this.#pages.changes()];
    this.#parts = parts;
    const heap = heaps[call.instance];
    if (heap === undefined) return changes;

    const gone: Change = [HEAP_THINGS.block, call.name];
    const known = this.#blocks.get(keyOf(gone));
    if (!heap.index.has(call.name)) {
      if (known !== undefined) changes.push(gone);
      this.#blocks.delete(keyOf(gone));
      return changes;
    }
    const change = blockChange(heap, call.instance, heap.index.at(call.name), call.core);
    if (JSON.stringify(change) !== JSON.stringify(known)) changes.push(change);
    this.#blocks.set(keyOf(change), change);
    return changes;
  }
}

function blockChange(
  { instance: allocator }: Heap,
  instance: number,
  { name, start, size }: { readonly name: number; readonly start: number; readonly size: number },
  core: number,
): Change {
  return [HEAP_THINGS.block, name, instance, start, size, ownerOf(allocator, start) ?? core];
}

/** The heap that would be asked to free the block at `start`; whoever cannot say that may throw. */
function ownerOf(allocator: Heap["instance"], start: number): number | undefined {
  try {
    const owner = Number(allocator.ownerOf?.(start));
    return Number.isSafeInteger(owner) ? owner : undefined;
  } catch {
    return undefined;
  }
}

function partsOf(heaps: readonly Heap[]): Things {
  const parts = heaps.flatMap(({ state }, instance) =>
    state.extent.map(({ start, size }): Change => [HEAP_THINGS.part, 0, instance, start, size]),
  );
  return thingsOf(parts.map(([kind, , ...fields], index): Change => [kind, index, ...fields]));
}

function faultOf(
  session: Session,
  call: TraceCall | undefined,
  since: ReadonlyMap<number, number>,
): Fault | undefined {
  const { violation } = session;
  if (violation === undefined || call === undefined) return undefined;
  const { rule, answer } = violation;
  const blamed: number[] = answer.kind === "placed" ? [] : [call.name];
  for (const { witness, index } of session.heaps) {
    index.forEach((entry) => {
      if (witness.damageIn(entry) !== undefined) blamed.push(entry.block.name);
    });
  }
  const { name, instance, size } = call;
  const facts = explain(session, call, since);
  const placed =
    answer.kind === "placed" ? { placed: { name, instance, start: answer.address, size } } : {};
  return { rule: rule.name, sentence: rule.claim, facts, blamed, ...placed };
}
