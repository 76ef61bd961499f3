import { expect, test } from "vitest";
import { needing, needOf } from "./needing.fixture.ts";
import { countNeeds, type TestEnd } from "./needs-reporter.fixture.ts";
import { needsTable } from "./needs-table.fixture.ts";

const ENDS: readonly TestEnd[] = [
  { title: "a heap is a heap", state: "passed" },
  { title: `${needing("rustc")}a program is compiled`, state: "skipped" },
  { title: `pages > ${needing("Chromium")}a page > has a slider`, state: "passed" },
  { title: `pages > ${needing("Chromium")}a page > has a mark`, state: "passed" },
  { title: `${needing("libtlsf-3.1")}a resize`, state: "pending" },
  { title: `${needing("a C compiler")}one`, state: "failed" },
  { title: `${needing("a C compiler")}other`, state: "passed" },
];

test("what a test needs stands in its title", () => {
  expect(ENDS.map(({ title }) => needOf(title))).toEqual([
    undefined,
    "rustc",
    "Chromium",
    "Chromium",
    "libtlsf-3.1",
    "a C compiler",
    "a C compiler",
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
  expect(needsTable(countNeeds(ENDS.slice(0, 1)))).toBe("");
});
