/** `ariadne witness` as a function: a shortest trace that reaches a mark, told and saved. */
import type { TraceCall, TraceConfig } from "#spec";
import type { Description } from "../campaign/describe.ts";
import { fileSafe, trySaveText } from "../campaign/failures.ts";
import { type Hands, handsFor } from "../campaign/hands.ts";
import { type ToldSubject, toldSubject } from "../campaign/told-subject.ts";
import type { Story } from "../conformance/story.ts";
import { UnusableSubject } from "../subject/contract.ts";
import type { Subject } from "../subject/subject.ts";
import type { SubjectOptions } from "../subject/subject-options.ts";
import { formatTrace } from "../trace/format-trace.ts";
import { numberedTrace } from "../trace/numbered-trace.ts";
import type { ReachResult } from "./reach-mark.ts";

export interface WitnessOptions {
  readonly mark: string;
  readonly subject?: string | Subject;
  /** What else loads the subject that is named. */
  readonly options?: SubjectOptions;
  readonly directory?: string;
  readonly seed?: number;
  readonly runs?: number;
  readonly calls?: number;
  /** How much effort to make it short, in executions. */
  readonly executions?: number;
  /** Where to write the trace, relative to the directory. */
  readonly output?: string;
  readonly callTimeoutMs?: number;
  readonly signal?: AbortSignal;
}

export interface WitnessReport extends ToldSubject {
  readonly v: 1;
  readonly command: "witness";
  readonly mark: string;
  readonly seed: string;
  readonly verdict: "found" | "not found";
  readonly exit: number;
  readonly runs: number;
  /** Runs that broke a rule, and so ended early. */
  readonly broken: number;
  /** The marks that came up in the runs. */
  readonly marks: Readonly<Record<string, number>>;
  readonly found?: {
    readonly config: TraceConfig;
    readonly calls: readonly TraceCall[];
    readonly run: number;
    readonly callsBefore: number;
    readonly executions: number;
    readonly isShortest: boolean;
    readonly story?: Story;
    /** The file, relative to the working directory. */
    readonly trace?: string;
  };
}

const SEED = 0x5ee4;
const RUNS = 1000;
const CALLS = 300;
const EXECUTIONS = 3000;
const FOLDER = ".ariadne/witnesses";

/** Looks for a shortest trace that reaches a mark. */
export async function witness(options: WitnessOptions): Promise<WitnessReport> {
  const { mark, seed = SEED, runs = RUNS, calls = CALLS, executions = EXECUTIONS } = options;
  const hands = handsFor(options);
  try {
    const described = await hands.run<Description>({ kind: "describe", infer: false }, 10);
    if (described.kind === "stuck") throw new UnusableSubject("create() does not return");
    const { name } = described.value;
    const effort = { executions, sentences: executions };
    const task = { kind: "reach", mark, seed, runs, limits: { calls }, ...effort } as const;
    const outcome = await hands.run<ReachResult>(task);
    if (outcome.kind === "stuck") {
      throw new UnusableSubject(
        `${outcome.reason} in run ${outcome.run}: ariadne check tells more`,
      );
    }
    const { found, ...rest } = outcome.value;
    const head = { v: 1, command: "witness", ...toldSubject(hands, name), mark } as const;
    const text = `0x${seed.toString(16)}`;
    if (found === undefined) {
      return { ...head, seed: text, verdict: "not found", exit: 4, ...rest };
    }
    const { config, calls: short } = found;
    const told = await hands.run<Story>({ kind: "story", config, calls: short, isHung: false });
    const story = told.kind === "done" ? told.value : undefined;
    const saved = save(hands, name, text, found, story, options);
    const whole = { ...found, ...(story === undefined ? {} : { story }), ...saved };
    return { ...head, seed: text, verdict: "found", exit: 0, ...rest, found: whole };
  } finally {
    await hands.close();
  }
}

function save(
  { reference, options, directory }: Hands,
  name: string,
  seed: string,
  { config, calls }: NonNullable<ReachResult["found"]>,
  story: Story | undefined,
  { mark, output }: WitnessOptions,
): { readonly trace?: string } {
  if (reference === undefined) return {};
  const trace = numberedTrace({
    version: 1,
    config,
    calls,
    subject: reference,
    name,
    ...(Object.keys(options).length === 0 ? {} : { options: { ...options } }),
    seed,
    ...(story === undefined ? {} : { answers: story.answers }),
  });
  const file = output ?? `${FOLDER}/${fileSafe(`${name} ${mark}`)}.trace.jsonl`;
  return trySaveText(directory, file, formatTrace(trace)) ? { trace: file } : {};
}
