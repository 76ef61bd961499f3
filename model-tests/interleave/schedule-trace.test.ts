import { expect, test } from "vitest";
import { crossingHeap, racingHeap } from "../toys/locking-heaps.ts";
import { formatTrace } from "../trace/format-trace.ts";
import { parseTrace } from "../trace/parse-trace.ts";
import { interleave, judgeSchedule, type ScheduleFailure } from "./interleave.ts";
import { replayed } from "./replay.ts";
import { programOf, scheduleTrace } from "./schedule-trace.ts";

test.each([racingHeap, crossingHeap])(
  "a schedule of $name that failed fails again from its trace, step by step",
  async (subject) => {
    const options = { cores: 3, calls: 3, strategy: "random", seed: 2, runs: 50 } as const;
    const { failure } = await interleave(subject, options);
    const { program, history, rule, config } = failure as ScheduleFailure;
    const written = formatTrace(scheduleTrace(failure as ScheduleFailure, "it", subject.name));

    const { trace } = parseTrace(written);
    const order = trace.schedule ?? [];
    const again = await judgeSchedule(subject, trace.config, programOf(trace), replayed(order));

    expect(trace.config).toEqual(config);
    expect(programOf(trace)).toEqual(program);
    expect(again.rule).toEqual(rule);
    expect(again.history).toEqual(history);
  },
);
