/**
 * Our machine, with one thing wrong each in memory or in the processor: what software announces stays
 * right, and only a look at the bytes, or at what a core keeps, finds that it is not so.
 */
import { entryAddress, RECURSIVE_INDEX } from "#impl";
import { address, KERNEL_SPACE, type TableIndex } from "#units";
import type { MachineCall } from "../machine-call.ts";
import type { MoveListener, SubjectConfig } from "../machine-subject.ts";
import { OurMachine } from "../our-machine.ts";
import { access, CORE_0, mapAt, release, SPACE, WRITE } from "./toy-calls.ts";

/** The highest bit of an entry: what it shows may not be executed. */
const NO_EXECUTE_HIGH = 0x8000_0000;
/** The bit of an entry that says that its page was written. */
const DIRTY_LOW = 0x40;
/** The bits of an entry that leads somewhere, for writing too. */
const PRESENT_WRITABLE = 0x3;

/** Loses the highest bit of every entry that is written. */
export class ExecutableMemory extends OurMachine {
  constructor(listener: MoveListener, config: SubjectConfig) {
    super(listener, config);
    const { memory } = this.machine;
    const write = memory.writeWord.bind(memory);
    memory.writeWord = (at, value) => {
      write(at, at % 8 === 4 ? value % NO_EXECUTE_HIGH : value);
    };
  }
}

/** Loses the mark of a page that is written. */
export class CleanMemory extends OurMachine {
  constructor(listener: MoveListener, config: SubjectConfig) {
    super(listener, config);
    const { words } = this.machine.memory;
    const write = words.write.bind(words);
    words.write = (row, low) => {
      const isMarked = Math.floor((low >>> 0) / DIRTY_LOW) % 2 === 1;
      write(row, isMarked ? low - DIRTY_LOW : low);
    };
  }
}

/** Clears a frame but for its last entry, which shows frame 1. */
export class DirtyMemory extends OurMachine {
  constructor(listener: MoveListener, config: SubjectConfig) {
    super(listener, config);
    const { memory } = this.machine;
    const clear = memory.clearFrame.bind(memory);
    memory.clearFrame = (frame) => {
      clear(frame);
      memory.bytes().set([0x01, 0x10], frame * 4096 + 511 * 8);
    };
  }
}

/** Writes the recursive window one entry too high; whoever reads back what it wrote finds out. */
export class ShiftedWindow extends OurMachine {
  constructor(listener: MoveListener, config: SubjectConfig) {
    super(listener, config);
    const { memory } = this.machine;
    const write = memory.writeWord.bind(memory);
    memory.writeWord = (at, value) => {
      const isWindow = Math.floor(at / 8) % 512 === RECURSIVE_INDEX;
      write(isWindow ? address(at + 8) : at, value);
    };
  }
}

/** Edits another space through a second window, at entry 508, and clears it in the wrong table. */
export class LeftoverWindow extends OurMachine {
  override perform(call: MachineCall): ReturnType<OurMachine["perform"]> {
    const answer = super.perform(call);
    const [core] = this.machine.cores();
    if (call.call !== "map" || core === undefined) return answer;
    const { memory } = this.machine;
    for (const { id, tables } of this.machine.spaces()) {
      const isOther = id !== KERNEL_SPACE && id !== core.space.id;
      const entry = tables.root * 4096 + PRESENT_WRITABLE;
      if (isOther) memory.writeWord(entryAddress(tables.root, 508 as TableIndex), entry);
    }
    return answer;
  }
}

/** Is told to forget a page, and does not. */
export class DeafCores extends OurMachine {
  override perform(call: MachineCall): ReturnType<OurMachine["perform"]> {
    for (const { mmu } of this.machine.cores()) mmu.tlb.invalidate = () => {};
    return super.perform(call);
  }
}

export interface WrongBytes {
  readonly name: string;
  readonly rule: string;
  readonly make: (listener: MoveListener, config: SubjectConfig) => OurMachine;
  readonly calls: readonly MachineCall[];
}

/** An operation lets go a few times; a step of one that has ended is left out. */
const STEPS = (of: number): readonly MachineCall[] => Array(4).fill({ call: "step", of });
const MAPPED = [SPACE, CORE_0, mapAt(0, 1600, 1, WRITE), ...STEPS(0)] as const;
/** A core in one space, and another space, which is called 0. */
const ELSEWHERE: readonly MachineCall[] = [
  { call: "space", id: 1 },
  { call: "start", core: 0, space: 1 },
  SPACE,
];
const WRITTEN = [...MAPPED, access(0, 1600, "write")] as const;

/** Every one of them, with the rule that finds it and calls in which it does. */
export const WRONG_BYTES: readonly WrongBytes[] = [
  wrong("machine-as-announced", ExecutableMemory, MAPPED),
  wrong("machine-as-announced", CleanMemory, WRITTEN),
  wrong("machine-as-announced", DirtyMemory, MAPPED),
  wrong("machine-call-returns", ShiftedWindow, [SPACE]),
  wrong("machine-as-announced", LeftoverWindow, [...ELSEWHERE, mapAt(0, 1600, 1, WRITE)]),
  wrong("acknowledged-when-forgotten", DeafCores, [...WRITTEN, release(1, 0), ...STEPS(1)]),
];

type Class = new (listener: MoveListener, config: SubjectConfig) => OurMachine;

function wrong(rule: string, machine: Class, calls: readonly MachineCall[]): WrongBytes {
  const name = machine.name.replaceAll(/\B[A-Z]/g, " $&").toLowerCase();
  return { name, rule, make: (listener, config) => new machine(listener, config), calls };
}
