/**
 * What was proved when the page was last written: for each theorem one name for all that was asked,
 * and for each of its assumptions a place where the theorem fails without it.
 *
 * The file is generated and committed. A theorem whose formulas are others now than then is stale: its
 * source changed, and nobody has looked at what the change does to the claim.
 */
import { readFileSync } from "node:fs";
import { ROOT } from "../source.ts";
import type { Need } from "./necessity.ts";

export interface Proved {
  readonly engine: string;
  readonly theorems: Readonly<Record<string, ProvedTheorem>>;
}

export interface ProvedTheorem {
  readonly key: string;
  /** Where the theorem fails without an assumption, in their order; null if it is auxiliary. */
  readonly needs: readonly (Need | null)[];
}

export const PROVED_FILE: string = `${ROOT}proofs/ledger/proved.json`;

/** What is written down as proved. */
export function readProved(): Proved {
  return JSON.parse(readFileSync(PROVED_FILE, "utf8")) as Proved;
}

/** The theorems of `keys` that are not those that were proved, and those proved that are no more. */
export function staleTheorems(
  keys: Readonly<Record<string, string>>,
  { theorems }: Proved,
): readonly string[] {
  const names = new Set([...Object.keys(keys), ...Object.keys(theorems)]);
  return [...names].filter((name) => theorems[name]?.key !== keys[name]);
}
