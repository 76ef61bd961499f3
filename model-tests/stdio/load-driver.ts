/**
 * A subject that is a command: its driver is started and asked over its streams.
 *
 * Each heap is made in a process of its own, unless the driver offers to make another in the same one: to
 * boot a kernel takes longer than a run.
 */

import { UnusableSubject } from "../subject/contract.ts";
import type { Subject } from "../subject/subject.ts";
import { quoted } from "../trace/quoted.ts";
import { Driver } from "./driver.ts";
import { driverInstance } from "./driver-instance.ts";

/** The subject that `command` drives when it is typed in the folder `directory`. */
export async function loadDriver(command: string, directory: string): Promise<Subject> {
  if (process.platform === "win32") {
    throw new UnusableSubject("a driver is asked over named pipes of a kind that Windows lacks");
  }
  const first = await Driver.start(command, directory);
  const { name, cores, promises } = first.hello;
  const idle: Driver[] = [first];
  return {
    name,
    cores,
    ...(promises === undefined ? {} : { promises }),
    create: async (options) => {
      // A thread that never comes to rest does not learn which of its children have ended.
      await new Promise((resolve) => setImmediate(resolve));
      const driver = idle.pop() ?? (await Driver.start(command, directory));
      try {
        return driverInstance(driver, options, () => {
          if (driver.isWell && driver.hello.again) idle.push(driver);
          else driver.close();
        });
      } catch (error) {
        driver.close();
        if (error instanceof UnusableSubject) throw error;
        const reason = error instanceof Error ? error.message : String(error);
        throw new UnusableSubject(`${quoted(command)} made no heap: ${reason}`);
      }
    },
  };
}
