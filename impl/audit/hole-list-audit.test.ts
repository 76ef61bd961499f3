import { expect, test } from "vitest";
import { InvariantViolation } from "#support";
import { address, alignment, bytes, type Range } from "#units";
import { HoleList } from "../heap/hole-list.ts";
import { PlainMemory } from "../memory/plain-memory.ts";
import { auditHoleList, auditHoles } from "./hole-list-audit.ts";

const range = (start: number, size: number): Range => ({
  start: address(start),
  size: bytes(size),
});

/** Blocks of 32 at 0 and of 24 at 64, a hole of 32 between them. */
function list(): HoleList {
  const list = new HoleList(new PlainMemory(1024), range(0, 1024));
  for (const size of [32, 32, 24]) list.alloc(bytes(size), alignment(8));
  list.dealloc(address(32), bytes(32), alignment(8));
  return list;
}

test("a list whose blocks are all named is in order", () => {
  expect(() => auditHoleList(list(), [range(0, 32), range(64, 23)])).not.toThrow();
});

test.each([
  { blocks: [range(0, 32)], law: "no byte is lost between a hole and a block" },
  { blocks: [range(0, 40), range(64, 24)], law: "live-blocks-disjoint" },
  { blocks: [range(0, 32), range(64, 24), range(64, 16)], law: "live-blocks-disjoint" },
])("a list with blocks that do not fit into it is not: $law", ({ blocks, law }) => {
  expect(() => auditHoleList(list(), blocks)).toThrow(law);
});

test.each([
  { holes: [range(0, 16), range(16, 16)], law: "holes that touch" },
  { holes: [range(32, 16), range(0, 16)], law: "holes that are out of order" },
  { holes: [range(56, 16)], law: "a hole that ends outside of the extent" },
  { holes: [range(0, 8)], law: "a hole that is too small for a header" },
  { holes: [range(4, 16)], law: "a hole between two granules" },
])("$law are seen", ({ holes }) => {
  expect(() => auditHoles(range(0, 64), holes)).toThrow(InvariantViolation);
});
