/**
 * What a node of the tree of chunks says of what is below it, and when it is turned.
 *
 *     one turn          node              upper           if the outer child of upper is no lower
 *                      ┌─┴─┐             ┌──┴──┐          than the inner one
 *                   upper  c     ►    outer   node
 *                   ┌─┴─┐                    ┌─┴─┐
 *                outer inner              inner  c
 *
 *     two turns         node              inner           if the inner one is higher: it is first
 *                      ┌─┴─┐             ┌──┴──┐          put above upper, and then above node
 *                   upper  c     ►    upper   node
 *                   ┌─┴─┐             ┌─┴─┐   ┌─┴─┐
 *                outer inner       outer  l   r   c
 *                      ┌─┴─┐
 *                      l   r
 *
 * Drawn is the left side; the right one is its mirror image. Only numbers are here, so that it is
 * proved for all heights that a turn leaves the heights of siblings 1 apart at most.
 */
import type { UnitCount } from "#units";

/** The height of a node over children of these heights. */
export function heightOver(left: number, right: number): number {
  return 1 + Math.max(left, right);
}

/** The longest chunk at or below a node with `count` units, over children with these longest ones. */
export function longestOver(count: UnitCount, left: UnitCount, right: UnitCount): UnitCount {
  return Math.max(count, Math.max(left, right)) as UnitCount;
}

/** Whether a child is so much higher than its sibling that the node has to be turned. */
export function isTooHigh(child: number, sibling: number): boolean {
  return child > sibling + 1;
}

/** Whether the inner child of the one that is too high has to be turned up first. */
export function turnsTwice(inner: number, outer: number): boolean {
  return inner > outer;
}
