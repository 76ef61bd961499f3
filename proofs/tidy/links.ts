/** What a Markdown page names is there: files it links to, and paths that it mentions. */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { ROOT } from "../source.ts";
import { FOLDERS } from "./tidy-check.ts";

const PAGE_FOLDERS = [".", ...FOLDERS];

/** The pages of the house, by their paths. */
export function pages(): ReadonlyMap<string, string> {
  const paths = PAGE_FOLDERS.flatMap((folder) =>
    readdirSync(join(ROOT, folder), { recursive: folder !== "." })
      .map(String)
      .filter((name) => name.endsWith(".md"))
      .map((name) => relative(".", join(folder, name))),
  );
  return new Map(paths.map((path) => [path, readFileSync(join(ROOT, path), "utf8")]));
}

/** What `text`, the page at `path`, names and is not there. */
export function brokenLinks(path: string, text: string): readonly string[] {
  const prose = text.replace(/^```[\s\S]*?^```/gm, "");
  const links = [...prose.matchAll(/\]\(([^)\s#]+)(?:#[^)]*)?\)/g)]
    .map(([, target]) => target as string)
    .filter((target) => !/^[a-z]+:/.test(target))
    .filter((target) => !existsSync(join(ROOT, dirname(path), target)));
  const mentioned = [...prose.matchAll(/`([a-z-]+\/[\w./-]*)`/g)]
    .map(([, target]) => target as string)
    .filter((target) => FOLDERS.some((folder) => target.startsWith(`${folder}/`)))
    .filter((target) => !existsSync(join(ROOT, target)));
  return [...links, ...mentioned].map((target) => `${path}: ${target} is not there: name what is`);
}
