/**
 * Compiles a generated program, every warning an error, with whatever compiler this machine has.
 *
 * Nothing is linked or run: that is the reader's decision, and needs the allocator to be judged.
 */
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { ExportFormat } from "./export-trace.ts";

const TIME_LIMIT_MS = 60_000;

/** The warnings that a program in C is free of. */
export const C_WARNINGS: readonly string[] = [
  "-std=c11",
  "-Wall",
  "-Wextra",
  "-Wpedantic",
  "-Wconversion",
  "-Werror",
];

export type Compilation =
  | { readonly kind: "clean"; readonly compiler: string }
  | { readonly kind: "no compiler"; readonly missing: string }
  | { readonly kind: "failed"; readonly output: string };

interface Toolchain {
  readonly missing: string;
  readonly compilers: readonly string[];
  readonly words: (folder: string) => readonly string[];
}

const TOOLCHAINS: Readonly<Partial<Record<ExportFormat, Toolchain>>> = {
  c: {
    missing: "no C compiler is installed (cc, gcc, clang)",
    compilers: ["cc", "gcc", "clang"],
    words: (folder) => [...C_WARNINGS, "-O2", "-c", "-o", join(folder, "judged.o"), "-x", "c", "-"],
  },
  rust: {
    missing: "no Rust compiler is installed (rustc)",
    compilers: ["rustc"],
    words: (folder) => ["-D", "warnings", "--emit=metadata", "-o", join(folder, "judged"), "-"],
  },
};

/** The first compiler for `format` that this machine has, or undefined. */
export function compilerFor(format: ExportFormat): string | undefined {
  return TOOLCHAINS[format]?.compilers.find(
    (compiler) => spawnSync(compiler, ["--version"], { stdio: "ignore" }).status === 0,
  );
}

/** Compiles `text`, if `format` is one that is compiled. */
export function compiled(format: ExportFormat, text: string): Compilation | undefined {
  const toolchain = TOOLCHAINS[format];
  if (toolchain === undefined) return undefined;
  const compiler = compilerFor(format);
  if (compiler === undefined) return { kind: "no compiler", missing: toolchain.missing };

  const folder = mkdtempSync(join(tmpdir(), "ariadne-compiled-"));
  try {
    const { status, stderr, error } = spawnSync(compiler, toolchain.words(folder), {
      input: text,
      encoding: "utf8",
      timeout: TIME_LIMIT_MS,
    });
    if (status === 0) return { kind: "clean", compiler };
    return { kind: "failed", output: `${compiler}: ${error?.message ?? stderr}` };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
