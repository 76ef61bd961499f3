/** When the ledger is balanced, and when it is not. */
import { describe, expect, test } from "vitest";
import { complaintsAbout, ledgerRows } from "./ledger.ts";

describe("a ledger", () => {
  const declared = ["holes.split", "holes.merged"];

  test("is balanced when all that is declared was reached, and nothing else", () => {
    const rows = ledgerRows("mark", declared, { "holes.split": 3, "holes.merged": 1 });

    expect(complaintsAbout(rows)).toEqual([]);
    expect(rows.map(({ times }) => times)).toEqual([3, 1]);
  });

  test("complains about a declared mark that was never reached", () => {
    const rows = ledgerRows("mark", declared, { "holes.split": 3 });

    expect(complaintsAbout(rows)).toEqual([
      "the mark holes.merged is declared and was never reached",
    ]);
  });

  test("complains about a rule that was put to the test no time", () => {
    const rows = ledgerRows("rule", ["block-aligned"], { "block-aligned": 0 });

    expect(complaintsAbout(rows)).toEqual([
      "the rule block-aligned is declared and was never reached",
    ]);
  });

  test("complains about a mark that was reached and is not declared", () => {
    const rows = ledgerRows("mark", declared, {
      ...{ "holes.split": 1, "holes.merged": 1 },
      "holes.splitt": 2,
    });

    expect(complaintsAbout(rows)).toEqual([
      "the mark holes.splitt was reached and is not declared",
    ]);
  });
});
