/** What kind of thing a reference names, told from its words alone: nothing is opened for that. */
import { basename } from "node:path";
import { BUILT_INS } from "./built-in.ts";
import type { SubjectOptions } from "./subject-options.ts";

export type SubjectKind = "built-in" | "module" | "wasm" | "native" | "stdio" | "unknown";

/** The kind of the subject that `reference` names. */
export function kindOf(reference: string, { stdio }: SubjectOptions): SubjectKind {
  if (stdio === true) return "stdio";
  if (BUILT_INS.some(({ name }) => name === reference)) return "built-in";
  const name = basename(reference);
  if (name.endsWith(".wasm")) return "wasm";
  // A library may carry its version behind its ending, as in libmimalloc.so.2.1.
  if (/\.(so(\.\d+)*|dylib)$/.test(name)) return "native";
  return /[/\\]|\.[cm]?[jt]s$/.test(reference) ? "module" : "unknown";
}
