/** Reads the values of flags; what makes no sense is a usage error that says what would. */
import { UsageError } from "./exit.ts";

/** A whole number of at least `least`. */
export function wholeNumber(flag: string, least = 0): (text: string) => number {
  return (text) => {
    const value = Number(text);
    if (!/^\d+$/.test(text) || !Number.isSafeInteger(value) || value < least) {
      throw new UsageError(`${flag} takes a whole number from ${least} on, not "${text}"`);
    }
    return value;
  };
}

/** A seed: decimal, or hexadecimal with `0x`. */
export function seed(text: string): number {
  const value = Number(text);
  if (!/^(\d+|0x[0-9a-f]+)$/i.test(text) || !Number.isSafeInteger(value)) {
    throw new UsageError(`--seed takes a number like 42 or 0x2a, up to 2^53, not "${text}"`);
  }
  return value;
}

/** A duration in milliseconds: `500ms`, `30s`, `5m`, `2h`. */
export function duration(text: string): number {
  const [, digits, unit] = /^(\d+(?:\.\d+)?)(ms|s|m|h)$/.exec(text) ?? [];
  const factor = { ms: 1, s: 1000, m: 60_000, h: 3_600_000 }[unit ?? ""];
  if (digits === undefined || factor === undefined) {
    throw new UsageError(`a duration is a number with ms, s, m or h, like 30s, not "${text}"`);
  }
  return Number(digits) * factor;
}

/** How many workers: a number, or a share of the cores. */
export function workers(cores: number): (text: string) => number {
  return (text) => {
    const [, share] = /^(\d+)%$/.exec(text) ?? [];
    if (share !== undefined) return Math.max(1, Math.floor((cores * Number(share)) / 100));
    return wholeNumber("--workers", 1)(text);
  };
}

/** A shard, `2/3`: the second of three. */
export function shard(text: string): { readonly index: number; readonly of: number } {
  const [, first, second] = /^(\d+)\/(\d+)$/.exec(text) ?? [];
  const index = Number(first);
  const of = Number(second);
  if (first === undefined || index < 1 || index > of) {
    throw new UsageError(`--shard takes i/n with i from 1 to n, like 1/4, not "${text}"`);
  }
  return { index, of };
}

/** A mark that must be reached: `name`, or `name:count`. */
export function requirement(
  text: string,
  earlier: readonly { readonly mark: string; readonly count: number }[] = [],
): readonly { readonly mark: string; readonly count: number }[] {
  const [, mark = text, digits = "1"] = /^(.*):(\d+)$/.exec(text) ?? [];
  return [...earlier, { mark, count: Number(digits) }];
}

/** A size in bytes: `65536`, `64k`, `1m`. */
export function byteSize(text: string): number {
  const [, digits, unit = ""] = /^(\d+)([kmg]?)$/i.exec(text) ?? [];
  const factor = { "": 1, k: 1024, m: 1024 ** 2, g: 1024 ** 3 }[unit.toLowerCase()];
  const value = Number(digits) * (factor ?? Number.NaN);
  if (digits === undefined || !Number.isSafeInteger(value) || value < 1) {
    throw new UsageError(`a size is a number with k, m or g, like 64k, not "${text}"`);
  }
  return value;
}

/** Collects the values of a flag that may be repeated. */
export function repeated(text: string, earlier: readonly string[] = []): readonly string[] {
  return [...earlier, text];
}
