/**
 * From a failing run to a story worth telling: saved at once, made as short as it gets, and replayed
 * in a process of its own before anybody is told.
 */
import { spawn } from "node:child_process";
import { fileURLToPath } from "node:url";
import type { TraceCall } from "#spec";
import { renamed } from "../shrink/passes.ts";
import { subjectWords } from "../subject/subject-options.ts";
import type { ViolationReport } from "./check-report.ts";
import type { Executor } from "./executor.ts";
import { type FailureFacts, trySave } from "./failures.ts";
import type { Failure, ShrinkResult } from "./tasks.ts";

const EXECUTIONS = 6000;
const SENTENCES = 20_000;
/** A long trace is executed less often: the whole effort is a number of calls. */
const CALLS_MAX = 30_000_000;
/** Calls that hang cost their time limit each time: no more than so many are tried. */
const HANGS_MAX = 12;

/**
 * Shortens, saves and confirms `failure`; "nondeterministic" if it does not happen again. Stopped in
 * the middle, it answers the failure as it was found.
 */
export async function pursue(
  failure: Failure,
  executor: Executor,
  subject: string,
  seed: string | undefined,
): Promise<ViolationReport | "nondeterministic"> {
  const { reference, options, directory } = executor;
  const facts: FailureFacts | undefined =
    reference === undefined
      ? undefined
      : {
          directory,
          reference,
          options,
          subject,
          ...(seed === undefined ? {} : { seed }),
        };
  const saved = facts === undefined ? {} : trySave(failure, facts);
  const { config, calls, finding, run } = failure;
  const found = { ...finding, ...(run === undefined ? {} : { run }), ...saved };
  try {
    return await improve(failure, executor, facts, saved.trace);
  } catch (error) {
    if (!executor.isStopped) throw error;
    const cut = calls.slice(0, finding.at + 1);
    return { ...found, config, calls: cut, isReplayed: false };
  }
}

async function improve(
  failure: Failure,
  executor: Executor,
  facts: FailureFacts | undefined,
  path: string | undefined,
): Promise<ViolationReport | "nondeterministic"> {
  const shrunk = await shorten(failure, executor);
  if (shrunk === undefined) return "nondeterministic";
  const short = { ...shrunk.failure, ...(failure.run === undefined ? {} : { run: failure.run }) };
  const story = await executor.tellStory(short);
  const answers = story?.answers ?? [];
  const saved = facts === undefined ? {} : trySave(short, { ...facts, answers });
  const isReplayed = path !== undefined;
  if (isReplayed && !(await happensAgain(path, executor))) return "nondeterministic";

  const { config, calls, finding, run } = short;
  const { executions, isShortest } = shrunk;
  return {
    ...finding,
    ...(run === undefined ? {} : { run }),
    config,
    calls,
    shrunk: { callsBefore: failure.calls.length, executions, isShortest },
    isReplayed,
    ...(story === undefined ? {} : { story }),
    ...saved,
  };
}

async function shorten(failure: Failure, executor: Executor): Promise<ShrinkResult | undefined> {
  if (failure.finding.rule === "call-terminates") return await shortenHang(failure, executor);
  const length = Math.max(1, failure.calls.length);
  const executions = Math.max(40, Math.min(EXECUTIONS, Math.floor(CALLS_MAX / length)));
  const shrunk = await executor.makeShorter(failure, executions, SENTENCES);
  if (shrunk !== undefined) return shrunk;

  // Damage that is only seen when little is looked at: the trace is kept as it is, if it happens again.
  const { config, calls } = failure;
  const { finding } = await executor.makeCalls(config, calls, "neighbours");
  if (finding === undefined) return undefined;
  return { failure: { config, calls, finding }, executions: 1, isShortest: false };
}

/** Takes calls out of a trace that ends in a call that does not end: halves, then one by one. */
async function shortenHang(failure: Failure, executor: Executor): Promise<ShrinkResult> {
  let best = failure;
  let executions = 0;
  const last = (): TraceCall => best.calls.at(-1) as TraceCall;
  const attempt = async (calls: readonly TraceCall[]): Promise<boolean> => {
    executions += 1;
    const { finding } = await executor.makeCalls(best.config, calls, "neighbours", "known");
    if (finding?.rule !== "call-terminates") return false;
    best = { ...best, calls, finding };
    return true;
  };
  await attempt([last()]);
  for (let size = best.calls.length >> 1; size >= 1 && executions < HANGS_MAX; size >>= 1) {
    for (let end = best.calls.length - 1; end > 0 && executions < HANGS_MAX; end -= size) {
      const start = Math.max(0, end - size);
      await attempt(best.calls.filter((_, index) => index < start || index >= end));
    }
  }
  const calls = renamed(best.calls);
  return { failure: { ...best, calls }, executions, isShortest: calls.length === 1 };
}

/** Whether the trace at `path` fails in a fresh process. */
async function happensAgain(path: string, executor: Executor): Promise<boolean> {
  const here = new URL(import.meta.url);
  const entry = here.pathname.endsWith(".ts")
    ? new URL("../../dist/model-tests/cli/ariadne.js", here)
    : new URL("../cli/ariadne.js", here);
  const timeout = `${executor.callTimeoutMs}ms`;
  const subject = subjectWords(executor.reference ?? "", executor.options);
  const words = ["replay", path, ...subject, "--quiet", "--call-timeout", timeout];
  const child = spawn(process.execPath, [fileURLToPath(entry), ...words], {
    cwd: executor.directory,
    stdio: "ignore",
  });
  const code = await new Promise<number | null>((resolve) => {
    child.on("exit", resolve);
    child.on("error", () => resolve(null));
  });
  return code === 1;
}
