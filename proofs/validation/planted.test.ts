/** A translation of a slightly other source is told from what the source does: comparing has teeth. */
import { beforeAll, expect, test } from "vitest";
import { fileAt, type Mistake, withMistake } from "../source.ts";
import { INTEGERS } from "../translate/integers.ts";
import { buildersOf } from "./arguments.ts";
import { type Declared, privateModules } from "./private-modules.ts";
import { functionsOf, type ReachedFunction } from "./reached-functions.ts";
import { realFunction, translationOf, validate } from "./validation.ts";

/** A mistake in a file, and the function that it is in. */
interface Planted extends Mistake {
  readonly name: string;
}

const PLANTED: readonly Planted[] = [
  {
    name: "remove",
    file: "spec/system/ownership.ts",
    right: "pageAt: pageAt.with(place, lastPage).without(lastPlace)",
    wrong: "pageAt: pageAt.without(lastPlace).with(place, lastPage)",
  },
  {
    name: "writeHole",
    file: "impl/heap/hole-words.ts",
    right: "memory.writeWord(hole, Math.floor(size / GRANULE))",
    wrong: "memory.writeWord(hole, Math.floor((size + 1) / GRANULE) + 1)",
  },
  {
    name: "liveBlocks",
    file: "spec/heap/live-blocks.ts",
    right: "start < block.start + block.reach",
    wrong: "start <= block.start + block.reach",
  },
  {
    name: "planMerge",
    file: "impl/heap/hole-merging.ts",
    right: "belowEnd > start",
    wrong: "belowEnd >= start",
  },
  {
    name: "unlinkSpan",
    file: "impl/heap/span-links.ts",
    right: "next.write(before, after)",
    wrong: "next.write(before, before)",
  },
  {
    name: "openSpan",
    file: "impl/heap/span-opening.ts",
    right: "columns.fresh.write(page, 0)",
    wrong: "columns.fresh.write(page, 1)",
  },
  {
    name: "isInside",
    file: "spec/heap/rules.ts",
    right: "extent.some((part) =>",
    wrong: "extent.every((part) =>",
  },
];

let modules: ReadonlyMap<string, Declared>;

beforeAll(async () => {
  modules = await privateModules();
}, 120_000);

function functionNamed(file: string, name: string): ReachedFunction {
  const found = functionsOf(fileAt(file)).find(({ expression }) => expression === name);
  if (found === undefined) throw new Error(`${file} has no function ${name}`);
  return found;
}

test.each(PLANTED)("another $name gives something else", async (planted) => {
  const { file, name } = planted;
  const real = realFunction(functionNamed(file, name), modules);
  const compare = (): string | undefined => {
    const translation = translationOf(functionNamed(file, name), INTEGERS);
    return validate(translation, real, buildersOf(modules), { runs: 200, asked: 0 }).difference;
  };

  const asItIs = compare();
  const asItIsNot = await withMistake(planted, async () => compare());

  expect(asItIs).toBeUndefined();
  expect(asItIsNot).toBeDefined();
});
