/** What can be known of a subject before it is judged: what it offers, and what it promises. */
import type { TraceConfig } from "#spec";
import { Session } from "../conformance/session.ts";
import { promisesOf } from "../subject/contract.ts";
import type { Promises, Subject } from "../subject/subject.ts";
import { infer } from "./infer.ts";

export interface Description {
  readonly name: string;
  readonly cores: number;
  readonly promises: Promises;
  /** The optional methods that an instance has. */
  readonly offers: readonly string[];
  /** What would have its other methods found, if it is not written. */
  readonly offering?: Readonly<Record<string, string>>;
  /** Promises that were measured and are not made. */
  readonly inferred?: Promises;
}

const OPTIONAL = [
  "realloc",
  "allocZeroed",
  "memory",
  "extent",
  "usableSize",
  "used",
  "fingerprint",
  "switch",
  "close",
  "pages",
  "changedPages",
  "ownerOf",
  "heapOf",
  "deallocThrough",
  "sections",
  "costs",
  "destroy",
] as const;

/** Describes `subject`, by making one instance of it. */
export async function describe(subject: Subject, isInferring: boolean): Promise<Description> {
  const cores = subject.cores ?? 1;
  const config: TraceConfig = { memoryBytes: 65_536, cores };
  const session = await Session.open(subject, config);
  const { instance } = session.heap;
  const offers = OPTIONAL.filter((name) => typeof instance[name] === "function");
  await session.close();
  const { name, offering } = subject;
  const found = offering === undefined ? {} : { offering };
  const known = { name, cores, promises: promisesOf(subject), offers, ...found };
  return isInferring ? { ...known, inferred: await infer(subject) } : known;
}
