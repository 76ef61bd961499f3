/** `ariadne check` of a machine, which is judged by other rules than a heap, on random runs and on traces. */
import { checkMachine } from "../campaign/check-machine.ts";
import type { MachineExecutor } from "../campaign/machine-executor.ts";
import { grouped } from "../report/check-text.ts";
import { githubSummary } from "../report/github-text.ts";
import { junitDocument } from "../report/junit.ts";
import { machineCheckText, machineReproduceText } from "../report/machine-text.ts";
import { sharedForms } from "../report/shared-forms.ts";
import { deliver, type OutputFlags } from "./deliver.ts";
import { UsageError } from "./exit.ts";
import type { Terminal } from "./terminal.ts";

/** How much is enough: a call of a machine is many moves, so it is less than of a heap. */
const PROFILES = {
  quick: { runs: 100, calls: 100 },
  default: { runs: 200, calls: 150 },
  nightly: { runs: 20_000, calls: 300 },
} as const;

/** The flags of `check` that say something of a machine. */
export interface CheckMachineFlags extends OutputFlags {
  readonly seed?: number;
  readonly runs?: number;
  readonly run?: number;
  readonly calls?: number;
  readonly time?: number;
  readonly failOnTimeout?: boolean;
  readonly trace?: readonly string[];
  readonly profile: keyof typeof PROFILES;
}

/** The flags that are about heaps. */
const OF_HEAPS: Readonly<Record<string, string>> = {
  workers: "--workers",
  shard: "--shard",
  require: "--require",
  memory: "--memory",
  sizeMax: "--size-max",
  skip: "--skip",
  only: "--only",
  infer: "--infer",
};

/** Checks `machine`, which is what the user typed as `reference`. */
export async function checkMachineCommand(
  terminal: Terminal,
  machine: MachineExecutor,
  reference: string,
  flags: CheckMachineFlags,
): Promise<number> {
  const { runs, calls } = PROFILES[flags.profile];
  const isOpen = flags.time !== undefined && flags.runs === undefined;
  const { seed, run, time, trace, failOnTimeout = false } = flags;
  const working = terminal.work(`judging ${reference}`);
  try {
    demandFlagsOfMachines(reference, flags);
    const report = await checkMachine({
      machine,
      reference,
      directory: terminal.directory,
      ...(isOpen ? {} : { runs: flags.runs ?? runs }),
      calls: flags.calls ?? calls,
      failOnTimeout,
      signal: terminal.signal,
      onProgress: (at) =>
        working.update(`${reference}: ${grouped(at.runs)} runs, ${grouped(at.calls)} calls`),
      ...(seed === undefined ? {} : { seed }),
      ...(run === undefined ? {} : { run }),
      ...(time === undefined ? {} : { timeMs: time }),
      ...(trace === undefined ? {} : { traces: trace }),
    });
    working.stop();
    const { violation } = report;
    const forms = {
      pretty: () => machineCheckText(report, flags.verbose ?? false),
      ...sharedForms(report),
      junit: () => junitDocument(report, violation?.story),
      // What draws is loaded by whoever wants a page.
      html: async () => (await import("../report/campaign-page.ts")).campaignPage(report),
    };
    const reproduce = violation && machineReproduceText(report, violation);
    return await deliver(report, forms, () => githubSummary(report), reproduce, flags, terminal);
  } finally {
    working.stop();
    await machine.close();
  }
}

function demandFlagsOfMachines(reference: string, flags: CheckMachineFlags): void {
  const foreign = Object.keys(OF_HEAPS).find((name) => Object.hasOwn(flags, name));
  if (foreign === undefined) return;
  throw new UsageError(`${OF_HEAPS[foreign]} is about heaps, and ${reference} is a machine`);
}
