/**
 * The package that calls native functions. It is optional, because only native libraries need it, and is
 * loaded when one is judged, and never before.
 */
import { UnusableSubject } from "../subject/contract.ts";

export type Koffi = typeof import("koffi").default;

/** A library that is loaded, whose functions are found by name. */
export interface NativeLibrary {
  readonly func: (name: string, result: string, types: string[]) => ReturnType<Koffi["decode"]>;
}

/** The package, or a sentence that says how to get it. */
export async function loadKoffi(): Promise<Koffi> {
  try {
    return (await import("koffi")).default;
  } catch {
    throw new UnusableSubject("native libraries need koffi: npm i koffi");
  }
}
