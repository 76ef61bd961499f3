/** The page of the proofs, written from the source: nothing in its tables is written by hand. */
import { NOT_MUTATED } from "../mutation/reached.ts";
import { type Conclusion, conclusionOf } from "../translate/conclusion.ts";
import { type Extent, LIMITS, OPERATIONS } from "./operations.ts";
import { rulesIn } from "./rule-list.ts";
import type { Theorem } from "./theorem-list.ts";
import { TRUSTED_BASE } from "./trusted-base.ts";

const ROOMS = NOT_MUTATED.filter((room) => room.endsWith("/"))
  .map((room) => `\`${room}\``)
  .join(", ");

/** The whole page, for `theorems`. */
export function readmeText(theorems: readonly Theorem[]): string {
  const shapes = new Map(theorems.map((each) => [each, conclusionOf(each.declaration)]));
  const of = (shape: Conclusion): readonly Theorem[] =>
    theorems.filter((each) => shapes.get(each) === shape);
  const proper = of("proper");
  const cases = proper.reduce((sum, each) => sum + each.cases.length, 0);
  return [
    ...OPENING,
    `${proper.length} theorems are proved, in ${cases} cases.`,
    "",
    ...theoremTable(proper),
    "",
    ...definitions(of("by definition")),
    ...HOW,
    ...operationTable(),
    "",
    "The limits of what is proved of bytes:",
    "",
    ...LIMITS.map((each) => `- ${each};`),
    "",
    ...ruleLists(theorems),
    "## What is trusted",
    "",
    ...TRUSTED_BASE.map((each) => `- ${each}.`),
    "",
    ...NOT_PROVED,
  ].join("\n");
}

const OPENING = `# The proofs

<!-- Written by npm run proofs:write. Change proofs/ledger/readme-text.ts instead. -->

A theorem is an exported function of a file of obligations whose result is true for all arguments that
its \`assume\`s admit. [theorem.ts](translate/theorem.ts) reads it, and the real source that it calls,
as a formula; Z3 looks for arguments that make it false, or on the way fail an assertion, read a key that
is not there, or divide by zero. There are none: that is the proof. The number of blocks, holes,
pages and heaps is not bounded. An answer of \`unknown\` is a failure.

    npx ariadne prove                  everything, with what is cached
    npx ariadne prove round-up         what is claimed about one rule or kernel
    npm run proofs:write               this page, after a change

## The theorems
`.split("\n");

const HOW = `## How it is kept honest

- A theorem is proved case by case. That the cases are all there are is an obligation of its own, and so is
  that there are arguments of which the theorem speaks.
- Every assumption is needed: left out alone, something that is owed is no longer proved. One that is there
  for its readers says \`@auxiliary\` and why.
- A theorem that is changed, weakened or removed is stale until [proved.json](ledger/proved.json) is written again.
- A conclusion that is true before anything is asked proves nothing and fails. One that is among its own
  assumptions is listed by definition and not counted.
- A theorem that says \`@opaque\` does not read those functions: what it knows of them is what theorems of bits
  say, which it takes for granted by name. It owes that these speak of its arguments, and none of them takes
  another for granted.
- The limit counts the solver's steps, so no verdict depends on the machine or on how many solvers work.
- Operators and constants of what is proved are changed one at a time, and each change must be refuted:
  [the survivors](mutation/survivors.ts) are listed, each with its reason. Not changed yet, so that it is not
  known how much their theorems say, are ${ROOMS}
  and what is said of them in \`impl/interpretation\`.

## The operations

Only an operation that is proved from bytes to specification is called verified. One that is proved up to a
loop takes for granted what the loop asserts. Where a step is named, it is proved whole, from bytes to specification,
and is all that the operation does to memory on that path: how the operation comes there is tested.
`.split("\n");

const NOT_PROVED = `## What is not proved

- That a foreign allocator keeps the rules: that is what the model tests look for, run by run.
- Loops whose length depends on data, such as the search for a hole: they are tested, and what they
  establish is asserted where it is used.
- That a program ends, and how long it takes.
- What happens between the steps of two cores: that is explored, schedule by schedule.
- That an index behind \`LiveBlocks\` answers as the plain meaning does: this is tested.
`.split("\n");

function theoremTable(theorems: readonly Theorem[]): readonly string[] {
  return [
    "| theorem | what it says | about | numbers | cases |",
    "| --- | --- | --- | --- | ---: |",
    ...theorems.map(({ name, path, claim, proves, mode, cases }) => {
      const link = `[\`${name}\`](${path.replace(/^proofs\//, "")})`;
      const about = proves.map((each) => `\`${each}\``).join(", ");
      return `| ${link} | ${cell(claim)} | ${about} | ${mode} | ${cases.length} |`;
    }),
  ];
}

function definitions(theorems: readonly Theorem[]): readonly string[] {
  if (theorems.length === 0) return [];
  return [
    "By definition, and not counted: the conclusion is among the assumptions.",
    "",
    ...theorems.map(({ name, claim }) => `- \`${name}\`: ${claim}`),
    "",
  ];
}

/** Which rules and invariants some theorem is about, and which are only tested. */
function ruleLists(theorems: readonly Theorem[]): readonly string[] {
  const about = new Set(theorems.flatMap(({ proves }) => proves));
  const names = (isProved: boolean): string =>
    rulesIn("spec")
      .filter((name) => about.has(name) === isProved)
      .map((name) => `\`${name}\``)
      .join(", ");
  return [
    "## The rules",
    "",
    `Some theorem is about: ${names(true)}.`,
    "",
    `No theorem is about, toys and campaigns test: ${names(false)}.`,
    "",
  ];
}

function operationTable(): readonly string[] {
  return [
    "| operation | proved | by |",
    "| --- | --- | --- |",
    ...OPERATIONS.map(({ owner, method, extent, theorems }) => {
      const by = theorems.map((each) => `\`${each}\``).join(", ");
      return `| \`${owner}.${method}\` | ${extentText(extent)} | ${by} |`;
    }),
  ];
}

function extentText(extent: Extent): string {
  if (extent.kind === "from bytes to specification") return "verified, from bytes to specification";
  if (extent.kind === "tested only") return "tested only";
  if (extent.kind === "on a path") return `\`${extent.step}\`, where ${extent.where}; else tested`;
  return `up to ${extent.loops.map((each) => `\`${each}\``).join(" and ")}`;
}

function cell(text: string): string {
  return text.replaceAll("|", "\\|");
}
