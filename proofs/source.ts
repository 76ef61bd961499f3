/** The project's source as the compiler sees it, loaded once, and wrong versions of it. */
import { relative } from "node:path";
import { fileURLToPath } from "node:url";
import { type FunctionDeclaration, Project, type SourceFile } from "ts-morph";

/** The compiled form of this file is one folder deeper, and reads the same source. */
const UP = import.meta.url.endsWith(".ts") ? ".." : "../..";

export const ROOT: string = fileURLToPath(new URL(UP, import.meta.url));

let project: Project | undefined;

/** The project, with every file that a theorem can reach. */
export function loadSource(): Project {
  if (project !== undefined) return project;
  project = new Project({
    tsConfigFilePath: `${ROOT}tsconfig.json`,
    skipAddingFilesFromTsConfig: true,
    // No check and no theorem asks for the types of a package, which take seconds to read.
    compilerOptions: { noResolve: true, types: [] },
  });
  const folders = ["spec", "impl", "proofs/obligations"];
  const paths = folders.map((folder) => `${ROOT}${folder}/**/*.ts`);
  project.addSourceFilesAtPaths([...paths, `${ROOT}proofs/theorems.ts`]);
  return project;
}

/** The file of the project whose path from its root is `path`. */
export function fileAt(path: string): SourceFile {
  return loadSource().getSourceFileOrThrow(`${ROOT}${path}`);
}

/** The path of `file` from the root of the project. */
export function pathFromRoot(file: SourceFile): string {
  return relative(ROOT, file.getFilePath());
}

/** The theorem `name` of the obligation file `file`, a path below `obligations/`. */
export function findTheorem(file: string, name: string): FunctionDeclaration {
  return fileAt(`proofs/obligations/${file}`).getFunctionOrThrow(name);
}

/** One text of one file, and a wrong text in its place. */
export interface Mistake {
  readonly file: string;
  readonly right: string;
  readonly wrong: string;
}

/** What `body` gives while the source has `mistake`. */
export async function withMistake<Value>(
  { file, right, wrong }: Mistake,
  body: () => Promise<Value>,
): Promise<Value> {
  const source = fileAt(file);
  const text = source.getFullText();
  if (text.split(right).length !== 2) throw new Error(`${file} has not one place of: ${right}`);
  source.replaceWithText(text.replace(right, () => wrong));
  try {
    return await body();
  } finally {
    source.replaceWithText(text);
  }
}
