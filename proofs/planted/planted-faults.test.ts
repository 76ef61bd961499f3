import { afterAll, describe, expect, test } from "vitest";
import { theoremNamed } from "../ledger/theorem-list.ts";
import { explain } from "../replay/explain.ts";
import { isFailure, type RunTheorem, runTheorem } from "../replay/run-theorem.ts";
import { closeSolver } from "../solver/z3.ts";
import { withMistake } from "../source.ts";
import type { PlantedFault } from "./planted-fault.ts";
import { WRONG_HARDWARE } from "./wrong-hardware.ts";
import { WRONG_HEAPS } from "./wrong-heaps.ts";
import { WRONG_KERNELS } from "./wrong-kernels.ts";
import { WRONG_MACHINE_MOVES } from "./wrong-machine-moves.ts";
import { WRONG_RULES } from "./wrong-rules.ts";
import { WRONG_TRANSITIONS } from "./wrong-transitions.ts";

afterAll(closeSolver);

const right = new Map<string, Promise<RunTheorem>>();

/** The theorem `name`, run with the source as it is. */
function rightRun(name: string): Promise<RunTheorem> {
  const known = right.get(name) ?? runTheorem(theoremNamed(name).path, name);
  right.set(name, known);
  return known;
}

function titled(faults: readonly PlantedFault[]): readonly (readonly [string, PlantedFault])[] {
  return faults.map((fault) => [fault.claim, fault] as const);
}

describe.each([
  ["a wrong rule", WRONG_RULES, 6],
  ["a wrong transition", WRONG_TRANSITIONS, 6],
  ["a wrong move of a machine", WRONG_MACHINE_MOVES, 6],
  ["a wrong kernel", WRONG_KERNELS, 10],
  ["a wrong heap", WRONG_HEAPS, 6],
  ["a wrong reading of the hardware", WRONG_HARDWARE, 3],
] as const)("%s is refuted by values that only the wrong source fails on", (_, faults, count) => {
  test.each(titled(faults))("%s", async (_claim, { mistake, theorem, fixed }) => {
    const explained = await withMistake(mistake, () =>
      explain(theoremNamed(theorem).declaration, fixed),
    );

    const outcome = (await rightRun(theorem))(explained.values);

    expect(explained.kind, explained.text).toBe("reproduced");
    expect(isFailure(outcome)).toBe(false);
  });

  test("there are enough of them", () => {
    expect(faults.length).toBeGreaterThanOrEqual(count);
  });
});
