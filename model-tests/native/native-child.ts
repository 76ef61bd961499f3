/**
 * The process in which a library is called and judged. It may die at any time: what it was doing then lies
 * in the file that it was given, and whoever started it goes on with another one.
 *
 * It never outlives that one, even if both are in the middle of something: the kernel ends it when its
 * parent ends, and it ends itself when nobody is there to talk to.
 */
import { doWork } from "../campaign/do-work.ts";
import type { Named } from "../campaign/work.ts";
import { UnusableSubject } from "../subject/contract.ts";
import { loadSubject } from "../subject/load-subject.ts";
import type { Subject } from "../subject/subject.ts";
import { kindOf } from "../subject/subject-kind.ts";
import { BlackBox } from "./black-box.ts";
import { CLibrary } from "./c-library.ts";
import { Forks } from "./forks.ts";
import { loadKoffi } from "./load-koffi.ts";
import { loadNative } from "./load-native.ts";
import { type NativeTask, SHARED_FILE } from "./native-task.ts";

const parent = Number(process.argv[2]);

function end(): void {
  process.kill(process.pid, "SIGKILL");
}

async function serve(): Promise<void> {
  process.on("disconnect", end);
  let loading: Promise<Subject> | undefined;
  const tools = prepared();
  process.on("message", async (task: NativeTask) => {
    const { work } = task;
    const load = async ({ reference, directory, options }: Named): Promise<Subject> => {
      if (kindOf(reference, options) !== "native") {
        return await loadSubject(reference, directory, options);
      }
      const { koffi, box } = await tools;
      return await loadNative(reference, directory, options, koffi, box);
    };
    loading ??= load(task);
    try {
      const { box, forks } = await tools;
      const subject = await loading;
      const answer = () => doWork(Promise.resolve(subject), work, box, load);
      process.send?.(await (task.isForked ? forks.run(answer) : answer()));
    } catch (error) {
      const isExpected = error instanceof UnusableSubject;
      const reason = error instanceof Error && !isExpected ? error.stack : String(error);
      process.send?.(
        isExpected ? { kind: "unusable", reason: error.message } : { kind: "broken", reason },
      );
    }
  });
}

async function prepared() {
  const koffi = await loadKoffi();
  const library = new CLibrary(koffi);
  library.dieWithParent();
  if (process.ppid !== parent) end();
  const box = new BlackBox(library.sharedMemory(SHARED_FILE, BlackBox.bytes));
  return { koffi, box, forks: new Forks(library, box) };
}

await serve();
