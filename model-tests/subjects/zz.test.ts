import { test } from "vitest";
import { runGenerated } from "../conformance/run.ts";
import { codemixMalloc } from "./codemix-malloc.ts";
import { shrink } from "../shrink/shrink.ts";
import { runCalls } from "../conformance/run.ts";
import { Tally } from "../conformance/tally.ts";
const bounded = { ...codemixMalloc, create: (o: any) => { const i: any = codemixMalloc.create(o); return { ...i, alloc: (n: number, a: number, x: any) => n > 2 ** 30 ? 0 : i.alloc(n, a, x), allocZeroed: (n: number, a: number, x: any) => n > 2 ** 30 ? 0 : i.allocZeroed(n, a, x) }; } };
test("det", async () => {

  for (const run of [10, 31, 56]) {
    const a = await runGenerated(bounded, 7, run, { calls: 100 });
    const t0 = Date.now();
    const shrunk = await shrink(a, async ({ config, calls }) => {
      const tally = new Tally();
      if (Date.now() - t0 > 15000) return { violation: undefined, skipped: 1 };
      const { violation } = await runCalls(bounded, config, calls, { tally });
      return { violation, skipped: tally.calls.skipped };
    }, { executions: 3000, sentences: 3000 });
    if (!shrunk) continue;
    const again = await runCalls(bounded, shrunk.config, shrunk.calls);
    const third = await runCalls(codemixMalloc, shrunk.config, shrunk.calls);
    console.log(run, shrunk.config.memoryBytes, shrunk.violation.rule.name, shrunk.violation.at, "again", again.violation?.rule.name, again.violation?.at, third.violation?.rule.name, shrunk.isShortest, shrunk.executions);
    console.log(shrunk.calls.map((c) => `${c.kind} #${c.name} ${c.size} i${c.instance}`).join("\n"));
  }
}, 60000);
