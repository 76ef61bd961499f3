/**
 * A step of a heap as a trace: the calls that build the heap, and the one that a theorem is wrong about.
 *
 *     alloc b, answered where b is            one for each live block, of all the bytes that it has
 *     alloc a, answered where a is            the block of the call, of the bytes it was asked for
 *     usableSize a, answered what it has      where that is more
 *     the call of the step, answered as there
 *
 * The lines are those of the trace format, so that the judge that ships can be asked what it makes of
 * the same calls: replayed against a subject that answers as recorded. All addresses are moved up by
 * one power of two, because subjects answer 0 to refuse; nothing else about them changes.
 */
import { RULES, TRACE_VERSION } from "#spec";
import { hexadecimal } from "#units";
import { isRecord, type Plain, PlainMap, type PlainRecord } from "./plain-value.ts";

/** One line of a trace, before it is written. */
type Line = Readonly<Record<string, unknown>>;

interface Block {
  readonly name: number;
  readonly start: number;
  readonly size: number;
  readonly align: number;
  readonly reach: number;
}

const BASE_MIN = 4096;

/** The trace of the argument `step` among `values`, the arguments of a theorem by name, if there is one. */
export function stepTrace(
  values: Readonly<Record<string, Plain>>,
  proves: readonly string[] = [],
): string | undefined {
  const { step } = values;
  if (!isRecord(step)) return undefined;
  const { blocks, dead, call, answer } = step;
  if (!(blocks instanceof PlainMap) || !isRecord(call) || !isRecord(answer)) return undefined;
  if (typeof call["kind"] !== "string" || typeof answer["kind"] !== "string") return undefined;
  const live = blocks.entries.flatMap(([, block]) => (isBlock(block) ? [block] : []));
  if (!areReachable(live, call["name"])) return undefined;
  const gone = dead instanceof PlainMap && call["kind"] === "misuse" ? dead.entries : [];
  const written = new StepLines(live, baseOf(step));
  const rule = RULES.find(({ name }) => proves.includes(name))?.name;
  const lines: readonly Line[] = [
    ...gone.flatMap(([name, start]) => written.goneLines(Number(name), Number(start))),
    ...live.flatMap((block) => written.liveLines(block, block.name === call["name"])),
    written.callLine(call),
    written.answerLine(answer),
  ];
  const config = { memoryBytes: written.memoryBytes(answer), cores: 1 };
  const header = { t: "trace", v: TRACE_VERSION, config, ...(rule !== undefined && { rule }) };
  return [header, ...lines].map((line) => `${JSON.stringify(line)}\n`).join("");
}

/**
 * Whether calls can lead to these blocks: the block of the call has at least what it was asked for, and
 * no two share a byte. A theorem may speak of heaps that no calls lead to.
 */
function areReachable(live: readonly Block[], called: Plain): boolean {
  const ends = live
    .map(({ name, start, size, reach }) => ({
      start,
      end: start + (name === called ? Math.max(size, reach) : reach),
    }))
    .filter(({ start, end }) => end > start)
    .toSorted((left, right) => left.start - right.start);
  return ends.every(({ end }, index) => end <= (ends[index + 1]?.start ?? end));
}

/** A power of two that no number of the step reaches, if all addresses stay safe integers. */
function baseOf(step: PlainRecord): number {
  const largest = Math.max(BASE_MIN, ...numbersIn(Object.values(step)));
  const base = 2 ** Math.ceil(Math.log2(largest));
  return base <= 2 ** 50 ? base : 0;
}

function numbersIn(values: readonly Plain[]): readonly number[] {
  return values.flatMap((value): readonly number[] => {
    if (typeof value === "number") return [value];
    if (value instanceof PlainMap) return numbersIn(value.entries.map(([, each]) => each));
    if (Array.isArray(value)) return numbersIn(value);
    return isRecord(value) ? numbersIn(Object.values(value)) : [];
  });
}

function isBlock(value: Plain): value is PlainRecord & Block {
  return isRecord(value) && typeof value["start"] === "number";
}

class StepLines {
  readonly #live: readonly Block[];
  readonly #base: number;
  readonly #names = new Map<number, string>();

  constructor(live: readonly Block[], base: number) {
    this.#live = live;
    this.#base = base;
  }

  /** How many bytes the heap has, if it begins with the addresses. */
  memoryBytes({ address }: PlainRecord): number {
    const ends = this.#live.map(({ start, reach }) => start + reach);
    const last = Math.max(BASE_MIN, ...ends, typeof address === "number" ? address : 0);
    return Math.min(2 * (this.#base + last), Number.MAX_SAFE_INTEGER);
  }

  /** A block that was freed, of which only the start is known. */
  goneLines(name: number, start: number): readonly Line[] {
    return [
      { t: "call", call: "alloc", id: this.#nameOf(name), size: 1, align: 1 },
      { t: "answer", placed: this.#place(start) },
      { t: "call", call: "dealloc", ref: this.#nameOf(name) },
      { t: "answer", released: true },
    ];
  }

  liveLines({ name, start, size, align, reach }: Block, isCalled: boolean): readonly Line[] {
    const id = this.#nameOf(name);
    // The heap of a theorem need not keep the rules that the theorem is not about.
    const asked = start % align === 0 ? align : 1;
    const lines = [
      { t: "call", call: "alloc", id, size: isCalled ? size : reach, align: asked },
      { t: "answer", placed: this.#place(start) },
    ];
    if (!isCalled || reach <= size) return lines;
    return [...lines, { t: "call", call: "usableSize", ref: id }, { t: "answer", usable: reach }];
  }

  callLine({ kind, name, size, align, misuse, address }: PlainRecord): Line {
    const id = this.#nameOf(Number(name));
    if (kind === "alloc" || kind === "allocZeroed")
      return { t: "call", call: kind, id, size, align };
    if (kind === "realloc") return { t: "call", call: kind, ref: id, size };
    if (kind !== "misuse") return { t: "call", call: kind, ref: id };
    const layout = misuse === "wrong-layout" ? { size, align } : {};
    const start = this.#live.find((block) => block.name === name)?.start ?? 0;
    const offset = misuse === "interior-pointer" ? { offset: Number(address) - start } : {};
    const foreign = misuse === "foreign-pointer" ? { address: this.#place(Number(address)) } : {};
    return { t: "call", call: "dealloc", ref: id, ...layout, misuse, ...offset, ...foreign };
  }

  answerLine({ kind, address, bytes }: PlainRecord): Line {
    if (kind === "placed") return { t: "answer", placed: this.#place(Number(address)) };
    return kind === "usable"
      ? { t: "answer", usable: bytes }
      : { t: "answer", [String(kind)]: true };
  }

  #place(address: number): string {
    return hexadecimal(address + this.#base);
  }

  /** Blocks are called a, b, c … in the order in which they are mentioned. */
  #nameOf(name: number): string {
    const known = this.#names.get(name) ?? nameText(this.#names.size);
    this.#names.set(name, known);
    return known;
  }
}

/** The text of the block with this number; with more than 26 of them, several letters. */
function nameText(index: number): string {
  const letter = String.fromCharCode(97 + (index % 26));
  return index < 26 ? letter : nameText(Math.floor(index / 26) - 1) + letter;
}
