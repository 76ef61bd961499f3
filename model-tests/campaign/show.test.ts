import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { traceCall } from "#spec";
import { address, blockName } from "#units";
import { UnusableSubject } from "../subject/contract.ts";
import type { Subject } from "../subject/subject.ts";
import { blockSubject } from "../subjects/reference.ts";
import { formatTrace } from "../trace/format-trace.ts";
import { formatMachineTrace } from "../trace/machine-trace.ts";
import { showTrace } from "./show.ts";

const [a, b] = [blockName(0), blockName(1)];

const TRACE = {
  version: 1,
  config: { memoryBytes: 4096, cores: 1 },
  calls: [
    traceCall({ kind: "alloc", name: a, size: 64, align: 8 }),
    traceCall({ kind: "alloc", name: b, size: 8, align: 8 }),
    traceCall({ kind: "dealloc", name: a }),
  ],
} as const;

/** Places every block where the first one is. */
const overlapping: Subject = {
  name: "overlapping",
  create: () => ({ alloc: () => 64, dealloc: () => {}, extent: () => [{ start: 64, size: 128 }] }),
};

const HANGING = `let next = 64;
export default { name: "hanging", create: () => ({
  alloc: (size) => { next += size; return next - size; }, dealloc() { for (;;); } }) };`;

test("a trace that breaks a rule ends with the offending call, and says what is not shown", async () => {
  const { html, rule, calls, listed } = await showTrace({ trace: TRACE, subject: overlapping });

  expect([rule, calls, listed]).toEqual(["live-blocks-disjoint", 3, 2]);
  expect(html).toContain("1 call of the trace come after the broken rule and are not shown");
});

test("a trace that breaks none is shown to its end", async () => {
  const { rule, listed } = await showTrace({ trace: TRACE, subject: blockSubject });

  expect([rule, listed]).toEqual([undefined, 3]);
});

test("without a subject the recorded answers are shown, and the page says so", async () => {
  const answers = [
    { kind: "placed", address: address(64) },
    { kind: "placed", address: address(96) },
    { kind: "released" },
  ] as const;
  const verdict = { rejected: "live-blocks-disjoint", at: 1 };
  const trace = { ...TRACE, answers, verdict, subject: "./gone.mjs" };

  const { html, source, unasked, listed } = await showTrace({ trace });

  expect([source, unasked, listed]).toEqual(["recorded answers", "there is no file ./gone.mjs", 2]);
  expect(html).toContain("No subject was asked");
  expect(html).toContain('"start":96');
});

test("without a subject and without answers there is one sentence", async () => {
  const shown = showTrace({ trace: formatTrace({ ...TRACE, subject: "./gone.mjs" }) });

  await expect(shown).rejects.toThrow(
    new UnusableSubject(
      "there is no file ./gone.mjs, and no answers are recorded in the trace: name a subject",
    ),
  );
});

test("the same trace gives the same bytes, of a heap and of a machine", async () => {
  const machine = formatMachineTrace({
    subject: "plain-machine",
    config: { frameCount: 12 },
    calls: [
      { call: "space", id: 0 },
      { call: "start", core: 0, space: 0 },
    ],
  });

  const heaps = [1, 2].map(() => showTrace({ trace: TRACE, subject: blockSubject }));
  const machines = [1, 2].map(() => showTrace({ trace: machine }));

  const [first, second, third, fourth] = await Promise.all([...heaps, ...machines]);
  expect(first?.html).toBe(second?.html);
  expect(third?.html).toBe(fourth?.html);
  expect(third?.html).toContain("Frames at this step");
});

test("a call that never ends is the last of its page", async () => {
  const directory = mkdtempSync(join(tmpdir(), "ariadne-show-"));
  writeFileSync(join(directory, "hanging.mjs"), HANGING);
  const trace = formatTrace({ ...TRACE, rule: "call-terminates" });

  const shown = await showTrace({ trace, subject: "./hanging.mjs", directory, callTimeoutMs: 100 });
  rmSync(directory, { recursive: true });

  expect([shown.rule, shown.listed]).toEqual(["call-terminates", 3]);
  expect(shown.html).toContain('["dealloc a","does not return"]');
});
