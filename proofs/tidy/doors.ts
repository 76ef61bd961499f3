/** Another folder is entered by its door, by name; the same folder by a path. */
import { complaint, folderOf, importsOf, pathOf, type TidyCheck } from "./tidy-check.ts";

export const doors: TidyCheck = {
  claim: "another folder is imported by the name of its door, the same folder by a path with .ts",
  complaints: (files) =>
    files.flatMap((file) =>
      importsOf(file).flatMap(({ node, from }) => {
        if (!from.startsWith(".")) return [];
        if (!/\.(ts|json)$/.test(from)) return [complaint(node, "end the path with .ts")];
        const path = pathOf(file);
        const target = new URL(from, `file:///${path}`).pathname.slice(1);
        if (folderOf(target) === folderOf(path)) return [];
        return [complaint(node, `write "#${folderOf(target)}", and export it there`)];
      }),
    ),
  good: [{ path: "impl/heap/sample.ts", text: 'import { a } from "./other.ts";' }],
  bad: [
    { path: "impl/heap/sample.ts", text: 'import { a } from "../../spec/index.ts";' },
    { path: "impl/heap/sample2.ts", text: 'import { a } from "./other.js";' },
  ],
};
