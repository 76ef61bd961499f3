/**
 * Runs the source as it stands in the compiler, with a mistake in it or without.
 *
 * A countermodel is only a candidate: it counts once the real functions, called with its values, do what
 * it says. The files are written as JavaScript into a folder of their own, with the same doors, and
 * loaded from there. Claims of theorems and of the system report what they come to, and what is thrown
 * can be traced to the line of the source that threw it.
 */
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { SourceMap } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join, relative } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { type SourceFile, ts } from "ts-morph";
import { loadSource, pathFromRoot } from "../source.ts";
import { REPORTER, type Report, reportingText } from "./reporting-text.ts";

const DOORS = {
  "#units": "./spec/units/index.js",
  "#support": "./spec/support/index.js",
  "#spec": "./spec/index.js",
  "#impl": "./impl/index.js",
};

const REPORTER_FILE = "reporter.js";

type Module = Readonly<Record<string, unknown>>;

/** The source, loaded as it stood. */
export interface RunningSource<Path extends string = string> {
  readonly modules: Readonly<Record<Path, Module>>;
  /** What the claims that were evaluated since the last call came to, in order. */
  readonly takeReports: () => readonly Report[];
  /** The places in the source, `path:line`, that led to `error`, the innermost first. */
  readonly placesOf: (error: Error) => readonly string[];
}

/** The source as it stands now, with the modules at `paths`; each call loads it anew. */
export async function runningSource<Path extends string>(
  paths: readonly Path[],
): Promise<RunningSource<Path>> {
  const folder = await mkdtemp(join(tmpdir(), "ariadne-source-"));
  try {
    const maps = await writeSource(folder);
    const load = async (path: string): Promise<Module> =>
      import(/* @vite-ignore */ pathToFileURL(join(folder, path)).href);
    const modules = await Promise.all(paths.map((path) => load(scriptPath(path))));
    const reporter = await load(REPORTER_FILE);
    return {
      modules: Object.fromEntries(
        paths.map((path, index) => [path, modules[index] as Module]),
      ) as Record<Path, Module>,
      takeReports: reporter["reports$"] as () => readonly Report[],
      placesOf: (error) => placesIn(error.stack ?? "", folder, maps),
    };
  } finally {
    await rm(folder, { recursive: true });
  }
}

/** Writes every script; answers how each came from its source, by the path of the script. */
async function writeSource(folder: string): Promise<ReadonlyMap<string, SourceMap>> {
  await writeFile(join(folder, "package.json"), JSON.stringify({ type: "module", imports: DOORS }));
  await writeFile(join(folder, REPORTER_FILE), REPORTER);
  const maps = new Map<string, SourceMap>();
  for (const file of loadSource().getSourceFiles()) {
    const path = pathFromRoot(file);
    if (path.startsWith("..") || path.includes(".test.") || path.includes(".arbitrary.")) continue;
    const script = scriptPath(path);
    const { outputText, sourceMapText = "{}" } = scriptOf(file, path);
    // Whoever loads the script would look for a map in the folder.
    const text = outputText.replace(/^\/\/# sourceMappingURL=.*$/m, "");
    maps.set(script, new SourceMap(JSON.parse(sourceMapText) as SourceMap["payload"]));
    await mkdir(dirname(join(folder, script)), { recursive: true });
    await writeFile(join(folder, script), text);
  }
  return maps;
}

function scriptPath(path: string): string {
  return path.replace(/\.ts$/, ".js");
}

/** The scripts that were made, by the path and the text of their source: a mistake changes one. */
const scripts = new Map<string, ts.TranspileOutput>();

function scriptOf(file: SourceFile, path: string): ts.TranspileOutput {
  const key = `${path}\n${file.getFullText()}`;
  const made = scripts.get(key) ?? newScript(file, path);
  scripts.set(key, made);
  return made;
}

function newScript(file: SourceFile, path: string): ts.TranspileOutput {
  const isClaiming = path.startsWith("proofs/") || path.startsWith("spec/system/");
  const reporter = join(relative(dirname(path), ""), REPORTER_FILE);
  const compilerOptions: ts.CompilerOptions = {
    target: ts.ScriptTarget.ES2023,
    module: ts.ModuleKind.ESNext,
    verbatimModuleSyntax: true,
    rewriteRelativeImportExtensions: true,
    sourceMap: true,
  };
  return ts.transpileModule(reportingText(file, reporter, isClaiming), { compilerOptions });
}

const FRAME = /((?:file:\/\/)?\/[^\s()]+\.js):(\d+):(\d+)/g;

function placesIn(
  stack: string,
  folder: string,
  maps: ReadonlyMap<string, SourceMap>,
): readonly string[] {
  return [...stack.matchAll(FRAME)].flatMap(([, url = "", line, column]) => {
    const script = relative(folder, url.startsWith("file:") ? fileURLToPath(url) : url);
    const entry = maps.get(script)?.findEntry(Number(line) - 1, Number(column) - 1);
    if (entry === undefined || !("originalLine" in entry)) return [];
    return [`${script.replace(/\.js$/, ".ts")}:${entry.originalLine + 1}`];
  });
}
