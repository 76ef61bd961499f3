import { expect, test } from "vitest";
import { address, frameNumber, type PageNumber } from "#units";
import { entryFlags, WRITABLE } from "../memory/page-table-entry.ts";
import { PageTables } from "../memory/page-tables.ts";
import { USUAL_SETUP } from "../memory/paging-controls.ts";
import { PhysicalMemory } from "../memory/physical-memory.ts";
import { TableFrames } from "../memory/table-frames.ts";
import { auditPageTables } from "./page-tables-audit.ts";

/** Page 5 of an address space: the root is frame 0, then the tables of levels 3, 2 and 1, in some order. */
function fixture() {
  const memory = new PhysicalMemory(16 * 4096);
  let next = 0;
  const frames = new TableFrames(memory, {
    acquireFrame: () => frameNumber(next++),
    releaseFrame: () => {},
  });
  const root = frames.acquire();
  const tables = new PageTables(frames, root);
  tables.map(
    { first: 5 as PageNumber, count: 1, level: 1 },
    () => frameNumber(9),
    entryFlags(WRITABLE),
  );
  const lowest = [1, 2, 3].find((frame) => memory.readWord(address(frame * 4096 + 40)) !== 0) ?? 0;
  const highest = Math.floor(memory.readWord(address(0)) / 4096);
  return { memory, frames, root, lowest, highest };
}

type Fixture = ReturnType<typeof fixture>;

// biome-ignore format: a table
const FAULTS: readonly (readonly [string, (fixture: Fixture) => void])[] = [
  ["an unused entry is zero as a whole",          ({ memory, lowest }) => memory.writeWord(address(lowest * 4096 + 8), 0x2)],
  ["an unused entry is zero as a whole",          ({ memory, lowest }) => memory.writeWord(address(lowest * 4096 + 12), 0x1)],
  ["reserved bits are zero",                      ({ memory, lowest }) => memory.writeWord(address(lowest * 4096 + 44), 0x8_0000)],
  ["the used entries of a table are counted",     ({ memory, lowest }) => memory.writeWord(address(lowest * 4096 + 8), 0x9001)],
  ["the used entries of a table are counted",     ({ memory, lowest }) => memory.writeWord(address(lowest * 4096 + 40), 0)],
  ["no page shows a table",                       ({ memory, lowest }) => memory.writeWord(address(lowest * 4096 + 40), 0x1001)],
  ["the recursive entry shows the root",          ({ memory }) => memory.writeWord(address(510 * 8), 0x5003)],
  ["what an entry leads to is a table",           ({ memory }) => memory.writeWord(address(0), 0x9007)],
  ["a table is reached once",                     ({ memory, highest }) => memory.writeWord(address(8), highest * 4096 + 7)],
  ["every table is reached, or waits",            ({ frames }) => void frames.acquire()],
  ["reserved bits are zero", ({ memory, highest }) => memory.writeWord(address(highest * 4096), 0x9087)],
];

test("sound tables pass", () => {
  const { frames, root } = fixture();

  expect(() => auditPageTables(frames, [root], USUAL_SETUP)).not.toThrow();
});

test.each(FAULTS)("tables of which it is not true that %s do not pass", (claim, spoil) => {
  const spoiled = fixture();
  spoil(spoiled);

  const audit = () => auditPageTables(spoiled.frames, [spoiled.root], USUAL_SETUP);

  expect(audit).toThrow(claim);
});
