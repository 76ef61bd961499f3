/** Programs in C, compiled and run against an allocator that keeps every rule and breaks one on demand. */
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type Trace, type TraceCall, traceCall } from "#spec";
import { address, blockName } from "#units";
import { needing } from "../needs/needing.fixture.ts";
import { C_WARNINGS, compilerFor } from "./compiled.ts";
import { exportTrace } from "./export-trace.ts";
import { FAULTY_C } from "./faulty-allocators.fixture.ts";
import { UnsayableTrace } from "./unsayable-trace.ts";

const [a, b, c] = [blockName(0), blockName(1), blockName(2)];
const compiler = compilerFor("c") ?? "";
const needs = needing("a C compiler");
const compiling = test.skipIf(compiler === "");
const CONFIG = { memoryBytes: 4096, cores: 1 };

/** Every call that C can say, but for misuse. */
const CALLS: readonly TraceCall[] = [
  traceCall({ kind: "alloc", name: a, size: 24, align: 8 }),
  traceCall({ kind: "alloc", name: b, size: 40, align: 64 }),
  traceCall({ kind: "usableSize", name: a }),
  traceCall({ kind: "realloc", name: a, size: 300 }),
  traceCall({ kind: "allocZeroed", name: c, size: 33, align: 16 }),
  traceCall({ kind: "dealloc", name: b }),
  traceCall({ kind: "dealloc", name: a }),
];

let folder = "";

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "ariadne-c-"));
  if (compiler === "") return;
  writeFileSync(join(folder, "faulty.c"), FAULTY_C);
  cc(["-c", "faulty.c", "-o", "faulty.o"]);
});

afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

function cc(words: readonly string[]): void {
  const { status, stderr } = spawnSync(compiler, [...C_WARNINGS, ...words], {
    cwd: folder,
    encoding: "utf8",
  });
  expect(stderr).toBe("");
  expect(status).toBe(0);
}

/** The program that makes the calls of `trace` on the allocator whose names begin with `bad_`. */
function built(name: string, trace: Trace, ...words: string[]): string {
  writeFileSync(join(folder, `${name}.c`), exportTrace(trace, "c").text);
  cc([`${name}.c`, "faulty.o", "-DPREFIX=bad_", "-DCALL_SECONDS=1", ...words, "-o", name]);
  return join(folder, name);
}

function run(program: string, fault = ""): { code: number | null; out: string } {
  const { status, stdout } = spawnSync(program, { env: { FAULT: fault }, encoding: "utf8" });
  return { code: status, out: stdout };
}

function breaking(rule: string, calls: readonly TraceCall[], more: Partial<Trace> = {}): Trace {
  const verdict = { rejected: rule, at: calls.length - 1 };
  return { version: 1, config: CONFIG, calls, verdict, ...more };
}

compiling(
  `${needs}where no rule is named any rule decides, and the one that is broken is said`,
  () => {
    const program = built("any", { version: 1, config: CONFIG, calls: CALLS });
    const found = (fault: string): string => {
      const { code, out } = run(program, fault);
      return `${fault}: ${code} ${/ breaks ([\w-]+)/.exec(out)?.[1] ?? out.trim()}`;
    };

    // biome-ignore format: a table is read by its columns.
    expect(["", "refuse", "misplace", "overlap", "scribble", "dirty", "forget", "spoil", "short",
    "far", "crash", "abort", "exit", "decline", "fault", "hang"].map(found)).toEqual([
    ": 0 not reproduced: every rule that is checked here is kept",
    "refuse: 0 not reproduced: every rule that is checked here is kept",
    "misplace: 1 block-aligned",
    "overlap: 1 live-blocks-disjoint",
    "scribble: 1 payload-intact",
    "dirty: 1 zeroed-is-zero",
    "forget: 1 realloc-keeps-prefix",
    "spoil: 1 declined-without-effect",
    "short: 1 usable-size-honest",
    "far: 1 block-in-extent",
    "crash: 1 call-returns",
    "abort: 1 call-returns",
    "exit: 1 call-returns",
    "decline: 1 call-returns",
    "fault: 1 call-returns",
    "hang: 1 call-terminates",
  ]);
  },
);

compiling(`${needs}the rule that the trace broke decides, and another one is told apart`, () => {
  const program = built("disjoint", breaking("live-blocks-disjoint", CALLS));

  expect(run(program).code).toBe(0);
  expect(run(program, "overlap")).toEqual({
    code: 1,
    out: expect.stringMatching(/^reproduced: call 2 \(b = alloc 40 align 64\) breaks live-blocks-/),
  });
  expect(run(program, "scribble")).toEqual({
    code: 2,
    out: expect.stringMatching(/^not decided, another rule is broken: .* breaks payload-intact: /),
  });
});

compiling(
  `${needs}the allocator of the C library keeps the rules, whatever the compiler presumes`,
  () => {
    writeFileSync(join(folder, "libc.c"), exportTrace(breaking("zeroed-is-zero", CALLS), "c").text);
    cc(["-O2", "libc.c", "-o", "libc"]);

    expect(run(join(folder, "libc"))).toEqual({
      code: 0,
      out: "not reproduced: every rule that is checked here is kept\n",
    });
  },
);

compiling(`${needs}a request that was refused without reason has to be granted`, () => {
  const calls = CALLS.slice(0, 2);
  const program = built("refused", breaking("refusal-justified", calls));

  expect(run(program).code).toBe(0);
  expect(run(program, "refuse-second").code).toBe(1);
});

compiling(`${needs}a request of no bytes is judged by the promise that its answer broke`, () => {
  const calls = [traceCall({ kind: "alloc", name: a, size: 0, align: 1 })];
  const answers = [{ kind: "placed", address: address(64) } as const];
  const program = built("zero", breaking("zero-size-as-promised", calls, { answers }));

  expect(run(program).code).toBe(0);
  expect(run(program, "zero").code).toBe(1);
});

compiling(`${needs}an allocator in C declines a free by not returning from it`, () => {
  const program = built("freeable", breaking("live-block-freeable", CALLS));

  expect(run(program).code).toBe(0);
  expect(run(program, "decline").code).toBe(1);
  expect(run(program, "abort").code).toBe(2);
});

compiling(`${needs}misuse is rejected by ending the program on purpose`, () => {
  const calls = [...CALLS, traceCall({ kind: "dealloc", name: a, misuse: "double-free" })];
  const program = built("double", breaking("misuse-rejected", calls));

  expect(run(program)).toEqual({ code: 0, out: "not reproduced: the misuse is rejected\n" });
  expect(run(program, "accept").code).toBe(1);
});

compiling(`${needs}pointers that no allocator handed out are freed for misuse only`, () => {
  const [first] = CALLS.slice(0, 1);
  const foreign = { kind: "dealloc", misuse: "foreign-pointer", address: 64 } as const;
  const interior = { kind: "dealloc", name: a, misuse: "interior-pointer", offset: 16 } as const;
  const codes = [foreign, interior].map((fields, index) => {
    const calls = [first as TraceCall, traceCall(fields)];
    return run(built(`misuse${index}`, breaking("misuse-rejected", calls))).code;
  });

  // The allocator believes what stands before a pointer: zeroes, or what the owner wrote.
  expect(codes).toEqual([0, 1]);
});

compiling(`${needs}an address that satisfies the request and is misaligned shows a promise`, () => {
  const calls = [traceCall({ kind: "alloc", name: a, size: 8, align: 1 })];
  const answers = [{ kind: "placed", address: address(0x44) } as const];
  const program = built("promise", breaking("block-aligned", calls, { answers }));

  expect(run(program).code).toBe(0);
  expect(run(program, "misplace").code).toBe(1);
});

compiling(`${needs}no name of a file gets out of its comment`, () => {
  const names = [
    "*/ int main(void) { return 1; } /*",
    "??/\n#error",
    "\u202e\u2066 \\",
    "/* ' \" */",
  ];
  const [subject = "", name = "", seed = ""] = names;
  const trace = breaking("payload-intact", CALLS, { subject, name, seed });
  const program = built("hostile", { ...trace, subject: `${subject}${names[3]}` });

  expect(run(program).code).toBe(0);
});

test("what a program cannot say is refused with the first call that it cannot", () => {
  const said = (...calls: TraceCall[]) => {
    return () => exportTrace({ version: 1, config: CONFIG, calls: [...CALLS, ...calls] }, "c");
  };
  const misuse = traceCall({ kind: "dealloc", name: b, misuse: "double-free" });

  expect(said(traceCall({ kind: "switch" }))).toThrow(
    new UnsayableTrace("as c, call 8 (switch) is for a system of heaps, and there is one heap"),
  );
  expect(said(traceCall({ kind: "dealloc", name: c, instance: 1 }))).toThrow("another instance");
  expect(said(misuse, misuse)).toThrow("call 8 (dealloc b  (double free)) is misuse");
  expect(said(traceCall({ kind: "allocZeroed", name: blockName(3), size: 1, align: 32 }))).toThrow(
    "asks for zeroes at an alignment",
  );
});

test("a broken alignment that no function of C promises is refused", () => {
  const zeroed = traceCall({ kind: "allocZeroed", name: blockName(3), size: 8, align: 16 });
  const grown = traceCall({ kind: "realloc", name: c, size: 64 });

  expect(() => exportTrace(breaking("block-aligned", [...CALLS, zeroed]), "c")).toThrow(
    "as c, call 8 (d = allocZeroed 8 align 16) asks for an alignment, and calloc in C takes none",
  );
  expect(() => exportTrace(breaking("block-aligned", [...CALLS, grown]), "c")).toThrow(
    "realloc in C",
  );
  expect(exportTrace(breaking("payload-intact", [...CALLS, zeroed]), "c").notes).toEqual([]);
});

test("a rule that no program can check by itself is refused", () => {
  for (const rule of ["accounting-exact", "pages-conserved", "constructor", 'of "*/ others'])
    expect(() => exportTrace(breaking(rule, CALLS), "c")).toThrow("is no rule that a program can");
});

test("cores and entities are left out, and a sidecar has them", () => {
  const calls = CALLS.map((call) => ({ ...call, core: 1 }));
  const { notes, sidecar } = exportTrace(breaking("payload-intact", calls), "c");

  expect(notes).toEqual(["calls whose core or entity is not said: 7"]);
  expect(sidecar).toContain('"core":1');
});
