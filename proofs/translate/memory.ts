/**
 * Memory of unknown content: what a theorem's parameter of type `Memory` stands for.
 *
 * A word is a function of its address. Of the words at the beginning nothing is known but that each
 * is a number from 0 to 2^32 - 1; what is written since is a list, and a read goes through it:
 *
 *     written   [ a := v, if P ]  [ b := w, if Q ]
 *     read c    if Q and c = b then w, else if P and c = a then v, else the word at the beginning
 *
 * `P` and `Q` say which way the evaluation went to that write: an `if` is read branch by branch, so
 * a write of the one branch is in the list when the other is read, and is not done there. Addresses
 * need not be told apart to be written: whether `c` is `a` is the solver's question.
 *
 * A claim about all elements is read when it is made and again for each element, long after. It reads
 * memory as it was when it was made, and nothing is written inside of it: how often and in which
 * order it is asked is not said.
 *
 * What would throw is owed: a word that is not in memory or not at a multiple of 4, and a value that
 * no word holds. Bytes that are filled or copied are known as whole words only: a word of which a
 * part is filled is a word of which nothing is known.
 */
import type { Type } from "ts-morph";
import { NotModelled } from "./dialect.ts";
import { LARGEST } from "./double.ts";
import { noteRange } from "./known-range.ts";
import type { Numbers } from "./number-mode.ts";
import {
  and,
  apply,
  arithmetic,
  equal,
  ifThenElse,
  integer,
  type Term,
  widened,
  widthOf,
} from "./term.ts";
import {
  numberOf,
  owe,
  type Place,
  termValue,
  UNDEFINED,
  type Value,
  type Values,
  type Write,
} from "./value.ts";

type Words = (address: Term) => Term;

/** A word that changed as a whole; `unknown` is any word. */
type Whole = (address: Term, before: Words, unknown: Term) => Term;

const WORD_SIZE = integer(4);
const WORD_MAX = integer(2 ** 32 - 1);
const BYTE_MAX = integer(255);
const BYTES_OF_WORD = integer(0x01010101);
const ZERO = integer(0);
const WORDWISE = "write its words, or state it in a theorem of integers";

/** Whether `type` is the door to memory. */
export function isMemoryType(type: Type): boolean {
  const symbol = type.getSymbol();
  const [declaration] = symbol?.getDeclarations() ?? [];
  const isInDoor = declaration?.getSourceFile().getFilePath().endsWith("/impl/memory/memory.ts");
  return isInDoor === true && symbol?.getName() === "Memory";
}

/** Memory named `name`, in one reading of numbers; what its type says of it is added to `facts`. */
export function memoryValue(name: string, facts: Term[], numbers: Numbers): Value {
  const addressSort = numbers.sortFor(0, Number.MAX_SAFE_INTEGER);
  const wordSort = numbers.sortFor(0, 2 ** 32 - 1);
  const start = apply(addressSort, `${name}.start`);
  const size = apply(addressSort, `${name}.size`);
  /** The exact sum: addresses are owed to be in memory, where sums are safe integers. */
  const plus = (left: Term, right: Term): Term => numbers.exactly("+", left, right);
  const isMultiple = (term: Term, of: number): Term =>
    equal(numbers.remainderExactly(term, numbers.constant(of)), ZERO);
  facts.push(isAtMost(ZERO, start), isMultiple(start, 8), isAtMost(ZERO, size));
  facts.push(isMultiple(size, 4), isAtMost(plus(start, size), LARGEST));
  noteRange(start, 0, Number.MAX_SAFE_INTEGER);
  noteRange(size, 0, Number.MAX_SAFE_INTEGER);

  const width = widthOf(start);
  const asAddress = (term: Term): Term => (width === undefined ? term : widened(term, width));
  const known = new Set<Term>();
  /** The word that the unknown function `content` has for `address`. */
  const unknownWord = (content: string, address: Term): Term => {
    const word = apply(wordSort, content, asAddress(address));
    if (!known.has(word)) facts.push(isAtMost(ZERO, word), isAtMost(word, WORD_MAX));
    noteRange(word, 0, 2 ** 32 - 1);
    known.add(word);
    return word;
  };
  const wordAt = (address: Term, { writes }: Place): Term =>
    writes
      .filter(({ memory }) => memory === name)
      .reduce<Words>(
        (before, { after }) =>
          (each) =>
            after(each, before),
        (each) => unknownWord(`${name} word`, each),
      )(address);
  const write = (place: Place, after: Write["after"]): Value => {
    if (Object.isFrozen(place.writes)) {
      throw new NotModelled(`${name} is written inside of a claim: write first, then claim`);
    }
    place.writes.push({
      memory: name,
      after: (address, before) => {
        // Both ways lead to the word before: asked for once, or a read would double with each write.
        const old = before(address);
        const known: Words = (each) => (each === address ? old : before(each));
        return ifThenElse(place.branch, after(address, known), old);
      },
    });
    return UNDEFINED;
  };
  /** Gives the words from `from` on what `whole` says, and those of which only a part is any. */
  const writeBytes = (place: Place, from: Term, count: Term, whole: Whole): Value => {
    if (width !== undefined)
      throw new NotModelled(`${name} is filled or copied in bits: ${WORDWISE}`);
    const content = `${name} bytes ${place.keys.next()}`;
    const end = plus(from, count);
    return write(place, (address, before) => {
      const unknown = unknownWord(content, address);
      const isTouched = and(isBelow(from, plus(address, WORD_SIZE)), isBelow(address, end));
      const isWhole = and(isAtMost(from, address), isAtMost(plus(address, WORD_SIZE), end));
      const touched = ifThenElse(isWhole, whole(address, before, unknown), unknown);
      return ifThenElse(isTouched, touched, before(address));
    });
  };
  const oweInside = (place: Place, from: Term, count: Term): void => {
    owe(place, isAtMost(ZERO, count));
    owe(place, isAtMost(start, from));
    owe(place, isAtMost(plus(from, count), plus(start, size)));
  };
  const oweWord = (place: Place, address: Term): void => {
    oweInside(place, address, WORD_SIZE);
    owe(place, isMultiple(address, 4));
  };

  const members = {
    start: termValue(start),
    size: termValue(size),
    readWord: member(1, (place, address) => {
      oweWord(place, address);
      return termValue(wordAt(address, place));
    }),
    writeWord: member(2, (place, address, value) => {
      oweWord(place, address);
      owe(place, and(isAtMost(ZERO, value), isAtMost(value, WORD_MAX)));
      return write(place, (other, before) =>
        ifThenElse(equal(other, address), value, before(other)),
      );
    }),
    fill: member(3, (place, from, count, value) => {
      oweInside(place, from, count);
      owe(place, and(isAtMost(ZERO, value), isAtMost(value, BYTE_MAX)));
      return writeBytes(place, from, count, () => arithmetic("*", BYTES_OF_WORD, value));
    }),
    copy: member(3, (place, target, source, count) => {
      oweInside(place, target, count);
      oweInside(place, source, count);
      const by = numbers.exactly("-", source, target);
      return writeBytes(place, target, count, (address, before, unknown) =>
        ifThenElse(isMultiple(by, 4), before(plus(address, by)), unknown),
      );
    }),
  };
  return { kind: "map", fields: new Map(Object.entries(members)) };
}

/** A member that is called with `count` numbers. */
function member(
  count: number,
  body: (place: Place, ...numbers: [Term, Term, Term]) => Value,
): Value {
  const call = (operands: Values, place: Place): Value => {
    const numbers = operands.map((operand) => numberOf(operand, place));
    if (numbers.length !== count) throw new NotModelled("memory is asked with other arguments");
    return body(place, ...(numbers as [Term, Term, Term]));
  };
  return { kind: "function", call };
}

function isAtMost(left: Term, right: Term): Term {
  return arithmetic("<=", left, right);
}

function isBelow(left: Term, right: Term): Term {
  return arithmetic("<", left, right);
}
