/** In which shape functions are asked: what goes in, in which order, and what never does. */
import { expect, test } from "vitest";
import { ENGINE } from "./engine.ts";
import { findAllocator } from "./families.ts";
import { type InstanceCalls, instanceCalls } from "./instance-calls.ts";
import type { ValueType } from "./module-shape.ts";
import { Aborted, Outside } from "./outside.ts";

const ORIGIN = { core: 0, entity: 0 };
const AT = 4096;

interface Asked {
  readonly calls: InstanceCalls;
  readonly outside: Outside;
  readonly marks: string[];
  /** What was asked, as it would be written. */
  readonly log: string[];
}

type Answers = Readonly<
  Record<string, readonly [params: number, answer: (...args: number[]) => number]>
>;

/** An instance of 64 pages at most, with such exports. */
function asked(answers: Answers, options = {}): Asked {
  const log: string[] = [];
  const marks: string[] = [];
  const outside = new Outside(64, (mark) => marks.push(mark));
  outside.attach(new ENGINE.Memory({ initial: 2, maximum: 64, shared: false }));
  const results: readonly ValueType[] = ["i32"];
  const functions = new Map(
    Object.entries(answers).map(([name, [count]]) => [
      name,
      { params: Array.from({ length: count }, (): ValueType => "i32"), results },
    ]),
  );
  const exports = Object.fromEntries(
    Object.entries(answers).map(([name, [count, answer]]) => [
      name,
      (...args: number[]) => {
        log.push(`${name}(${args.slice(0, count).join(", ")})`);
        return answer(...args);
      },
    ]),
  );
  const allocator = findAllocator({ functions }, options);
  return { calls: instanceCalls(allocator, exports, outside), outside, marks, log };
}

const at = () => AT;
const C: Answers = { malloc: [1, at], free: [1, at] };

// biome-ignore format: a table is read by its columns.
test.each<readonly [Answers, number, readonly string[]]>([
  [{ ...C, memalign: [2, at] },      64, ["memalign(64, 10)"]],
  [{ ...C, aligned_alloc: [2, at] }, 64, ["aligned_alloc(64, 64)"]],
  [{ ...C, memalign: [2, at] },       8, ["malloc(10)"]],
  [C,                                16, ["malloc(10)"]],
  [C,                                32, []],
  [{ alloc: [2, at], dealloc: [3, at] }, 32, ["alloc(10, 32)"]],
])("%j is asked for ten bytes aligned to %i", (answers, align, expected) => {
  const { calls, log } = asked(answers);

  const answer = calls.alloc(10, align, ORIGIN);

  expect(log).toEqual(expected);
  expect(answer).toBe(expected.length === 0 ? 0 : AT);
});

test("what posix_memalign writes is its answer, unless it answers an error", () => {
  let error = 0;
  const { calls, log, outside } = asked({
    ...C,
    posix_memalign: [
      3,
      (place = 0) => {
        outside.setWord(place, 8192);
        return error;
      },
    ],
  });

  const granted = calls.alloc(10, 64, ORIGIN);
  error = 12;
  const refused = calls.alloc(10, 64, ORIGIN);

  expect([granted, refused]).toEqual([8192, 0]);
  expect(log).toEqual([
    "malloc(8)",
    "posix_memalign(4096, 64, 10)",
    "posix_memalign(4096, 64, 10)",
  ]);
});

// biome-ignore format: a table is read by its columns.
test.each<readonly [Answers, object, readonly string[]]>([
  [{ ...C, realloc: [2, at] },                                               {}, ["realloc(4096, 20)", "free(4096)"]],
  [{ ...C, my_realloc: [3, at] },                                            { realloc: "my_realloc" }, ["my_realloc(4096, 10, 20)", "free(4096)"]],
  [{ alloc: [2, at], dealloc: [3, at], realloc: [4, at] },                   {}, ["realloc(4096, 10, 8, 20)", "dealloc(4096, 10, 8)"]],
  [{ __wbindgen_malloc: [2, at], __wbindgen_free: [3, at], __wbindgen_realloc: [4, at] }, {}, ["__wbindgen_realloc(4096, 10, 20, 8)", "__wbindgen_free(4096, 10, 8)"]],
  [{ alloc: [1, at], dealloc: [2, at], realloc: [3, at] },                   {}, ["realloc(4096, 10, 20)", "dealloc(4096, 10)"]],
])("%j with %j is told of a block what it wants to know", (answers, options, expected) => {
  const { calls, log } = asked(answers, options);

  calls.realloc?.(AT, 10, 8, 20, ORIGIN);
  calls.dealloc(AT, 10, 8, ORIGIN);

  expect(log).toEqual(expected);
});

test("zeroes and usable sizes are asked of the functions of C", () => {
  const { calls, log } = asked({ ...C, calloc: [2, at], malloc_usable_size: [1, () => 24] });

  calls.allocZeroed?.(10, 1, ORIGIN);

  expect(calls.usableSize?.(AT, ORIGIN)).toBe(24);
  expect(log).toEqual(["calloc(1, 10)", "malloc_usable_size(4096)"]);
});

test("a request that cannot be said in 32 bits is refused and not asked", () => {
  const { calls, log } = asked({ ...C, realloc: [2, at], calloc: [2, at] });

  const answers = [
    calls.alloc(2 ** 32, 1, ORIGIN),
    calls.allocZeroed?.(2 ** 40, 1, ORIGIN),
    calls.realloc?.(AT, 10, 1, 2 ** 32 + 20, ORIGIN),
  ];

  expect([answers, log]).toEqual([[0, 0, 0], []]);
  expect(calls.alloc(2 ** 32 - 1, 1, ORIGIN)).toBe(AT);
});

// The contract of Rust's allocators has no blocks of no bytes, and none of half of all memory.
test("what the contract of Rust forbids is not asked", () => {
  const { calls, log } = asked({ alloc: [2, at], dealloc: [3, at], realloc: [4, at] });

  const sizes = [0, 2 ** 31, 2 ** 31 - 15].map((size) => calls.alloc(size, 16, ORIGIN));
  const resized = calls.realloc?.(AT, 10, 16, 2 ** 31 - 15, ORIGIN);

  expect([...sizes, resized, log]).toEqual([0, 0, 0, 0, []]);
  expect(calls.alloc(2 ** 31 - 16, 16, ORIGIN)).toBe(AT);
});

test("an address has no sign", () => {
  const { calls } = asked({ malloc: [1, () => -16], free: [1, at] });

  expect(calls.alloc(10, 1, ORIGIN)).toBe(2 ** 32 - 16);
});

function trapping(message: string): Answers {
  const trap = () => {
    throw message === "unreachable" ? new Error(message) : new Aborted(message);
  };
  return { __alloc: [1, trap], __free: [1, trap], malloc: [1, trap], free: [1, trap] };
}

test("AssemblyScript refuses by a trap, where memory cannot grow by what was asked for", () => {
  const named = { alloc: "__alloc", dealloc: "__free" };
  const short = asked(trapping("unreachable"), named);
  const large = asked(trapping("Allocation too large (tlsf.ts:1:2)"), named);

  expect([short.calls.alloc(62 * 65_536, 1, ORIGIN), large.calls.alloc(1, 1, ORIGIN)]).toEqual([
    0, 0,
  ]);
  expect(short.marks).toEqual(["out of memory told by a trap"]);
  expect(() => short.calls.alloc(1000, 1, ORIGIN)).toThrow("unreachable");
  expect(() => short.calls.dealloc(AT, 62 * 65_536, 1, ORIGIN)).toThrow("unreachable");
});

test("a trap of C is no refusal", () => {
  const { calls } = asked(trapping("unreachable"));

  expect(() => calls.alloc(62 * 65_536, 1, ORIGIN)).toThrow("unreachable");
});

test("a collected block is pinned when it is made, and collections keep up with frees", () => {
  let next = AT;
  const made = () => {
    next += 16;
    return next;
  };
  const none = () => 0;
  const { calls, log } = asked({
    __new: [2, made],
    __pin: [1, none],
    __unpin: [1, none],
    __collect: [0, none],
  });

  const blocks = Array.from({ length: 32 }, () => calls.alloc(10, 1, ORIGIN) as number);
  for (const block of blocks) calls.dealloc(block, 10, 1, ORIGIN);

  expect(log.slice(0, 2)).toEqual(["__new(10, 1)", `__pin(${AT + 16})`]);
  expect(log.slice(64, 70)).toEqual([
    `__unpin(${AT + 16})`,
    `__unpin(${AT + 32})`,
    `__unpin(${AT + 48})`,
    `__unpin(${AT + 64})`,
    "__collect()",
    `__unpin(${AT + 80})`,
  ]);
  expect(log.at(-1)).toBe("__collect()");
});
