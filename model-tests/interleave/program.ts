/** Draws what several cores do at once: few calls of few sizes, many frees of each other's blocks. */
import { type TraceCall, traceCall } from "#spec";
import { type BlockName, blockName } from "#units";
import type { ChoiceSource } from "../generate/choices.ts";
import type { Program } from "./scheduler.ts";

const SIZES = [8, 8, 16, 64, 200] as const;

/** A program of `calls` calls on each of `cores` cores. */
export function drawProgram(choices: ChoiceSource, cores: number, calls: number): Program {
  const program: TraceCall[][] = Array.from({ length: cores }, () => []);
  const free: BlockName[] = [];
  let names = 0;
  // Call by call over all cores, so that a block is freed only by a call that comes later in this order:
  // then no two cores can wait for each other's blocks.
  for (let made = 0; made < calls * cores; made++) {
    const core = made % cores;
    const list = program[core] as TraceCall[];
    if (free.length > 0 && choices.below(2) === 0) {
      const [name] = free.splice(choices.below(free.length), 1);
      list.push(traceCall({ kind: "dealloc", name: name as BlockName, core }));
      continue;
    }
    const name = blockName(names);
    names += 1;
    free.push(name);
    const size = SIZES[choices.below(SIZES.length)] as number;
    list.push(traceCall({ kind: "alloc", name, size, core }));
  }
  return program;
}
