/** A file is named after what it holds; these names hold anything. */
import { basename } from "node:path";
import { pathOf, type TidyCheck } from "./tidy-check.ts";

const EMPTY = ["utils", "util", "helpers", "common", "misc", "types", "manager"];

export const names: TidyCheck = {
  claim: "a file has a name in kebab-case that says what it holds",
  complaints: (files) =>
    files.map(pathOf).flatMap((path) => {
      const [name] = basename(path).split(".") as [string];
      if (EMPTY.includes(name)) return [`${path}: name it after the one thing that it exports`];
      return /^[a-z0-9]+(-[a-z0-9]+)*$/.test(name) ? [] : [`${path}: write it in kebab-case`];
    }),
  good: [{ path: "impl/heap/sample-list.ts", text: "" }],
  bad: [
    { path: "impl/heap/utils.ts", text: "" },
    { path: "impl/heap/SampleList.ts", text: "" },
  ],
};
