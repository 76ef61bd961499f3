/** What the process of a library is told, and where it finds what it shares with whoever tells it. */
import type { Work } from "../campaign/work.ts";
import type { SubjectOptions } from "../subject/subject-options.ts";

export interface NativeTask {
  readonly reference: string;
  readonly options: SubjectOptions;
  readonly directory: string;
  readonly work: Work;
  /** Whether a copy of the process does the work, so that the process itself has done nothing. */
  readonly isForked?: true;
}

/** The descriptor of the shared file, behind the three streams and the channel. */
export const SHARED_FILE = 4;
