/**
 * The records of a trace file as JSON has them, before ids become names and texts addresses.
 *
 * Only the fields that the format knows are listed. A record may have others: they are kept.
 */
import type { TraceCallKind, TraceConfig, TraceMisuse, TraceVerdict } from "#spec";

/** Fields that the format does not know, by name. */
export type Fields = Readonly<Record<string, unknown>>;

export interface HeaderRecord {
  readonly t: "trace";
  readonly v: number;
  readonly subject?: string;
  readonly name?: string;
  readonly options?: Fields;
  readonly config: TraceConfig;
  readonly seed?: string;
  readonly rule?: string;
}

export interface CallRecord {
  readonly t: "call";
  readonly core?: number;
  readonly entity?: number;
  readonly instance?: number;
  readonly call: TraceCallKind;
  readonly id?: string;
  readonly ref?: string;
  readonly size?: number;
  readonly align?: number;
  readonly misuse?: TraceMisuse;
  readonly offset?: number;
  readonly address?: string;
}

export interface AnswerRecord {
  readonly t: "answer";
  readonly placed?: string;
  readonly usable?: number;
  readonly released?: true;
  readonly refused?: true;
  readonly rejected?: true;
  readonly threw?: true;
  readonly hung?: true;
  readonly nonsense?: true;
  readonly switched?: true;
}

export interface ScheduleRecord {
  readonly t: "schedule";
  readonly order: readonly number[];
}

export interface VerdictRecord extends TraceVerdict {
  readonly t: "verdict";
}

export type RawRecord = HeaderRecord | CallRecord | AnswerRecord | ScheduleRecord | VerdictRecord;
