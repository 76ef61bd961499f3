/** What a house rule is, as a test: complaints about files, and samples that show what it means. */
import { dirname, join, relative } from "node:path";
import type { Node, SourceFile } from "ts-morph";
import { loadSource, ROOT } from "../source.ts";

export interface Sample {
  readonly path: string;
  readonly text: string;
}

export interface TidyCheck {
  /** A sentence, true of every file of the house. */
  readonly claim: string;
  /** What is wrong, each with its place and what to write instead. */
  readonly complaints: (files: readonly SourceFile[]) => readonly string[];
  readonly good: readonly Sample[];
  readonly bad: readonly Sample[];
}

/** The top folders, in the order in which they may be imported: never a later one. */
export const FOLDERS = ["spec", "impl", "model-tests", "proofs", "coverage"] as const;

let files: readonly SourceFile[] | undefined;

/** The files of the house, loaded once for all checks. */
export function houseFiles(): readonly SourceFile[] {
  if (files !== undefined) return files;
  loadSource().addSourceFilesAtPaths(FOLDERS.map((folder) => `${ROOT}${folder}/**/*.ts`));
  files = loadSource()
    .getSourceFiles()
    .filter((file) => FOLDERS.includes(folderOf(pathOf(file))));
  return files;
}

/** What `check` says of `samples`, which are files only while it looks. */
export function complaintsAbout(check: TidyCheck, samples: readonly Sample[]): readonly string[] {
  const files = samples.map(({ path, text }) =>
    loadSource().createSourceFile(`${ROOT}${path}`, text, { overwrite: true }),
  );
  try {
    return check.complaints(files);
  } finally {
    for (const file of files) loadSource().removeSourceFile(file);
  }
}

/** The path of `file` from the root. */
export function pathOf(file: SourceFile): string {
  return relative(ROOT, file.getFilePath());
}

/** The top folder of `path`. */
export function folderOf(path: string): (typeof FOLDERS)[number] {
  return path.split("/")[0] as (typeof FOLDERS)[number];
}

export function isTest(path: string): boolean {
  return /\.(test|campaign\.test|arbitrary|tmp\.test)\.ts$/.test(path);
}

/** A complaint about `node`. */
export function complaint(node: Node, instead: string): string {
  const [line] = node.getText().split("\n");
  return `${pathOf(node.getSourceFile())}:${node.getStartLineNumber()} ${line}: ${instead}`;
}

export interface Import {
  readonly node: Node;
  readonly from: string;
  readonly isTypeOnly: boolean;
  /** The file, if it is imported by a path. */
  readonly target: SourceFile | undefined;
}

/** Everything that `file` imports or passes on. */
export function importsOf(file: SourceFile): readonly Import[] {
  const imports = file.getImportDeclarations().map((node): Import => {
    const named = node.getNamedImports();
    const isEachType = named.length > 0 && named.every((each) => each.isTypeOnly());
    const isTypeOnly = node.isTypeOnly() || (isEachType && !node.getDefaultImport());
    const from = node.getModuleSpecifierValue();
    return { node, from, isTypeOnly, target: targetOf(file, from) };
  });
  const exports = file.getExportDeclarations().flatMap((node): Import[] => {
    const from = node.getModuleSpecifierValue();
    const isEachType =
      node.hasNamedExports() && node.getNamedExports().every((each) => each.isTypeOnly());
    const isTypeOnly = node.isTypeOnly() || isEachType;
    return from === undefined ? [] : [{ node, from, isTypeOnly, target: targetOf(file, from) }];
  });
  return [...imports, ...exports];
}

function targetOf(file: SourceFile, from: string): SourceFile | undefined {
  if (!from.startsWith(".")) return undefined;
  return file.getProject().getSourceFile(join(dirname(file.getFilePath()), from));
}
