/**
 * Whoever does single tasks with a subject: a crew of watched threads for one that can be loaded by its name,
 * processes for a native library, or this thread for a subject that only exists here.
 */
import { FlightRecorder } from "../conformance/flight.ts";
import { deathFinding } from "../native/death-finding.ts";
import { NativeCrew } from "../native/native-crew.ts";
import { UnusableSubject } from "../subject/contract.ts";
import { loadSubject, portableReference } from "../subject/load-subject.ts";
import { kindOf } from "../subject/subject-kind.ts";
import { NO_OPTIONS, type SubjectOptions } from "../subject/subject-options.ts";
import { Crew, type Outcome } from "./crew.ts";
import type { ExecutorOptions } from "./executor.ts";
import { perform } from "./perform.ts";
import type { Named, Work } from "./work.ts";

/** A rival of a subject that only exists here is loaded here. */
const load = ({ reference, directory, options }: Named) =>
  loadSubject(reference, directory, options);

export interface Hands {
  /** What loads the subject elsewhere, if anything does. */
  readonly reference: string | undefined;
  readonly options: SubjectOptions;
  readonly directory: string;
  /** Whether a call that does not end is ended. */
  readonly isWatching: boolean;
  /** Does `work`; a thread that is slow is given `patience` times as long. */
  run<Value>(work: Work, patience?: number): Promise<Outcome<Value>>;
  close(): Promise<void>;
}

const CALL_TIMEOUT_MS = 5000;

/** The hands for the subject that `options` names. */
export function handsFor(options: ExecutorOptions): Hands {
  const {
    subject = "combination",
    directory = process.cwd(),
    options: also = NO_OPTIONS,
  } = options;
  if (typeof subject !== "string") {
    return {
      reference: undefined,
      options: NO_OPTIONS,
      directory,
      isWatching: false,
      run: async <Value>(work: Work) => {
        const value = (await perform(subject, work, new FlightRecorder(0), load)) as Value;
        return { kind: "done", value };
      },
      close: async () => {},
    };
  }
  const { workers = 1, callTimeoutMs = CALL_TIMEOUT_MS, signal } = options;
  const reference = portableReference(subject, directory, also);
  const limits = { workers, callTimeoutMs, ...(signal === undefined ? {} : { signal }) };
  const named = { reference, options: also, directory };
  const isNative = kindOf(subject, also) === "native";
  const crew = isNative ? nativeHands(named, limits) : new Crew({ ...named, ...limits });
  return {
    reference,
    options: also,
    directory,
    isWatching: true,
    run: (work, patience) => crew.run(work, patience),
    close: () => crew.close(),
  };
}

/** Each task in a process of its own; one that dies says which call it was in, as a thread that is ended does. */
function nativeHands(
  named: Named,
  limits: { readonly callTimeoutMs: number; readonly signal?: AbortSignal },
): Pick<Hands, "run" | "close"> {
  const crew = new NativeCrew({ ...named, ...limits });
  return {
    run: async <Value>(work: Work, patience = 1): Promise<Outcome<Value>> => {
      const end = await crew.run<Value>(work, { patience });
      if (end.kind === "done") return { kind: "done", value: end.value };
      const { how, cause, box } = end;
      if (how === "not begun") {
        throw new UnusableSubject(`${named.reference} does not answer when it is loaded`);
      }
      const reason = box.count === 0 ? cause : (deathFinding(end).reason ?? cause);
      const { run, memoryBytes, count } = box;
      return { kind: "stuck", how, reason, run, memoryBytes, count, calls: box.calls() };
    },
    close: () => crew.close(),
  };
}
