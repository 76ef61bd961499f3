/**
 * Reads a record of a trace from its bytes, if it is plain: what nearly all of a million records are.
 *
 * Plain is a call that keeps the contract, or an answer, whose record has the fields of its kind and no other,
 * each once, in any order, texts without escapes and numbers without fractions:
 *
 *     {"t":"call","call":"alloc","id":"a","size":13,"align":1}
 *     {"t":"answer","placed":"0x68"}
 *
 * Whatever else a record may be, JSON and the schema say it; of what is plain they say the same.
 */
import type { TraceCallKind } from "#spec";
import { isAlignment } from "#units";
import type { TraceAnswer } from "./answer-record.ts";
import { type BlockId, blockIdAt } from "./block-id.ts";

const [QUOTE, COLON, COMMA, OPEN, CLOSE, ESCAPE] = [0x22, 0x3a, 0x2c, 0x7b, 0x7d, 0x5c] as const;
const [SPACE, TAB, RETURN, TILDE, ZERO, NINE] = [0x20, 0x09, 0x0d, 0x7e, 0x30, 0x39] as const;
const ID_LENGTH_MAX = 256;
const WHO_MAX = 4_095;
const DIGITS_MAX = 13;

/** The fields that a plain record may have, each as one bit. */
const [T, CALL, ID, REF, SIZE, ALIGN, CORE, ENTITY, INSTANCE] = [1, 2, 4, 8, 16, 32, 64, 128, 256];
const [PLACED, USABLE, RELEASED, REFUSED] = [512, 1024, 2048, 4096] as const;
const WHO = CORE | ENTITY | INSTANCE;

const FIELDS = named([
  ["t", T],
  ["call", CALL],
  ["id", ID],
  ["ref", REF],
  ["size", SIZE],
  ["align", ALIGN],
  ["core", CORE],
  ["entity", ENTITY],
  ["instance", INSTANCE],
  ["placed", PLACED],
  ["usable", USABLE],
  ["released", RELEASED],
  ["refused", REFUSED],
]);

interface PlainKind {
  readonly kind: TraceCallKind;
  /** The fields that it has besides those that say who calls. */
  readonly fields: number;
}

const KINDS = named<PlainKind>([
  ["alloc", { kind: "alloc", fields: T | CALL | ID | SIZE | ALIGN }],
  ["allocZeroed", { kind: "allocZeroed", fields: T | CALL | ID | SIZE | ALIGN }],
  ["realloc", { kind: "realloc", fields: T | CALL | REF | SIZE }],
  ["dealloc", { kind: "dealloc", fields: T | CALL | REF }],
  ["usableSize", { kind: "usableSize", fields: T | CALL | REF }],
]);

const GIVEN: TraceAnswer = { kind: "released" };
const DECLINED: TraceAnswer = { kind: "refused" };

export class PlainRecord {
  /** The call, or undefined if it is an answer that was read. */
  kind: TraceCallKind | undefined;
  answer: TraceAnswer = DECLINED;
  id: BlockId = "";
  size = 0;
  align = 1;
  core = 0;
  entity = 0;
  instance = 0;
  #bytes: Buffer = Buffer.alloc(0);
  #end = 0;
  /** Where reading stands. */
  #at = 0;
  /** The fields that were read. */
  #fields = 0;
  #isCall = false;
  #call: PlainKind | undefined;
  /** The number, or the text from `#first` to `#last`, that was read last. */
  #number = 0;
  #first = 0;
  #last = 0;

  /** Whether the bytes from `from` to `to` are a plain record, which can then be asked for its parts. */
  read(bytes: Buffer, from: number, to: number): boolean {
    this.#bytes = bytes;
    this.#at = from;
    this.#end = to;
    this.#fields = 0;
    this.#call = undefined;
    this.align = 1;
    this.size = 0;
    this.core = 0;
    this.entity = 0;
    this.instance = 0;
    if (!this.#takes(OPEN)) return false;
    do if (!this.#field()) return false;
    while (this.#takes(COMMA));
    return this.#takes(CLOSE) && this.#isBlank() && this.#isWhole();
  }

  /** Whether the fields are those of one kind of record. */
  #isWhole(): boolean {
    const fields = this.#fields;
    if (this.#isCall) {
      this.kind = this.#call?.kind;
      return this.#call?.fields === (fields & ~WHO);
    }
    this.kind = undefined;
    if (fields === (T | RELEASED)) this.answer = GIVEN;
    else if (fields === (T | REFUSED)) this.answer = DECLINED;
    else return fields === (T | PLACED) || fields === (T | USABLE);
    return true;
  }

  #field(): boolean {
    if (!this.#text() || !this.#takes(COLON)) return false;
    const field = FIELDS.get(this.#hash());
    if (field === undefined || !this.#spells(field.text)) return false;
    const bit = field.value;
    if ((this.#fields & bit) !== 0) return false;
    this.#fields |= bit;
    switch (bit) {
      case T:
        return this.#readType();
      case CALL:
        return this.#readCall();
      case ID:
      case REF:
        return this.#readId();
      case PLACED:
        return this.#readAddress();
      case RELEASED:
      case REFUSED:
        return this.#readTrue();
      default:
        return this.#wholeNumber() && this.#readNumber(bit);
    }
  }

  #readType(): boolean {
    if (!this.#text()) return false;
    this.#isCall = this.#spells("call");
    return this.#isCall || this.#spells("answer");
  }

  #readCall(): boolean {
    if (!this.#text()) return false;
    const known = KINDS.get(this.#hash());
    if (known === undefined || !this.#spells(known.text)) return false;
    this.#call = known.value;
    return true;
  }

  #readId(): boolean {
    if (!this.#text()) return false;
    const length = this.#last - this.#first;
    if (length < 1 || length > ID_LENGTH_MAX) return false;
    this.id = blockIdAt(this.#bytes, this.#first, this.#last);
    return true;
  }

  #readNumber(bit: number): boolean {
    const value = this.#number;
    if (bit === SIZE) this.size = value;
    else if (bit === ALIGN) {
      this.align = value;
      return isAlignment(value);
    } else if (bit === CORE) {
      this.core = value;
      return value <= WHO_MAX;
    } else if (bit === INSTANCE) {
      this.instance = value;
      return value <= WHO_MAX;
    } else if (bit === ENTITY) this.entity = value;
    else this.answer = { kind: "usable", bytes: value as never };
    return true;
  }

  #readAddress(): boolean {
    if (!this.#text()) return false;
    const bytes = this.#bytes;
    const digits = this.#last - this.#first - 2;
    if (digits < 1 || digits > DIGITS_MAX) return false;
    if (bytes[this.#first] !== ZERO || bytes[this.#first + 1] !== 0x78) return false;
    let value = 0;
    for (let index = this.#first + 2; index < this.#last; index++) {
      const code = bytes[index] as number;
      const digit = code <= NINE ? code - ZERO : (code | 0x20) - 87;
      if (digit < 0 || digit > 15 || (code > NINE && digit < 10)) return false;
      value = value * 16 + digit;
    }
    this.answer = { kind: "placed", address: value as never };
    return true;
  }

  #readTrue(): boolean {
    this.#skip();
    this.#first = this.#at;
    this.#last = this.#at + 4;
    this.#at = this.#last;
    return this.#last <= this.#end && this.#spells("true");
  }

  /** Reads a text in quotes that has no escapes and no sign beyond ASCII. */
  #text(): boolean {
    if (!this.#takes(QUOTE)) return false;
    const bytes = this.#bytes;
    this.#first = this.#at;
    for (let index = this.#at; index < this.#end; index++) {
      const code = bytes[index] as number;
      if (code === QUOTE) {
        this.#last = index;
        this.#at = index + 1;
        return true;
      }
      if (code === ESCAPE || code < SPACE || code > TILDE) return false;
    }
    return false;
  }

  #wholeNumber(): boolean {
    this.#skip();
    const bytes = this.#bytes;
    const first = this.#at;
    let value = 0;
    let index = first;
    for (; index < this.#end; index++) {
      const digit = (bytes[index] as number) - ZERO;
      if (digit < 0 || digit > 9) break;
      value = value * 10 + digit;
    }
    this.#at = index;
    this.#number = value;
    const hasSparePrefix = bytes[first] === ZERO && index > first + 1;
    return index > first && !hasSparePrefix && value <= Number.MAX_SAFE_INTEGER;
  }

  /** Whether `sign` comes next, which is then behind. */
  #takes(sign: number): boolean {
    this.#skip();
    if (this.#at >= this.#end || this.#bytes[this.#at] !== sign) return false;
    this.#at += 1;
    return true;
  }

  #isBlank(): boolean {
    this.#skip();
    return this.#at === this.#end;
  }

  #skip(): void {
    while (this.#at < this.#end) {
      const code = this.#bytes[this.#at];
      if (code !== SPACE && code !== TAB && code !== RETURN) return;
      this.#at += 1;
    }
  }

  /** Whether the text that was read last is `text`. */
  #spells(text: string): boolean {
    if (text.length !== this.#last - this.#first) return false;
    for (let index = 0; index < text.length; index++) {
      if (text.charCodeAt(index) !== this.#bytes[this.#first + index]) return false;
    }
    return true;
  }

  #hash(): number {
    const length = this.#last - this.#first;
    return length === 0 ? 0 : hashOf(length, this.#bytes[this.#first], this.#bytes[this.#last - 1]);
  }
}

interface Named<Value> {
  readonly text: string;
  readonly value: Value;
}

/** A table of words by what tells them apart: how many letters, the first and the last. */
function named<Value>(
  words: readonly (readonly [string, Value])[],
): ReadonlyMap<number, Named<Value>> {
  return new Map(
    words.map(([text, value]) => [
      hashOf(text.length, text.charCodeAt(0), text.charCodeAt(text.length - 1)),
      { text, value },
    ]),
  );
}

function hashOf(length: number, first = 0, last = 0): number {
  return length * 65_536 + first * 256 + last;
}
