/** Who may import whom: arrows point from later folders to earlier ones, and never back. */
import { isBuiltin } from "node:module";
import { Node, type SourceFile, SyntaxKind } from "ts-morph";
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
    "@observablehq/plot",
    "@xmldom/xmldom",
    "ajv",
    "ariadne-heap",
    "assemblyscript",
    "commander",
    "fast-check",
    "jiti",
    "koffi",
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
  "model-tests/export/",
  "model-tests/native/",
  "model-tests/recorder/",
  "model-tests/report/",
  "model-tests/stdio/",
  "model-tests/subject/",
  "model-tests/subjects/",
  "model-tests/theseus/",
  "model-tests/trace/",
  "proofs/ledger/",
  "proofs/mutation/",
  "proofs/planted/",
  "proofs/replay/",
  "proofs/solver/",
  "proofs/source.ts",
  "proofs/tidy/",
  "proofs/validation/",
  "coverage/",
];

/** The command line shows the proofs; it loads them when they are asked for, and never before. */
const SHOWS_PROOFS = "model-tests/cli/";

const TEST_PACKAGES = [
  "vitest",
  "vitest/node",
  "fast-check",
  "@fast-check/vitest",
  "linkedom",
  "playwright-core",
];

export const layers: TidyCheck = {
  claim: "a folder imports only what stands below it, and impl no meaning from the specification",
  complaints: (files) =>
    files.flatMap((file) => [
      ...importsOf(file).flatMap((each) => {
        const instead = objection(pathOf(file), each);
        return instead === undefined ? [] : [complaint(each.node, instead)];
      }),
      ...lateImports(file).map((node) => complaint(node, "import it at the top of the file")),
    ]),
  good: [
    { path: "impl/heap/sample.ts", text: 'import type { Call } from "#spec";' },
    { path: "impl/heap/sample.test.ts", text: 'import { judge } from "#spec";' },
    { path: "model-tests/cli/sample.ts", text: 'import { readFile } from "node:fs/promises";' },
    {
      path: "model-tests/cli/sample2.ts",
      text: 'import type { A } from "#proofs"; export const a = () => import("#proofs");',
    },
  ],
  bad: [
    { path: "impl/heap/sample.ts", text: 'import { judge } from "#spec";' },
    { path: "impl/heap/sample2.ts", text: 'import { type Call, judge } from "#spec";' },
    { path: "spec/heap/sample.ts", text: 'import { planCarving } from "#impl";' },
    { path: "impl/heap/sample3.ts", text: 'import fc from "fast-check";' },
    { path: "model-tests/shrink/sample.ts", text: 'import { readFile } from "node:fs/promises";' },
    { path: "proofs/solver/sample.ts", text: 'import { score } from "#coverage";' },
    { path: "model-tests/cli/sample3.ts", text: 'import { proveReport } from "#proofs";' },
    { path: "model-tests/report/sample.ts", text: 'import type { A } from "#proofs";' },
    { path: "model-tests/report/sample2.ts", text: 'export const a = () => import("#proofs");' },
    { path: "model-tests/cli/sample4.ts", text: 'export const a = () => import("#impl");' },
  ],
};

function objection(path: string, { from, isTypeOnly }: Import): string | undefined {
  const folder = folderOf(path);
  if (from.startsWith(".")) return undefined;
  if (isTest(path) && (TEST_PACKAGES.includes(from) || isBuiltin(from))) return undefined;
  if (path.endsWith(".fixture.ts") && TEST_PACKAGES.includes(from)) return undefined;
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
  if (from === "#proofs" && path.startsWith(SHOWS_PROOFS)) {
    return isTypeOnly ? undefined : "import type here, and import the rest when it is needed";
  }
  const doors = DOORS[isTest(path) && folder !== "spec" ? "proofs" : folder];
  if (isTest(path) && folder === "spec" && from !== "#impl") return undefined;
  if (doors?.values.includes(from)) return undefined;
  if (!doors?.types.includes(from)) return `${folder} stands below ${from}: hand it in`;
  return isTypeOnly ? undefined : `import type: impl shares the words of ${from}, not its meaning`;
}

/** Doors that are opened while the code runs, where that is not allowed. */
function lateImports(file: SourceFile): readonly Node[] {
  return file.getDescendantsOfKind(SyntaxKind.CallExpression).filter((call) => {
    const [from] = call.getArguments();
    if (!Node.isImportExpression(call.getExpression()) || !Node.isStringLiteral(from)) return false;
    if (!from.getLiteralValue().startsWith("#")) return false;
    const isProofs = from.getLiteralValue() === "#proofs";
    return !isProofs || !pathOf(file).startsWith(SHOWS_PROOFS);
  });
}

function open(...doors: string[]) {
  return { values: doors, types: doors };
}
