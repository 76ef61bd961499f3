/**
 * Walks all free chunks of a pool and compares them with the chunks that its callers hold. Called by
 * tests, never by the pool itself: it costs as much as there are chunks.
 */
import { assert } from "#support";
import type { ChunkPool } from "../memory/chunk-pool.ts";
import { type ChunkNode, NO_CHUNK } from "../memory/chunk-room.ts";
import type { ChunkTree } from "../memory/chunk-tree.ts";
import type { Chunk } from "../memory/free-chunks.ts";

/** Asserts that the tree is sound, that chunks are coalesced, and that with `held` they are all. */
export function auditFreeChunks(pool: ChunkPool, held: readonly Chunk[]): void {
  auditTree(pool.free.tree);
  auditUnits(pool, held);
  assert(pool.heldCount === held.length, "every held chunk brings one node");
  assert(pool.spareNodeCount >= 0, "there is a node for each extent and each held chunk");
  const free = pool.free.chunks().length;
  assert(free <= held.length + pool.layout.extents.length, "a release finds a node");
}

/** Asserts that a tree is balanced and in order, and that its nodes know what is below them. */
export function auditTree(tree: ChunkTree): void {
  const nodes = nodesInOrder(tree);
  assert(nodes.length === tree.size, "every chunk that is counted is in the tree");
  assert(nodes.length <= tree.nodeCount, "every chunk has a row");
  assert(new Set(nodes).size === nodes.length, "a row has one chunk");
  nodes.forEach((node, index) => {
    const left = tree.leftOf(node);
    const right = tree.rightOf(node);
    const next = nodes[index + 1];
    const longest = Math.max(tree.countOf(node), tree.longestOf(left), tree.longestOf(right));
    const heights = [tree.heightOf(left), tree.heightOf(right)] as const;
    assert(tree.countOf(node) > 0, "a chunk has a unit");
    assert(tree.longestOf(node) === longest, "a node knows the longest chunk below it");
    assert(tree.heightOf(node) === 1 + Math.max(...heights), "a node knows its height");
    assert(Math.abs(heights[0] - heights[1]) <= 1, "the heights of siblings differ by 1 at most");
    assert(next === undefined || endOf(tree, node) <= tree.firstOf(next), "chunks are in order");
  });
}

/** Asserts that free and held chunks are the extents, and that no two free ones touch in one. */
function auditUnits(pool: ChunkPool, held: readonly Chunk[]): void {
  const free = pool.free.chunks();
  const { extents } = pool.layout;
  const inOrder = [...free, ...held].sort((one, other) => one.first - other.first);
  let index = 0;
  let end: number = extents[0]?.first ?? 0;
  for (const { first, count } of inOrder) {
    const extent = extents[index];
    assert(extent !== undefined && first === end, "no unit is lost, and none is in two chunks");
    end = first + count;
    assert(end - 1 <= extent.last, "a chunk lies in one extent");
    if (end - 1 < extent.last) continue;
    index += 1;
    end = extents[index]?.first ?? end;
  }
  assert(index === extents.length, "no unit is lost at the end");
  const seams = new Set<number>(extents.map(({ first }) => first));
  free.forEach(({ first, count }, place) => {
    const next = free[place + 1]?.first;
    assert(next !== first + count || seams.has(next), "free chunks do not touch");
  });
}

/** All nodes, in the order of their chunks. */
function nodesInOrder(tree: ChunkTree): readonly ChunkNode[] {
  const nodes: ChunkNode[] = [];
  let visits = 0;
  const visit = (node: ChunkNode): void => {
    if (node === NO_CHUNK) return;
    visits += 1;
    assert(visits <= tree.nodeCount, "a tree has no cycle");
    visit(tree.leftOf(node));
    nodes.push(node);
    visit(tree.rightOf(node));
  };
  visit(tree.root);
  return nodes;
}

function endOf(tree: ChunkTree, node: ChunkNode): number {
  return tree.firstOf(node) + tree.countOf(node);
}
