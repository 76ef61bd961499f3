/**
 * The spans of a class with room, a doubly linked list: the writes that put a span into it and take
 * one out.
 *
 *     first ──► span ──next──► span ──next──► span ──► none
 *     none  ◄── span ◄previous─ span ◄previous─ span
 *
 * Each function is given the first span of the class, or `NONE`, and answers the one that is first
 * from then on. The lists of all classes lie in the same two columns, since a span is in one of
 * them at most; only the cells of the span and of its neighbours are written.
 *
 * Nothing loops here, so for lists of any length it is proved what each of them does.
 */
import { assert } from "#support";
import type { Column } from "../memory/column.ts";
import { NONE, type SpanNumber } from "./span-number.ts";

/** Puts `span`, which is in no list, in front of `first`. */
export function linkSpan(
  next: Column,
  previous: Column,
  first: SpanNumber,
  span: SpanNumber,
): SpanNumber {
  assert(first !== span, "a span is linked once");
  next.write(span, first);
  previous.write(span, NONE);
  if (first !== NONE) previous.write(first, span);
  return span;
}

/** Takes `span` out of the list that begins with `first`. */
export function unlinkSpan(
  next: Column,
  previous: Column,
  first: SpanNumber,
  span: SpanNumber,
): SpanNumber {
  const after = next.read(span);
  const before = previous.read(span);
  assert((before === NONE ? first : next.read(before)) === span, "an unlinked span was linked");

  if (after !== NONE) previous.write(after, before);
  if (before === NONE) return after;
  next.write(before, after);
  return first;
}
