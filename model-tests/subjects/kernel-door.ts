/** The kernel's memory as a row of bytes that can be read and written: what a core sees of it. */
import { isFault, type Machine, READING, WRITING } from "#impl";
import { type CoreId, virtualAddress } from "#units";
import type { MemoryDoor } from "../subject/subject.ts";

const PAGE_SIZE = 4096;

/** The memory of `machine` as `core` sees it; a page that is not there reads as zeroes and is not written. */
export function kernelDoor(machine: Machine, core: CoreId): MemoryDoor {
  const { mmu } = machine.core(core);
  const frames = machine.memory.bytes();
  return {
    size: 2 ** 48,
    read: (start, target) => {
      for (let done = 0; done < target.length; ) {
        const part = Math.min(target.length - done, bytesLeft(start + done));
        const place = mmu.translate(virtualAddress(start + done), READING);
        if (isFault(place)) target.fill(0, done, done + part);
        else target.set(frames.subarray(place, place + part), done);
        done += part;
      }
    },
    write: (start, source) => {
      for (let done = 0; done < source.length; ) {
        const part = Math.min(source.length - done, bytesLeft(start + done));
        const place = mmu.translate(virtualAddress(start + done), WRITING);
        if (!isFault(place)) frames.set(source.subarray(done, done + part), place);
        done += part;
      }
    },
  };
}

/** The bytes from `at` to the end of its page. */
function bytesLeft(at: number): number {
  return PAGE_SIZE - (at % PAGE_SIZE);
}
