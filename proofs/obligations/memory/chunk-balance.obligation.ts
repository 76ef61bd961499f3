/** A turn of the tree of chunks: it is balanced again, and knows the longest chunk as before. */
import { heightOver, isTooHigh, longestOver, turnsTwice } from "#impl";
import type { UnitCount } from "#units";
import { assume } from "../assume.ts";

/** Far more than any tree is high. */
const HEIGHT_MAX = 2 ** 20;

/**
 * Where one turn is enough, siblings differ in height by 1 at most afterwards, and the whole is as high
 * as it was or 1 lower.
 *
 * @proves plan-turn
 */
export function oneTurnBalances(outer: number, inner: number, sibling: number): boolean {
  const upper = heightOver(outer, inner);
  assume(outer <= HEIGHT_MAX && inner <= HEIGHT_MAX && sibling <= HEIGHT_MAX);
  assume(areBalanced(outer, inner) && upper === sibling + 2);
  assume(isTooHigh(upper, sibling) && !turnsTwice(inner, outer));
  const node = heightOver(inner, sibling);
  const top = heightOver(outer, node);
  const before = heightOver(upper, sibling);
  const isAsHigh = top === before || top === before - 1;
  return areBalanced(inner, sibling) && areBalanced(outer, node) && isAsHigh;
}

/**
 * Where two turns are needed, siblings differ in height by 1 at most afterwards, and the whole is 1
 * lower than it was; `left` and `right` are the heights of the children of the inner one.
 *
 * @proves plan-turn
 */
export function twoTurnsBalance(
  outer: number,
  left: number,
  right: number,
  sibling: number,
): boolean {
  const inner = heightOver(left, right);
  const upper = heightOver(outer, inner);
  assume(outer <= HEIGHT_MAX && left <= HEIGHT_MAX && right <= HEIGHT_MAX);
  assume(areBalanced(left, right) && areBalanced(outer, inner) && upper === sibling + 2);
  assume(isTooHigh(upper, sibling) && turnsTwice(inner, outer));
  const lower = heightOver(outer, left);
  const node = heightOver(right, sibling);
  const areParts = areBalanced(outer, left) && areBalanced(right, sibling);
  const isLower = heightOver(lower, node) === heightOver(upper, sibling) - 1;
  return areParts && areBalanced(lower, node) && isLower;
}

/**
 * A node is turned twice exactly if one turn would leave the heights of siblings more than 1 apart.
 *
 * @proves plan-turn
 */
export function turnedTwiceWhereOnceIsNotEnough(
  outer: number,
  inner: number,
  sibling: number,
): boolean {
  const upper = heightOver(outer, inner);
  assume(areBalanced(outer, inner) && upper === sibling + 2);
  const node = heightOver(inner, sibling);
  return turnsTwice(inner, outer) !== (areBalanced(inner, sibling) && areBalanced(outer, node));
}

/**
 * A node is turned exactly if the heights of its children differ by more than 1.
 *
 * @proves plan-turn
 */
export function turnedWhereNotBalanced(left: number, right: number): boolean {
  const isTurned = isTooHigh(left, right) || isTooHigh(right, left);
  return isTurned !== areBalanced(left, right) && !(isTooHigh(left, right) && left < right);
}

/**
 * A turn changes who is above whom, and not the longest chunk of all: `node` and `upper` are the units of
 * the two chunks that are turned, the others the longest below them.
 *
 * @proves plan-turn
 */
export function turnKeepsTheLongest(
  node: UnitCount,
  upper: UnitCount,
  outer: UnitCount,
  inner: UnitCount,
  sibling: UnitCount,
): boolean {
  const before = longestOver(node, longestOver(upper, outer, inner), sibling);
  const after = longestOver(upper, outer, longestOver(node, inner, sibling));
  return before === after;
}

/**
 * The longest chunk below a node is one of the three that it can be, and no other is longer.
 *
 * @proves plan-turn
 */
export function longestIsOne(count: UnitCount, left: UnitCount, right: UnitCount): boolean {
  const longest = longestOver(count, left, right);
  const isOne = longest === count || longest === left || longest === right;
  return isOne && longest >= count && longest >= left && longest >= right;
}

/** Whether two heights differ by 1 at most. */
function areBalanced(one: number, other: number): boolean {
  return one <= other + 1 && other <= one + 1;
}
