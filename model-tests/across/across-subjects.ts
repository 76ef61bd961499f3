/**
 * The combination heap as a subject for any number of cores, that switches at once, when it is told to, or
 * never, and whose usual configuration may be changed.
 */
import type { CombinationConfig } from "#impl";
import type { CreateOptions, Subject, SubjectInstance } from "../subject/subject.ts";
import {
  combinationSubject,
  type MadeCombination,
  madeCombination,
} from "../subjects/combination.ts";

export type Switching = "at once" | "when told" | "never";

/** What of a heap may be made otherwise. */
export interface Otherwise {
  readonly change?: (usual: CombinationConfig) => CombinationConfig;
  /** Is given every machine, whose heap has begun and was asked for nothing; may replace methods. */
  readonly onMade?: (made: MadeCombination) => Partial<SubjectInstance>;
}

/** A combination heap on `cores` cores. */
export function acrossSubject(
  cores: number,
  switching: Switching,
  otherwise: Otherwise = {},
): Subject {
  const name = `combination, ${cores} cores, switched ${switching}`;
  const create = (options: CreateOptions): SubjectInstance => instanceOf(options, otherwise);
  return { ...combinationSubject, name, cores, create: (options) => begun(create(options)) };

  function begun(instance: SubjectInstance): SubjectInstance {
    if (switching === "at once") instance.switch?.({ core: 0, entity: 0 });
    if (switching !== "never") return instance;
    const { switch: _, ...rest } = instance;
    return rest;
  }
}

function instanceOf(options: CreateOptions, { change, onMade }: Otherwise): SubjectInstance {
  const made = madeCombination(options, change);
  return { ...made.instance, ...onMade?.(made) };
}
