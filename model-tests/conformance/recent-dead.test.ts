import { expect, test } from "vitest";
import { address, alignment, blockName, bytes } from "#units";
import { RecentDead } from "./recent-dead.ts";

test("the last 1024 dead blocks are known, and no older one", () => {
  const dead = new RecentDead();

  for (let name = 0; name < 1500; name++) dead.with(blockName(name), address(8 * name));

  expect(dead.size).toBe(1024);
  expect(dead.has(blockName(475))).toBe(false);
  expect(dead.has(blockName(476))).toBe(true);
  expect(dead.get(blockName(1499))).toBe(8 * 1499);
  expect(dead.every((start) => start >= 8 * 476)).toBe(true);
  expect(dead.some((start) => start === 8 * 475)).toBe(false);
});

test("every name that can be picked is known", () => {
  const dead = new RecentDead();
  for (let name = 0; name < 1500; name++) dead.with(blockName(name), address(8));

  const picked = Array.from({ length: dead.size }, (_, place) => dead.pick(place));

  expect(picked.every((name) => dead.has(name))).toBe(true);
});

test("a dead block keeps its layout for as long as it is known", () => {
  const dead = new RecentDead();
  const [start, size, align] = [address(64), bytes(24), alignment(8)];
  dead.remember({ name: blockName(0), start, size, align, reach: size });
  dead.with(blockName(0), start);

  expect(dead.layoutOf(blockName(0))).toMatchObject({ start, size, align });
  for (let name = 1; name <= 1024; name++) dead.with(blockName(name), address(8 * name));
  expect(dead.layoutOf(blockName(0))).toBeUndefined();
});

test("an address is recognised when it is used again", () => {
  const dead = new RecentDead().with(blockName(0), address(4096 + 64));

  expect(dead.hadStart(4096 + 64)).toBe(true);
  expect(dead.hadStart(64)).toBe(false);
});

test("a name without a value is not known", () => {
  const dead = new RecentDead().with(blockName(0), address(64)).without(blockName(0));

  expect(dead.has(blockName(0))).toBe(false);
});
