import { describe, expect, test } from "vitest";
import { theoremNamed } from "../ledger/theorem-list.ts";
import { GIVEN_WORDS } from "../translate/words.ts";
import { nameOf, reachedBy } from "./reached.ts";

describe("what a theorem is about", () => {
  test("is the code that its formula is made of, and not the code of a given word", () => {
    const { stated } = reachedBy(theoremNamed("beginningAddsUp").declaration);

    const names = [...stated].map((each) => nameOf(each));

    expect(names).toContain("spec/system/heap-switch.ts uninitialised");
    expect(names.filter((name) => GIVEN_WORDS.some((word) => name.endsWith(` ${word}`)))).toEqual(
      [],
    );
  });

  test("is told apart from what it takes for granted", () => {
    const { stated, assumed } = reachedBy(theoremNamed("keysHaveHeapsOfTheirOwn").declaration);

    const [said, granted] = [stated, assumed].map((each) => [...each].map(nameOf));

    expect(granted).toContain("spec/system/invariants.ts SYSTEM_INVARIANTS");
    expect(said).not.toContain("spec/system/invariants.ts SYSTEM_INVARIANTS");
  });
});
