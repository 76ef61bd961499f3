/**
 * The text form of addresses: `0x10040` in traces, `V0x10040` where a person reads it.
 *
 * Traces carry addresses as text because JSON has no hexadecimal and readers of addresses do.
 */
import type { Address } from "./address.ts";

/** Writes `value` as a trace does: `0x` and lower-case digits. */
export function hexadecimal(value: number): string {
  return `0x${value.toString(16)}`;
}

/** Reads what `hexadecimal` wrote, or returns undefined if `text` is anything else or too large. */
export function parseHexadecimal(text: string): Address | undefined {
  if (!/^0x[0-9a-f]{1,14}$/i.test(text)) return undefined;

  const value = Number.parseInt(text.slice(2), 16);
  return Number.isSafeInteger(value) ? (value as Address) : undefined;
}

/** Writes a virtual address for a reader: `V0x0040`, at least four digits. */
export function virtualText(value: Address): string {
  return `V0x${value.toString(16).padStart(4, "0")}`;
}
