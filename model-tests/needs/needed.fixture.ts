/** What a test needs that needs several things of the machine, and whether it can run. */
import { needing } from "./needing.fixture.ts";

export interface Needed {
  readonly isThere: boolean;
  /** The beginning of its title: all that it needs where all is there, else what is not. */
  readonly title: string;
}

/** Of `things`, each with whether this machine has it. What is there is not blamed for what is not. */
export function needed(things: Readonly<Record<string, boolean>>): Needed {
  const absent = Object.keys(things).filter((thing) => things[thing] === false);
  const isThere = absent.length === 0;
  const named = isThere ? Object.keys(things) : absent;
  return { isThere, title: named.map(needing).join("") };
}
