import { expect, test } from "vitest";
import { needed } from "./needed.fixture.ts";
import { needing, needsOf } from "./needing.fixture.ts";
import { countNeeds, type TestEnd } from "./needs-reporter.fixture.ts";
import { needsTable } from "./needs-table.fixture.ts";

const ENDS: readonly TestEnd[] = [
  { title: "a heap is a heap", state: "passed" },
  { title: "a page > an address space needs a root: one is left", state: "passed" },
  { title: `${needing("rustc")}a program is compiled`, state: "skipped" },
  { title: `pages > ${needing("Chromium")}a page > has a slider`, state: "passed" },
  { title: `pages > ${needing("Chromium")}a page > has a mark`, state: "passed" },
  { title: `${needing("libtlsf-3.1")}a resize`, state: "pending" },
  { title: `${needing("a C compiler")}one`, state: "failed" },
  { title: `${needing("a C compiler")}other`, state: "passed" },
];

test("what a test needs stands in its title", () => {
  expect(ENDS.map(({ title }) => needsOf(title))).toEqual([
    [],
    [],
    ["rustc"],
    ["Chromium"],
    ["Chromium"],
    ["libtlsf-3.1"],
    ["a C compiler"],
    ["a C compiler"],
  ]);
});

test("what ran, what failed and what did not run is told apart, with what to install", () => {
  expect(needsTable(countNeeds(ENDS))).toBe(`
 Tests that depend on the machine

   ran      Chromium      2 passed
   ran      a C compiler  1 passed, 1 failed
   not run  libtlsf-3.1   1 not run  libtlsf-3.1 is not on this machine
   not run  rustc         1 not run  apt-get install rustc
`);
});

test("nothing is printed where no test needs anything", () => {
  expect(needsTable(countNeeds(ENDS.slice(0, 2)))).toBe("");
});

test("what is there is not blamed for what is not", () => {
  const both = needed({ koffi: true, "a C compiler": true });
  const one = needed({ koffi: false, "a C compiler": true });
  const ends: TestEnd[] = [
    { title: `${both.title}a call`, state: "passed" },
    { title: `${one.title}a call`, state: "skipped" },
  ];

  expect([both.isThere, one.isThere]).toEqual([true, false]);
  expect(countNeeds(ends)).toEqual([
    { need: "a C compiler", passed: 1, failed: 0, skipped: 0 },
    { need: "koffi", passed: 1, failed: 0, skipped: 1 },
  ]);
});
