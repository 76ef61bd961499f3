/**
 * Our machine, with one thing wrong each in memory or in the processor: what software announces stays
 * right, and only a look at the bytes, or at what a core keeps, finds that it is not so.
 */
import type { Word32 } from "#units";
import type { MachineCall } from "../machine-call.ts";
import type { MoveListener, SubjectConfig } from "../machine-subject.ts";
import { OurMachine } from "../our-machine.ts";
import { access, CORE_0, mapAt, release, SPACE, WRITE } from "./toy-calls.ts";

/** The highest bit of an entry: what it shows may not be executed. */
const NO_EXECUTE_HIGH = 0x8000_0000;
/** The bit of an entry that says that its page was written. */
const DIRTY_LOW = 0x40;

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
    const { memory } = this.machine;
    const write = memory.setLow.bind(memory);
    memory.setLow = (slot, low) => {
      const isMarked = Math.floor(low / DIRTY_LOW) % 2 === 1;
      write(slot, (isMarked ? low - DIRTY_LOW : low) as Word32);
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
const WRITTEN = [...MAPPED, access(0, 1600, "write")] as const;

/** Every one of them, with the rule that finds it and calls in which it does. */
export const WRONG_BYTES: readonly WrongBytes[] = [
  wrong("machine-as-announced", ExecutableMemory, MAPPED),
  wrong("machine-as-announced", CleanMemory, WRITTEN),
  wrong("machine-as-announced", DirtyMemory, MAPPED),
  wrong("acknowledged-when-forgotten", DeafCores, [...WRITTEN, release(1, 0), ...STEPS(1)]),
];

type Class = new (listener: MoveListener, config: SubjectConfig) => OurMachine;

function wrong(rule: string, machine: Class, calls: readonly MachineCall[]): WrongBytes {
  const name = machine.name.replaceAll(/\B[A-Z]/g, " $&").toLowerCase();
  return { name, rule, make: (listener, config) => new machine(listener, config), calls };
}
