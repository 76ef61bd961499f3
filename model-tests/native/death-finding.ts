/**
 * How the end of a process is judged: by the rule that calls end, that they return, or by what its bytes
 * should have been.
 *
 * A process that dies while the bytes of a block are read or written has none there. If it is the block that
 * was placed just then, it lies outside of all memory; an older one has lost what its owner wrote.
 */
import { RULES } from "#spec";
import type { Finding } from "../campaign/tasks.ts";
import type { Death } from "./native-process.ts";

/** The finding that `death` is, during the last call that it noted. */
export function deathFinding({ how, cause, box }: Death): Finding {
  const [rule, reason] = judged(how, cause, box);
  const sentence = RULES.find(({ name }) => name === rule)?.claim ?? rule;
  return { rule, sentence, at: box.count - 1, reason };
}

function judged(how: Death["how"], cause: string, box: Death["box"]): readonly [string, string] {
  if (how === "hung") return ["call-terminates", cause];
  if (box.doing === "calling") return ["call-returns", `${cause} during the call`];
  if (box.doing === "judging") return ["call-returns", `${cause} after the call`];
  return box.isAtPlaced
    ? ["block-in-extent", `${cause} when the bytes of the block were used`]
    : ["payload-intact", `${cause} when the bytes of another block were used`];
}
