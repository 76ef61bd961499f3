/**
 * The real functions, those that a file keeps to itself too: each file of spec/ and impl/ as it is,
 * compiled to JavaScript into a folder of its own, with one export more, of everything it declares.
 */
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { pathToFileURL } from "node:url";
import { type SourceFile, ts } from "ts-morph";
import { loadSource, pathFromRoot } from "../source.ts";

/** What a file declares, by name; arrows and functions in a table are reached through its name. */
export type Declared = Readonly<Record<string, unknown>>;

const DOORS = {
  "#units": "./spec/units/index.js",
  "#support": "./spec/support/index.js",
  "#spec": "./spec/index.js",
  "#impl": "./impl/index.js",
};

/** What each file of spec/ and impl/ declares, by its path. */
export async function privateModules(): Promise<ReadonlyMap<string, Declared>> {
  const folder = await mkdtemp(join(tmpdir(), "ariadne-validation-"));
  try {
    await writeFile(
      join(folder, "package.json"),
      JSON.stringify({ type: "module", imports: DOORS }),
    );
    const files = loadSource().getSourceFiles().filter(isMeant);
    await Promise.all(files.map((file) => write(file, folder)));
    const modules = await Promise.all(
      files.map(pathFromRoot).map(async (path): Promise<[string, Declared]> => {
        const url = pathToFileURL(join(folder, scriptPath(path))).href;
        const { declared$ } = await import(/* @vite-ignore */ url);
        return [path, declared$ as Declared];
      }),
    );
    return new Map(modules);
  } finally {
    await rm(folder, { recursive: true });
  }
}

function isMeant(file: SourceFile): boolean {
  return /^(spec|impl)\/.*(?<!\.test)\.ts$/.test(pathFromRoot(file));
}

async function write(file: SourceFile, folder: string): Promise<void> {
  const path = pathFromRoot(file);
  const names = [
    ...file.getFunctions().map((each) => each.getName()),
    ...file
      .getVariableStatements()
      .filter((each) => !each.hasDeclareKeyword())
      .flatMap((each) => each.getDeclarations().map((declared) => declared.getName())),
    ...file.getClasses().map((each) => each.getName()),
  ];
  const text = `${file.getFullText()}\nexport const declared$ = { ${names.join(", ")} };\n`;
  const { outputText } = ts.transpileModule(text, {
    compilerOptions: {
      target: ts.ScriptTarget.ES2023,
      module: ts.ModuleKind.ESNext,
      verbatimModuleSyntax: true,
      rewriteRelativeImportExtensions: true,
    },
  });
  const target = join(folder, scriptPath(path));
  await mkdir(dirname(target), { recursive: true });
  await writeFile(target, outputText);
}

function scriptPath(path: string): string {
  return path.replace(/\.ts$/, ".js");
}
