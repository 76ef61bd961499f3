/**
 * The text form of virtual addresses: sixteen digits in four groups, bit 47 copied upwards, so that
 * an address reads as in a manual or a crash dump: `0xffff_fe80_0000_0000`.
 */
import {
  canonicalAddress,
  canonicalHigh,
  isCanonical,
  type VirtualAddress,
} from "./virtual-address.ts";
import { lowWord, type Word32, word } from "./word.ts";

/** Writes `address` as the processor has it. */
export function canonicalText(address: VirtualAddress): string {
  const groups = [canonicalHigh(address), lowWord(address)].flatMap(groupsOf);
  return `0x${groups.join("_")}`;
}

/** Reads up to sixteen digits, grouped or not, or returns undefined if they are no canonical address. */
export function parseCanonical(text: string): VirtualAddress | undefined {
  if (!/^0x[0-9a-f]+(_[0-9a-f]+)*$/i.test(text)) return undefined;

  const digits = text.slice(2).replaceAll("_", "");
  if (digits.length > 16) return undefined;
  const padded = digits.padStart(16, "0");
  const high = word(Number.parseInt(padded.slice(0, 8), 16));
  const low = word(Number.parseInt(padded.slice(8), 16));
  return isCanonical(high) ? canonicalAddress(high, low) : undefined;
}

function groupsOf(value: Word32): readonly string[] {
  const digits = value.toString(16).padStart(8, "0");
  return [digits.slice(0, 4), digits.slice(4)];
}
