/** A set of classes as one word: what is in it, what comes and goes, and whose turn it is. */
import { classAfter, hasClass, type SlabClass, withClass, withoutClass } from "#impl";
import type { Word32 } from "#units";
import { assume } from "../assume.ts";

/**
 * A class that is put into a set is in it, and one that is taken out is not; of every other class it is the
 * same as before, and the set stays a word.
 *
 * @proves class-bits, zone-lists
 * @mode bits
 */
export function classesComeAndGoAlone(word: Word32, index: SlabClass, other: SlabClass): boolean {
  const more = withClass(word, index);
  const less = withoutClass(word, index);
  const isMore = hasClass(more, other) === (other === index || hasClass(word, other));
  const isLess = hasClass(less, other) === (other !== index && hasClass(word, other));
  return isMore && isLess && 0 <= more && more < 2 ** 32 && 0 <= less && less < 2 ** 32;
}

/**
 * The class whose turn it is has what is asked for, and is the first one behind the last whose turn it was,
 * or the first of all: so each comes in its turn.
 *
 * @proves class-bits
 * @mode bits
 */
export function classesTakeTurns(word: Word32, turn: SlabClass, other: SlabClass): boolean {
  assume(word !== 0);
  const next = classAfter(word, turn);
  const isBehind = next > turn;
  const isPassed = isBehind ? turn < other && other < next : other < next || other > turn;
  return hasClass(word, next) && !(isPassed && hasClass(word, other));
}
