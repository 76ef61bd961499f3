/**
 * Runs the source as it stands in the compiler, with a mistake in it or without.
 *
 * A countermodel is only a candidate: it counts once the real functions, called with its values, do what
 * it says. The files are written as JavaScript into a folder of their own, with the same doors, and
 * loaded from there.
 */
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join, relative } from "node:path";
import { pathToFileURL } from "node:url";
import { ts } from "ts-morph";
import { loadSource, ROOT } from "../source.ts";

const DOORS = {
  "#units": "./spec/units/index.js",
  "#support": "./spec/support/index.js",
  "#spec": "./spec/index.js",
  "#impl": "./impl/index.js",
};

type Module = Readonly<Record<string, unknown>>;

/** The modules of the source as it stands now, by their paths; each call loads new ones. */
export async function loadModules<Path extends string>(
  paths: readonly Path[],
): Promise<Readonly<Record<Path, Module>>> {
  const folder = await mkdtemp(join(tmpdir(), "ariadne-source-"));
  try {
    await writeSource(folder);
    const scripts = paths.map((path) => pathToFileURL(join(folder, scriptPath(path))).href);
    const modules = await Promise.all(scripts.map((script) => import(/* @vite-ignore */ script)));
    return Object.fromEntries(
      paths.map((path, index) => [path, modules[index] as Module]),
    ) as Record<Path, Module>;
  } finally {
    await rm(folder, { recursive: true });
  }
}

async function writeSource(folder: string): Promise<void> {
  await writeFile(join(folder, "package.json"), JSON.stringify({ type: "module", imports: DOORS }));
  for (const file of loadSource().getSourceFiles()) {
    const path = relative(ROOT, file.getFilePath());
    if (path.startsWith("..") || path.includes(".test.") || path.includes(".arbitrary.")) continue;
    const target = join(folder, scriptPath(path));
    await mkdir(dirname(target), { recursive: true });
    await writeFile(target, scriptOf(file.getFullText()));
  }
}

function scriptPath(path: string): string {
  return path.replace(/\.ts$/, ".js");
}

function scriptOf(text: string): string {
  const compilerOptions: ts.CompilerOptions = {
    target: ts.ScriptTarget.ES2023,
    module: ts.ModuleKind.ESNext,
    verbatimModuleSyntax: true,
    rewriteRelativeImportExtensions: true,
  };
  return ts.transpileModule(text, { compilerOptions }).outputText;
}
