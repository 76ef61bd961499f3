/**
 * What a tree of chunks means: the set of free units, which is all that a caller could ever tell.
 *
 *     tree      { first 2, count 3 }  { first 7, count 1 }
 *     meaning   { 2, 3, 4, 7 }
 *
 * How the units are cut into chunks and where these are in the tree says nothing.
 */
import type { UnitNumber } from "#units";
import { type ChunkNode, NO_CHUNK } from "../memory/chunk-room.ts";
import type { ChunkTree } from "../memory/chunk-tree.ts";

/** The free units that lie in `tree`: only for trees of a few units. */
export function freeUnitsOf(tree: ChunkTree): ReadonlySet<UnitNumber> {
  return new Set(unitsBelow(tree, tree.root));
}

function unitsBelow(tree: ChunkTree, node: ChunkNode): readonly UnitNumber[] {
  if (node === NO_CHUNK) return [];
  const first = tree.firstOf(node);
  const own = Array.from({ length: tree.countOf(node) }, (_, place) => first + place);
  return [
    ...unitsBelow(tree, tree.leftOf(node)),
    ...own.map((unit) => unit as UnitNumber),
    ...unitsBelow(tree, tree.rightOf(node)),
  ];
}
