/** An exported function, as something to call with numbers. */
import type { ExportedCall } from "./families.ts";

export type Exports = Readonly<Record<string, unknown>>;

export type Ask = (...numbers: number[]) => number;

/** The function of `exports` that `call` means; its type was read before. */
export function functionOf(exports: Exports, { name }: ExportedCall): Ask {
  return exports[name] as Ask;
}
