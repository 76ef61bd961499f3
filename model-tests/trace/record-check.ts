/**
 * Takes one line for a record, or says in one sentence why it is none.
 *
 * The schema does the checking. What it cannot see is checked on the text, before anything else looks
 * at the value: how deep it is nested, because whoever walks a value may do so recursively, and
 * whether a key is `__proto__`, because whoever copies fields may copy them into a prototype.
 */
import { Ajv2020, type ErrorObject, type ValidateFunction } from "ajv/dist/2020.js";
import { TRACE_VERSION } from "#spec";
import { MalformedTrace } from "./malformed-trace.ts";
import { quoted } from "./quoted.ts";
import type {
  AnswerRecord,
  CallRecord,
  HeaderRecord,
  RawRecord,
  ScheduleRecord,
  VerdictRecord,
} from "./raw-record.ts";
import { traceSchema } from "./trace-schema.ts";

const DEPTH_MAX = 32;

/** A record of a kind that this version of the format does not know. */
export interface UnknownRecord {
  readonly t: "unknown";
  readonly found: string;
}

/** The record that `text` holds; `isCut` says that the file ends in the middle of this line. */
export function checkedRecord(
  text: string,
  line: number,
  isCut: boolean,
): RawRecord | UnknownRecord {
  refuseDeep(text, line);
  const value = parsed(text, line, isCut);
  if (!isObject(value)) {
    throw new MalformedTrace(line, `a record is a JSON object, not ${quoted(value)}`);
  }
  if (text.includes("__proto__") || text.includes("\\u")) refusePrototype(value, line);
  const { trace, answer, schedule, verdict } = validators();
  switch (value["t"]) {
    case "call":
      return fitting(callValidator(value, line), value, line);
    case "answer":
      return fitting(answer, value, line);
    case "trace":
      refuseNewer(value, line);
      return fitting(trace, value, line);
    case "schedule":
      return fitting(schedule, value, line);
    case "verdict":
      return fitting(verdict, value, line);
    default:
      if (typeof value["t"] === "string") return { t: "unknown", found: value["t"] };
      throw new MalformedTrace(line, 'a record says in "t" what it is: trace, call, answer …');
  }
}

type JsonObject = Readonly<Record<string, unknown>>;

function isObject(value: unknown): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function parsed(text: string, line: number, isCut: boolean): unknown {
  try {
    return JSON.parse(text);
  } catch {
    if (isCut) throw new MalformedTrace(line, "the file ends in the middle of a record");
    throw new MalformedTrace(line, `this is not JSON: ${quoted(text)}`);
  }
}

/** Brackets inside strings are not counted; that a string ends is for the parser to find out. */
function refuseDeep(text: string, line: number): void {
  if (text.lastIndexOf("{") <= 0 && !text.includes("[")) return;

  let depth = 0;
  let isInString = false;
  for (let index = 0; index < text.length; index++) {
    const sign = text[index];
    if (sign === '"') isInString = !isInString;
    else if (sign === "\\") index++;
    else if (!isInString && (sign === "{" || sign === "[")) depth++;
    else if (!isInString && (sign === "}" || sign === "]")) depth--;
    if (depth > DEPTH_MAX) {
      throw new MalformedTrace(line, `a record is nested at most ${DEPTH_MAX} levels deep`);
    }
  }
}

function refusePrototype(value: object, line: number): void {
  for (const [key, field] of Object.entries(value)) {
    if (key === "__proto__") throw new MalformedTrace(line, 'no field may be called "__proto__"');
    if (typeof field === "object" && field !== null) refusePrototype(field, line);
  }
}

function refuseNewer({ v }: JsonObject, line: number): void {
  if (typeof v !== "number" || v <= TRACE_VERSION) return;

  const versions = `version ${quoted(v)} is newer than ${TRACE_VERSION}`;
  throw new MalformedTrace(line, `${versions}, the newest that can be read`);
}

function fitting<Fitting>(fits: ValidateFunction<Fitting>, value: unknown, line: number): Fitting {
  if (fits(value)) return value;
  throw new MalformedTrace(line, sentenceOf(fits.errors ?? []));
}

/** One sentence: which field, what was expected, what was there. */
function sentenceOf(errors: readonly ErrorObject[]): string {
  // Which of several forms was meant is not known, so what each of them lacks says nothing.
  const error = errors.find(({ keyword }) => keyword === "oneOf") ?? errors[0];
  if (error === undefined) return "this is not a record";

  const field = error.instancePath.slice(1).replaceAll("/", ".");
  const prefix = field === "" ? "" : `${field}.`;
  switch (error.keyword) {
    case "required":
      return `"${prefix}${String(error.params["missingProperty"])}" is missing`;
    case "false schema":
      return `"${field}" is only for dealloc and realloc`;
    case "oneOf":
      return "an answer has exactly one of placed, usable, released, refused, rejected …";
    default:
      return `"${field}" must be ${expectation(error)}, not ${quoted(error.data)}`;
  }
}

function expectation({ parentSchema, message = "something else" }: ErrorObject): string {
  const title: unknown = parentSchema?.["title"];
  return typeof title === "string" ? title : message;
}

function callValidator(value: JsonObject, line: number): ValidateFunction<CallRecord> {
  const { alloc, realloc, dealloc, usableSize, switchCall, close } = validators();
  switch (value["call"]) {
    case "alloc":
    case "allocZeroed":
      return alloc;
    case "dealloc":
      return dealloc;
    case "realloc":
      return realloc;
    case "usableSize":
      return usableSize;
    case "switch":
      return switchCall;
    case "close":
      return close;
    default:
      throw new MalformedTrace(
        line,
        `"call" must be alloc, allocZeroed, realloc, dealloc, usableSize, switch or close, ` +
          `not ${quoted(value["call"])}`,
      );
  }
}

interface Validators {
  readonly trace: ValidateFunction<HeaderRecord>;
  readonly alloc: ValidateFunction<CallRecord>;
  readonly realloc: ValidateFunction<CallRecord>;
  readonly dealloc: ValidateFunction<CallRecord>;
  readonly usableSize: ValidateFunction<CallRecord>;
  readonly switchCall: ValidateFunction<CallRecord>;
  readonly close: ValidateFunction<CallRecord>;
  readonly answer: ValidateFunction<AnswerRecord>;
  readonly schedule: ValidateFunction<ScheduleRecord>;
  readonly verdict: ValidateFunction<VerdictRecord>;
}

let compiled: Validators | undefined;

/** Compiled once, when the first record is read: it takes longer than reading a thousand. */
function validators(): Validators {
  compiled ??= compile();
  return compiled;
}

function compile(): Validators {
  const ajv = new Ajv2020({ verbose: true, strictTypes: false, strictRequired: false });
  ajv.addSchema(traceSchema, "record");
  const named = <Fitting>(name: string): ValidateFunction<Fitting> =>
    ajv.compile<Fitting>({ $ref: `record#/$defs/${name}` });
  return {
    trace: named("trace"),
    alloc: named("alloc"),
    realloc: named("realloc"),
    dealloc: named("dealloc"),
    usableSize: named("usableSize"),
    switchCall: named("switch"),
    close: named("close"),
    answer: named("answer"),
    schedule: named("schedule"),
    verdict: named("verdict"),
  };
}
