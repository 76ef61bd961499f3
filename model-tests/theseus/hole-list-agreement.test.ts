import { expect, test } from "vitest";
import { HoleList, PlainMemory } from "#impl";
import type { Answer, Call } from "#spec";
import { address, bytes, type Range } from "#units";
import { goldenLogs } from "./golden-log.ts";

type Place = Range & { readonly align: (Call & { kind: "alloc" })["align"] };

/** What our hole list answers to the calls of a log. */
function answersTo(calls: readonly Call[], list: HoleList): readonly Answer[] {
  const places = new Map<Call["name"], Place>();
  return calls.map((call): Answer => {
    if (call.kind === "alloc") {
      const { size, align } = call;
      const placed = list.alloc(size, align);
      if (!placed.ok) return { kind: "refused" };
      places.set(call.name, { start: placed.value, size, align });
      return { kind: "placed", address: placed.value };
    }
    const place = places.get(call.name);
    if (place !== undefined) list.dealloc(place.start, place.size, place.align);
    return { kind: place === undefined ? "nonsense" : "released" };
  });
}

test.each(["1m-1", "1m-2", "64k-1"])(
  "our hole list gives every answer that the original gave, in log %s",
  (series) => {
    const [log] = goldenLogs(`hole-list-${series}.jsonl.gz`);
    const steps = log?.steps.flatMap((step) => (step.kind === "call" ? [step] : [])) ?? [];
    const size = log?.heapSize ?? 0;
    const extent = { start: address(0), size: bytes(size) };
    const list = new HoleList(new PlainMemory(size), extent);

    const answers = answersTo(
      steps.map(({ call }) => call),
      list,
    );

    expect(steps.length).toBeGreaterThan(25_000);
    expect(answers).toEqual(steps.map(({ answer }) => answer));
    expect(list.holes()).toEqual([extent]);
  },
);
