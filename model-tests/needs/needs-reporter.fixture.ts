/** Prints, when all tests are over, which of them depended on the machine, and which of these did not run. */
import type { Reporter, TestModule } from "vitest/node";
import { needsOf } from "./needing.fixture.ts";
import { type NeedCount, needsTable } from "./needs-table.fixture.ts";

export class NeedsReporter implements Reporter {
  onTestRunEnd(modules: readonly TestModule[]): void {
    const table = needsTable(countNeeds(modules.flatMap(testsOf)));
    if (table !== "") process.stdout.write(`${table}\n`);
  }
}

/** How one test went. */
export interface TestEnd {
  readonly title: string;
  readonly state: "passed" | "failed" | "skipped" | "pending";
}

/** How the tests of each need went, in the order of their names. A test that never began did not run. */
export function countNeeds(tests: readonly TestEnd[]): readonly NeedCount[] {
  const counts = new Map<string, { passed: number; failed: number; skipped: number }>();
  for (const { title, state } of tests) {
    for (const need of needsOf(title)) {
      const count = counts.get(need) ?? { passed: 0, failed: 0, skipped: 0 };
      count[state === "pending" ? "skipped" : state] += 1;
      counts.set(need, count);
    }
  }
  return [...counts]
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .map(([need, count]) => ({ need, ...count }));
}

function testsOf(module: TestModule): readonly TestEnd[] {
  return [...module.children.allTests()].map((test) => ({
    title: test.fullName,
    state: test.result().state,
  }));
}
