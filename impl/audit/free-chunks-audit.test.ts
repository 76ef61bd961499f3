/** Damages what the audit looks at, one thing at a time, and asks to hear of it. */
import { expect, test } from "vitest";
import { InvariantViolation } from "#support";
import { type UnitCount, unitCount, unitNumber } from "#units";
import { type ChunkLayout, ChunkPool } from "../memory/chunk-pool.ts";
import { ChunkRoom } from "../memory/chunk-room.ts";
import { ChunkTree } from "../memory/chunk-tree.ts";
import { auditFreeChunks, auditTree } from "./free-chunks-audit.ts";

const ONE = 1 as UnitCount;
const RANGE = { first: unitNumber(0), last: unitNumber(99) };
const LAYOUT: ChunkLayout = {
  extents: [RANGE],
  general: [RANGE],
  unreserved: [RANGE],
  fallsBack: false,
};

/** A tree of the chunks 0, 10 … 60, of one unit each, and the room that it is in. */
function planted(): { readonly tree: ChunkTree; readonly room: ChunkRoom } {
  const tree = new ChunkTree(8);
  for (let first = 0; first < 70; first += 10) tree.insert(unitNumber(first), ONE);
  const room = new ChunkRoom(8);
  tree.moveTo(room);
  return { tree, room };
}

test.each<[string, (room: ChunkRoom, root: number) => void]>([
  ["chunks are in order", (room, root) => room.first.fill(65, root, root + 1)],
  ["a chunk has a unit", (room, root) => room.count.fill(0, root, root + 1)],
  ["a node knows the longest chunk below it", (room, root) => room.longest.fill(2, root, root + 1)],
  ["a node knows its height", (room, root) => room.height.fill(9, root, root + 1)],
  ["every chunk that is counted is in the tree", (room, root) => room.left.fill(0, root, root + 1)],
  ["a tree has no cycle", (room, root) => room.left.fill(root, root, root + 1)],
])("a tree in which it is not so that %s is not sound", (claim, damage) => {
  const { tree, room } = planted();
  auditTree(tree);

  damage(room, tree.root);

  expect(() => auditTree(tree)).toThrow(new InvariantViolation(claim));
});

test("a pool whose free and held chunks are not all is not sound", () => {
  const pool = new ChunkPool(LAYOUT);
  const answer = pool.acquire({ kind: "any" }, unitCount(10));
  if (!answer.ok) throw new Error(answer.failure.kind);
  const { first } = answer.value;

  const audit = (count: number) => () =>
    auditFreeChunks(pool, [{ first, count: unitCount(count) }]);

  expect(audit(10)).not.toThrow();
  expect(audit(9)).toThrow(InvariantViolation);
  expect(audit(11)).toThrow(InvariantViolation);
  expect(() => auditFreeChunks(pool, [])).toThrow(InvariantViolation);
});

test("a pool that brought no node for a held chunk is not sound", () => {
  const pool = new ChunkPool(LAYOUT);
  pool.acquire({ kind: "any" }, unitCount(2));

  const parts = [0, 1].map((first) => ({ first: unitNumber(first), count: ONE }));

  expect(() => auditFreeChunks(pool, parts)).toThrow(
    new InvariantViolation("every held chunk brings one node"),
  );
});

test("free chunks that touch are not sound", () => {
  const pool = new ChunkPool(LAYOUT);
  pool.acquire({ kind: "any" }, unitCount(100));
  const last = unitNumber(99);

  pool.free.give(unitNumber(0), ONE, unitNumber(0), unitNumber(0));
  pool.free.give(unitNumber(1), ONE, unitNumber(1), last);

  const held = [{ first: unitNumber(2), count: unitCount(98) }];
  expect(() => auditFreeChunks(pool, held)).toThrow(
    new InvariantViolation("free chunks do not touch"),
  );
});
