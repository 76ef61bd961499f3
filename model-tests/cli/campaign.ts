/**
 * `npm run campaign`: ten million calls on our own heaps, to see that a correct allocator is never
 * accused. A seed may be given; the runs of one seed are always the same.
 */
import { availableParallelism } from "node:os";
import { check } from "../campaign/check.ts";
import { checkText, grouped } from "../report/check-text.ts";
import { endOf } from "./exit.ts";
import { seed } from "./values.ts";

const CALLS = 10_000_000;
const SUBJECTS = ["hole-list", "block"] as const;
const RUNS = 5000;

async function campaign(first: number): Promise<number> {
  let calls = 0;
  for (let round = 0; calls < CALLS; round++) {
    for (const subject of SUBJECTS) {
      const workers = availableParallelism();
      const report = await check({ subject, seed: first + round, runs: RUNS, workers });
      calls += report.calls.executed;
      process.stdout.write(
        `${report.verdict}  ${subject}  seed ${report.seed}: ${grouped(report.calls.executed)} calls, ` +
          `${grouped(report.measured.callsPerSecond)} calls/s; ${grouped(calls)} in all\n`,
      );
      if (report.exit === 0) continue;
      process.stdout.write(checkText(report, true));
      return report.exit;
    }
  }
  return 0;
}

try {
  process.exitCode = await campaign(seed(process.argv[2] ?? "0xc0ffee"));
} catch (error) {
  const { sentence, exit } = endOf(error);
  process.stderr.write(`ariadne: ${sentence}\n`);
  process.exitCode = exit;
}
