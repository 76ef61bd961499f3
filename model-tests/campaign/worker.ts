/** The other side of a worker thread: loads the subject once and does what it is told. */
import { FlightRecorder } from "../conformance/flight.ts";
import { loadSubject } from "../subject/load-subject.ts";
import type { Subject } from "../subject/subject.ts";
import { subjectWords } from "../subject/subject-options.ts";
import { doWork } from "./do-work.ts";
import type { Named, Work } from "./work.ts";

export type WorkerTask = Work & Named & { readonly flight: FlightRecorder["buffer"] };

// A subject may end its call with an exception, but not the thread that judges it.
process.exit = (code) => {
  throw new Error(`the subject called process.exit(${code ?? ""})`);
};

const subjects = new Map<string, Promise<Subject>>();

/** Does one task; what a subject cannot be used for is an answer, not an exception. */
export default async function work(task: WorkerTask): Promise<unknown> {
  return await doWork(loaded(task), task, new FlightRecorder(0, task.flight), loaded);
}

/** The subject that `named` means, loaded once. */
function loaded({ reference, directory, options }: Named): Promise<Subject> {
  const key = JSON.stringify([directory, ...subjectWords(reference, options)]);
  const loading = subjects.get(key) ?? loadSubject(reference, directory, options);
  subjects.set(key, loading);
  return loading;
}
