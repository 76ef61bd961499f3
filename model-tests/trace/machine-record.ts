/** Takes one line for a record of a trace of a machine, or says in one sentence why it is none. */
import { Ajv2020, type ValidateFunction } from "ajv/dist/2020.js";
import type { MachineCall } from "../machine/machine-call.ts";
import type { SubjectConfig } from "../machine/machine-subject.ts";
import { machineTraceSchema } from "./machine-trace-schema.ts";
import { MalformedTrace } from "./malformed-trace.ts";
import { quoted } from "./quoted.ts";

/** What a trace says before its first call. */
export type MachineHeader = {
  readonly config: SubjectConfig;
  /** What loads the machine, never an absolute path. */
  readonly subject?: string;
  readonly name?: string;
  readonly seed?: string;
  readonly rule?: string;
};

export type MachineRecord =
  | { readonly kind: "header"; readonly header: MachineHeader }
  | { readonly kind: "call"; readonly call: MachineCall }
  | { readonly kind: "verdict"; readonly rejected: string; readonly at: number };

/** The record that line number `line` holds, with the fields that the format knows and no others. */
export function checkedMachineRecord(text: string, line: number): MachineRecord {
  const record = parsed(text, line);
  const kind = kindOf(record, line);
  const validate = validatorOf(kind);
  if (!validate(record)) throw new MalformedTrace(line, sentenceOf(validate, kind));
  const known = knownFields(record, kind);
  switch (record["t"]) {
    case "call":
      return { kind: "call", call: known as MachineCall };
    case "verdict":
      return { kind: "verdict", ...(known as { rejected: string; at: number }) };
    default: {
      const { v: _, ...header } = known;
      return { kind: "header", header: header as MachineHeader };
    }
  }
}

type JsonObject = Readonly<Record<string, unknown>>;

function parsed(text: string, line: number): JsonObject {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new MalformedTrace(line, `this is not JSON: ${quoted(text)}`);
  }
  if (typeof value === "object" && value !== null && !Array.isArray(value)) {
    return value as JsonObject;
  }
  throw new MalformedTrace(line, `a record is a JSON object, not ${quoted(value)}`);
}

const DEFINITIONS = machineTraceSchema["$defs"] as Readonly<Record<string, JsonObject>>;

/** The name of the part of the schema that `record` is to fit. */
function kindOf(record: JsonObject, line: number): string {
  const { t, call } = record;
  if (t === "machine-trace") return "header";
  if (t === "verdict") return "verdict";
  if (t !== "call") {
    throw new MalformedTrace(line, 'a record says in "t": machine-trace, call or verdict');
  }
  if (typeof call === "string" && Object.hasOwn(DEFINITIONS, call)) return call;
  const known = Object.keys(DEFINITIONS).filter((name) => name !== "header" && name !== "verdict");
  throw new MalformedTrace(line, `"call" must be one of ${known.join(", ")}`);
}

let compiled: Map<string, ValidateFunction> | undefined;

function validatorOf(kind: string): ValidateFunction {
  compiled ??= new Map();
  const known = compiled.get(kind);
  if (known !== undefined) return known;
  const validate = new Ajv2020({ verbose: true }).compile(DEFINITIONS[kind] as object);
  compiled.set(kind, validate);
  return validate;
}

function sentenceOf({ errors }: ValidateFunction, kind: string): string {
  const [error] = errors ?? [];
  const path = (error?.instancePath ?? "").slice(1).replaceAll("/", ".");
  if (error?.keyword === "required") {
    const { missingProperty } = error.params as { readonly missingProperty: string };
    const whole = path === "" ? kind : `${quoted(path)} of ${kind}`;
    return `${whole} needs ${quoted(missingProperty)}`;
  }
  const title = (error?.parentSchema as { readonly title?: string } | undefined)?.title;
  return `${quoted(path)} must be ${title ?? error?.message ?? "something else"}`;
}

function knownFields(record: JsonObject, kind: string): JsonObject {
  const properties = DEFINITIONS[kind]?.["properties"] as JsonObject;
  return Object.fromEntries(
    Object.keys(properties)
      .filter((name) => name !== "t" && record[name] !== undefined)
      .map((name) => [name, record[name]]),
  );
}
