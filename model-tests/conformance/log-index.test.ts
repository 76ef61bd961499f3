import { expect, test } from "vitest";
import { blockName } from "#units";
import { blockOf } from "./live-block.fixture.ts";
import { LogIndex } from "./log-index.ts";

test("where a block was placed is remembered as long as it lives, among thousands", () => {
  const index = new LogIndex();
  for (let name = 0; name < 5000; name++) {
    index.with(blockOf(name, 16 * name, 8)).note(blockName(name), name, name + 2);
    if (name % 2 === 1) index.without(blockName(name - 1));
  }

  expect(index.size).toBe(2500);
  for (let name = 1; name < 5000; name += 2) {
    const row = index.below(16 * name + 1);
    expect(index.blockAt(row).name).toBe(name);
    expect(index.placeAt(row)).toEqual({ at: name, line: name + 2 });
    expect(index.has(blockName(name - 1))).toBe(false);
  }
});
