/**
 * A switch that is on its way while other cores ask and free: every call lets it do one more section.
 *
 *     calls      1   2   3      4       5       6    switch
 *     switch                 ├ map ┤ ├ map ┤ ├ map ┤ ├ the rest ┤
 *
 * The first call to switch lets it do all that is left, and is answered with what came of it; any other is
 * declined.
 */
import type { Caller } from "#impl";
import type { CoreId } from "#units";
import type { Sections, SubjectInstance } from "../subject/subject.ts";
import type { MadeCombination } from "../subjects/combination.ts";
import { interrupting } from "../subjects/combination-sections.ts";

const SWITCHER: Caller = { core: 0 as CoreId, entity: 0 };

/** Methods that let a switch go on, from the call with number `first` on. */
export function switchingParts(made: MadeCombination, first: number): Partial<SubjectInstance> {
  const { instance } = made;
  const underway = interrupting(made.machine, SWITCHER, switched(made));
  let calls = 0;
  let outcome: unknown;
  let isAnswered = false;
  const goOn = (): void => {
    calls += 1;
    if (calls <= first || outcome !== undefined) return;
    const { done, value } = underway.next();
    if (done === true) outcome = value;
  };
  return {
    alloc: (size, align, origin) => {
      goOn();
      return instance.alloc(size, align, origin);
    },
    dealloc: (start, size, align, origin) => {
      goOn();
      return instance.dealloc(start, size, align, origin);
    },
    switch: () => {
      const isFirst = !isAnswered;
      isAnswered = true;
      while (outcome === undefined) goOn();
      return isFirst && outcome;
    },
  };
}

function* switched({ heap }: MadeCombination): Sections {
  const { ok } = yield* heap.switchToMultipleHeaps(SWITCHER);
  return ok;
}
