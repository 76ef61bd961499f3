import { describe, expect, it } from "vitest";
import type { Alignment, ByteCount } from "#units";
import { classIn, classTable } from "./class-table.ts";
import { slabClassAmong } from "./slab-class.ts";

// biome-ignore format: a table is read by its columns
const SETS = [
  { name: "every class",                           classes: 0xffff_ffff },
  { name: "the last class alone",                  classes: 0x8000_0000 },
  { name: "every other class, and the last",       classes: 0xd555_5555 },
  { name: "a few that promise 8, and the last",    classes: 0x8000_0055 },
];

describe("a class table", () => {
  it.each(SETS)("finds what a search finds for every request, with $name", ({ classes }) => {
    const table = classTable(classes);
    const wrong: string[] = [];

    for (let size = 0; size <= 8300; size++) {
      for (let align = 1; align <= 8192; align *= 2) {
        const [bytes, aligned] = [size as ByteCount, align as Alignment];
        const found = classIn(table, bytes, aligned);
        if (found !== slabClassAmong(classes, bytes, aligned)) wrong.push(`${size} at ${align}`);
      }
    }

    expect(wrong).toEqual([]);
  });
});
