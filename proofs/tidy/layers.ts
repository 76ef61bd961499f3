/** Who may import whom: arrows point from later folders to earlier ones, and never back. */
import { isBuiltin } from "node:module";
import {
  complaint,
  folderOf,
  type Import,
  importsOf,
  isTest,
  pathOf,
  type TidyCheck,
} from "./tidy-check.ts";

/** The doors that the values and the types of a folder may come through. */
const DOORS: Record<
  string,
  { readonly values: readonly string[]; readonly types: readonly string[] }
> = {
  spec: { values: [], types: [] },
  impl: { values: ["#units", "#support"], types: ["#units", "#support", "#spec"] },
  "model-tests": open("#units", "#support", "#spec", "#impl"),
  proofs: open("#units", "#support", "#spec", "#impl"),
  coverage: open("#units", "#support", "#spec", "#impl"),
};

const PACKAGES: Record<string, readonly string[]> = {
  "model-tests": [
    "@thi.ng/malloc",
    "ajv",
    "ariadne-heap",
    "assemblyscript",
    "commander",
    "fast-check",
    "jiti",
    "malloc",
    "ora",
    "picocolors",
    "tinypool",
  ],
  proofs: ["fast-check", "ts-morph", "z3-solver"],
  coverage: ["ts-morph"],
};

/** Where the machine is met: files, processes and threads are out of reach everywhere else. */
const MACHINE = [
  "model-tests/adapters/",
  "model-tests/bench/",
  "model-tests/campaign/",
  "model-tests/campaigns/",
  "model-tests/cli/",
  "model-tests/report/",
  "model-tests/subject/",
  "model-tests/subjects/",
  "model-tests/theseus/",
  "model-tests/trace/",
  "proofs/replay/",
  "proofs/source.ts",
  "proofs/tidy/",
  "coverage/",
];

const TEST_PACKAGES = ["vitest", "fast-check", "@fast-check/vitest"];

export const layers: TidyCheck = {
  claim: "a folder imports only what stands below it, and impl no meaning from the specification",
  complaints: (files) =>
    files.flatMap((file) =>
      importsOf(file).flatMap((each) => {
        const instead = objection(pathOf(file), each);
        return instead === undefined ? [] : [complaint(each.node, instead)];
      }),
    ),
  good: [
    { path: "impl/heap/sample.ts", text: 'import type { Call } from "#spec";' },
    { path: "impl/heap/sample.test.ts", text: 'import { judge } from "#spec";' },
    { path: "model-tests/cli/sample.ts", text: 'import { readFile } from "node:fs/promises";' },
  ],
  bad: [
    { path: "impl/heap/sample.ts", text: 'import { judge } from "#spec";' },
    { path: "impl/heap/sample2.ts", text: 'import { type Call, judge } from "#spec";' },
    { path: "spec/heap/sample.ts", text: 'import { planCarving } from "#impl";' },
    { path: "impl/heap/sample3.ts", text: 'import fc from "fast-check";' },
    { path: "model-tests/shrink/sample.ts", text: 'import { readFile } from "node:fs/promises";' },
    { path: "proofs/solver/sample.ts", text: 'import { score } from "#coverage";' },
  ],
};

function objection(path: string, { from, isTypeOnly }: Import): string | undefined {
  const folder = folderOf(path);
  if (from.startsWith(".")) return undefined;
  if (isTest(path) && (TEST_PACKAGES.includes(from) || isBuiltin(from))) return undefined;
  if (isBuiltin(from)) {
    if (from.startsWith("node:") && MACHINE.some((place) => path.startsWith(place)))
      return undefined;
    return `take it as an argument; the machine is met only in ${MACHINE.join(", ")}`;
  }
  if (!from.startsWith("#")) {
    const packages = PACKAGES[folder] ?? [];
    const isAllowed = packages.some((name) => from === name || from.startsWith(`${name}/`));
    return isAllowed ? undefined : `${folder} has no such package`;
  }
  const doors = DOORS[isTest(path) && folder !== "spec" ? "proofs" : folder];
  if (isTest(path) && folder === "spec" && from !== "#impl") return undefined;
  if (doors?.values.includes(from)) return undefined;
  if (!doors?.types.includes(from)) return `${folder} stands below ${from}: hand it in`;
  return isTypeOnly ? undefined : `import type: impl shares the words of ${from}, not its meaning`;
}

function open(...doors: string[]) {
  return { values: doors, types: doors };
}
