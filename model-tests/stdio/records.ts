/** What a driver says besides answers to calls, taken from outside: each record is read, or refused in a sentence. */
import { parseHexadecimal } from "#units";
import { UnusableSubject } from "../subject/contract.ts";
import type { ExtentPart, PageView, Promises, Subject } from "../subject/subject.ts";
import { quoted } from "../trace/quoted.ts";

/** The version of the protocol. */
export const PROTOCOL_VERSION = 1;

/** What a driver may offer besides `alloc` and `dealloc`. */
export const OFFERS = [
  "realloc",
  "allocZeroed",
  "usableSize",
  "memory",
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
] as const;

export type Offer = (typeof OFFERS)[number];

/** A record, as JSON has it. */
export type DriverRecord = Readonly<Record<string, unknown>>;

/** What a driver says of itself at the beginning. */
export interface Hello {
  readonly name: string;
  readonly cores: number;
  readonly promises: Subject["promises"];
  readonly offers: ReadonlySet<Offer>;
  /** Whether `create` may be said again, to the same process. */
  readonly again: boolean;
}

/** The record in `line`, or undefined if it is none. */
export function recordOf(line: string): DriverRecord | undefined {
  try {
    const value: unknown = JSON.parse(line);
    return isRecord(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

/** What `record` says hello with; throws `UnusableSubject`. */
export function helloOf(record: DriverRecord): Hello {
  const { t, v, name = "driver", cores = 1, promises = {}, offers = [], again = false } = record;
  if (t !== "hello") throw wrong("answers hello with", record);
  if (v !== PROTOCOL_VERSION) {
    throw new UnusableSubject(
      `the driver speaks version ${quoted(v)} of the protocol, and this is version ${PROTOCOL_VERSION}`,
    );
  }
  if (typeof name !== "string" || name === "") throw wrong("calls itself", name);
  if (!isCount(cores) || cores < 1) throw wrong("has as many cores as", cores);
  if (typeof again !== "boolean") throw wrong("says of another create", again);
  if (!isRecord(promises) && typeof promises !== "string") throw wrong("promises", promises);
  if (!Array.isArray(offers)) throw wrong("offers", offers);

  const known: Offer[] = [];
  for (const given of offers) {
    const offer = OFFERS.find((candidate) => candidate === given);
    if (offer === undefined) {
      throw new UnusableSubject(
        `the driver offers ${quoted(given)}, which is none of ${OFFERS.join(", ")}`,
      );
    }
    known.push(offer);
  }
  const promised = promises as Promises | Exclude<Subject["promises"], Promises | undefined>;
  return { name, cores, promises: promised, offers: new Set(known), again };
}

/** The extent that `record` gives, or undefined if it gives none; throws `UnusableSubject`. */
export function extentOf({ extent }: DriverRecord): readonly ExtentPart[] | undefined {
  if (extent === undefined) return undefined;
  if (!Array.isArray(extent)) throw wrong("has the extent", extent);
  return extent.map((part: unknown) => {
    const { start, size }: DriverRecord = isRecord(part) ? part : {};
    const address = addressOf(start);
    if (address === undefined || !isCount(size)) throw wrong("has in its extent", part);
    return { start: address, size };
  });
}

/** The page that `value` describes, or undefined if it describes none. */
export function pageOf(value: unknown): PageView | undefined {
  if (!isRecord(value)) return undefined;
  const { start, size, owner, used, sizeClass } = value;
  const address = addressOf(start);
  if (address === undefined || !isCount(size) || !isCount(used)) return undefined;
  if (owner !== -1 && !isCount(owner)) return undefined;
  const page = { start: address, size, owner, used };
  return isCount(sizeClass) ? { ...page, sizeClass } : page;
}

/** The address that `value` is, such as "0x10040", or undefined. */
export function addressOf(value: unknown): number | undefined {
  return typeof value === "string" ? parseHexadecimal(value) : undefined;
}

/** Whether `value` counts something. */
export function isCount(value: unknown): value is number {
  return typeof value === "number" && Number.isSafeInteger(value) && value >= 0;
}

function isRecord(value: unknown): value is DriverRecord {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function wrong(what: string, value: unknown): UnusableSubject {
  return new UnusableSubject(`the driver ${what} ${quoted(value)}, which makes no sense`);
}
