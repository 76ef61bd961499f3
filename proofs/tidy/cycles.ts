/**
 * No file imports itself by a detour. Types do not count: two records may speak of each other, while
 * two files that need each other's values depend on which of them is loaded first.
 */
import type { SourceFile } from "ts-morph";
import { importsOf, pathOf, type TidyCheck } from "./tidy-check.ts";

export const cycles: TidyCheck = {
  claim: "no file needs the values of a file that needs its own",
  complaints: (files) => {
    const done = new Set<SourceFile>();
    const found: string[] = [];
    const visit = (file: SourceFile, way: readonly SourceFile[]): void => {
      if (way.includes(file)) {
        const loop = [...way.slice(way.indexOf(file)), file].map(pathOf).join(" -> ");
        found.push(`${loop}: move what both need into a file of its own`);
      }
      if (done.has(file)) return;
      done.add(file);
      for (const { isTypeOnly, target } of importsOf(file)) {
        if (!isTypeOnly && target !== undefined && files.includes(target)) {
          visit(target, [...way, file]);
        }
      }
    };
    for (const file of files) visit(file, []);
    return found;
  },
  good: [
    {
      path: "impl/heap/sample-a.ts",
      text: 'import { b } from "./sample-b.ts"; export type A = 1;',
    },
    { path: "impl/heap/sample-b.ts", text: 'import type { A } from "./sample-a.ts";' },
  ],
  bad: [
    {
      path: "impl/heap/sample-a.ts",
      text: 'import { b } from "./sample-b.ts"; export const a = 1;',
    },
    { path: "impl/heap/sample-b.ts", text: 'export { a as b } from "./sample-a.ts";' },
  ],
};
