/**
 * Reads a trace record by record: the part of reading that knows what came before.
 *
 * A record on its own is checked by its schema. Here is what depends on the others: that the header
 * comes first and once, that an answer follows its call, that no two blocks have one id, that cores
 * exist and that the verdict is about a call of this trace.
 */
import type { TraceCall, TraceCallKind, TraceVerdict } from "#spec";
import { assert, unreachable } from "#support";
import { type BlockName, blockName } from "#units";
import { answerOf, type TraceAnswer } from "./answer-record.ts";
import { type BlockId, blockId, blockIdText } from "./block-id.ts";
import { callFields } from "./call-fields.ts";
import { callOf, isAsking } from "./call-record.ts";
import type { CallsSink } from "./calls-sink.ts";
import { MalformedTrace } from "./malformed-trace.ts";
import type { NameTable } from "./name-table.ts";
import { plainCall } from "./plain-call.ts";
import type { PlainRecord } from "./plain-record.ts";
import { quoted } from "./quoted.ts";
import type {
  AnswerRecord,
  CallRecord,
  Fields,
  HeaderRecord,
  ScheduleRecord,
  VerdictRecord,
} from "./raw-record.ts";
import { checkedRecord } from "./record-check.ts";
import { headerOf, type TraceHeader } from "./trace-header.ts";

/** What one line of a trace says; `extra` holds the fields that the format does not know. */
export type TraceRecord = { readonly extra?: Fields } & (
  | { readonly kind: "header"; readonly header: TraceHeader }
  | { readonly kind: "call"; readonly call: TraceCall }
  | { readonly kind: "answer"; readonly answer: TraceAnswer }
  | { readonly kind: "schedule"; readonly order: readonly number[] }
  | { readonly kind: "verdict"; readonly verdict: TraceVerdict }
);

interface Last {
  isOpen: boolean;
  asked: BlockId | undefined;
  freed: BlockId | undefined;
}

const WARNING_COUNT_MAX = 16;
const NOBODY = blockName(-1);

export class RecordReader {
  readonly #names: NameTable;
  /** By the kind of record that is not known. */
  readonly #warnings = new Map<string, string>();
  #cores = 0;
  #callCount = 0;
  /** The last call: whether it has no answer yet, and which block it asked for or freed. */
  readonly #last: Last = { isOpen: false, asked: undefined, freed: undefined };
  #verdict: { readonly line: number; readonly at: number } | undefined;

  constructor(names: NameTable) {
    this.#names = names;
  }

  /** What was odd but readable: each once, and no more than a few. */
  get warnings(): readonly string[] {
    return [...this.#warnings.values()];
  }

  /** Reads one line, or returns undefined if it is blank or of a kind that is not known. */
  read(text: string, line: number, isCut: boolean): TraceRecord | undefined {
    if (text.trim() === "") return undefined;

    const raw = checkedRecord(text, line, isCut);
    if ((raw.t === "trace") !== (this.#cores === 0)) {
      const sentence =
        raw.t === "trace" ? "a trace has one header" : "the first record is a header";
      throw new MalformedTrace(line, `${sentence}: {"t":"trace", …}`);
    }
    switch (raw.t) {
      case "call":
        return this.#call(raw, line);
      case "answer":
        return this.#answer(raw, line);
      case "trace":
        return this.#header(raw);
      case "schedule":
        return this.#schedule(raw, line);
      case "verdict":
        return this.#readVerdict(raw, line);
      case "unknown":
        this.#warn(raw.found, line);
        return undefined;
      default:
        return unreachable(raw);
    }
  }

  /** Ends the trace, of which `line` was the last. */
  end(line: number): void {
    if (this.#cores === 0) {
      throw new MalformedTrace(Math.max(line, 1), 'a trace begins with {"t":"trace", …}');
    }
    if (this.#verdict === undefined || this.#verdict.at < this.#callCount) return;

    const { at } = this.#verdict;
    const sentence = `"at" is ${at}, but calls are counted from 0 and there are ${this.#callCount}`;
    throw new MalformedTrace(this.#verdict.line, sentence);
  }

  #header(raw: HeaderRecord): TraceRecord {
    this.#cores = raw.config.cores;
    return { kind: "header", header: headerOf(raw), ...extraOf(raw, HEADER_FIELDS) };
  }

  /** Reads `plain`, which stands in `line` after the header, and tells it to `sink`; false if it is no record here. */
  take(plain: PlainRecord, line: number, sink: CallsSink): boolean {
    if (this.#cores === 0) return false;
    const { kind, id, size, align, core, entity, instance, answer } = plain;
    if (kind === undefined) {
      this.#settle(answer, line);
      sink.answer(answer);
      return true;
    }
    this.#requireCore(core, line);
    const isBlockAsked = isAsking(kind);
    const name = isBlockAsked ? this.#ask(id, line) : this.#names.refer(id);
    this.#note(kind, isBlockAsked ? id : undefined, isBlockAsked ? undefined : id, false);
    sink.call(plainCall(kind, name, size, align, core, entity, instance), line);
    return true;
  }

  #call(raw: CallRecord, line: number): TraceRecord {
    const { core = 0, call: kind, id, ref, misuse = "none" } = raw;
    this.#requireCore(core, line);
    const call = callOf(raw, this.#nameOf(raw, line));
    this.#note(kind, idOf(id), idOf(ref), misuse !== "none");
    return { kind: "call", call, ...extraOf(raw, callFields(kind, misuse)) };
  }

  #requireCore(core: number, line: number): void {
    if (core >= this.#cores) throw new MalformedTrace(line, noCore(core, this.#cores));
  }

  /** Remembers the call, whose answer says whether its block is alive. */
  #note(
    kind: TraceCallKind,
    id: BlockId | undefined,
    ref: BlockId | undefined,
    isMisuse: boolean,
  ): void {
    const last = this.#last;
    last.isOpen = true;
    last.asked = isAsking(kind) ? id : undefined;
    last.freed = kind === "dealloc" && !isMisuse ? ref : undefined;
    this.#callCount += 1;
    if (last.freed !== undefined) this.#names.release(last.freed);
  }

  #nameOf({ call: kind, id, ref }: CallRecord, line: number): BlockName {
    if (kind === "switch" || kind === "close") return NOBODY;
    if (!isAsking(kind)) return ref === undefined ? NOBODY : this.#names.refer(blockId(ref));

    assert(id !== undefined, "the schema lets only named blocks pass");
    return this.#ask(blockId(id), line);
  }

  #ask(id: BlockId, line: number): BlockName {
    const name = this.#names.ask(id);
    if (name !== undefined) return name;
    throw new MalformedTrace(line, `the id ${quoted(blockIdText(id))} is taken by a block before`);
  }

  #answer(raw: AnswerRecord, line: number): TraceRecord {
    const answer = answerOf(raw);
    this.#settle(answer, line);
    return { kind: "answer", answer, ...extraOf(raw, ["t", answer.kind]) };
  }

  /** Brings `answer` together with the call before it. */
  #settle({ kind }: TraceAnswer, line: number): void {
    const { isOpen, asked, freed } = this.#last;
    if (!isOpen) {
      throw new MalformedTrace(
        line,
        "an answer follows the call that it answers, and there is one",
      );
    }
    this.#last.isOpen = false;
    // A block that was not granted is not alive; one that was not given back still is.
    if (asked !== undefined && kind !== "placed") this.#names.release(asked);
    if (freed !== undefined && kind !== "released") this.#names.restore(freed);
  }

  #schedule(raw: ScheduleRecord, line: number): TraceRecord {
    const stranger = raw.order.find((core) => core >= this.#cores);
    if (stranger !== undefined) throw new MalformedTrace(line, noCore(stranger, this.#cores));
    return { kind: "schedule", order: raw.order, ...extraOf(raw, SCHEDULE_FIELDS) };
  }

  #readVerdict(raw: VerdictRecord, line: number): TraceRecord {
    if (this.#verdict !== undefined) throw new MalformedTrace(line, "a trace has one verdict");

    const { rejected, at, certified } = raw;
    this.#verdict = { line, at };
    const verdict = { rejected, at, ...(certified !== undefined && { certified }) };
    return { kind: "verdict", verdict, ...extraOf(raw, VERDICT_FIELDS) };
  }

  #warn(kind: string, line: number): void {
    if (this.#warnings.size >= WARNING_COUNT_MAX || this.#warnings.has(kind)) return;

    this.#warnings.set(kind, `line ${line}: records of kind ${quoted(kind)} are skipped`);
  }
}

function idOf(text: string | undefined): BlockId | undefined {
  return text === undefined ? undefined : blockId(text);
}

const HEADER_FIELDS = ["t", "v", "subject", "name", "options", "config", "seed", "rule"];
const SCHEDULE_FIELDS = ["t", "order"];
const VERDICT_FIELDS = ["t", "rejected", "at", "certified"];

function noCore(core: number, cores: number): string {
  return `core ${core} is not one of the ${cores} that the header names, counted from 0`;
}

/** The fields of `record` that are not among `known`, if there are any. */
function extraOf(record: object, known: readonly string[]): { readonly extra: Fields } | undefined {
  let count = 0;
  for (const key in record) if (!known.includes(key)) count++;
  if (count === 0) return undefined;

  const extra = Object.entries(record).filter(([key]) => !known.includes(key));
  return { extra: Object.fromEntries(extra) };
}
