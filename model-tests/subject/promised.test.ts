import { expect, test } from "vitest";
import { loadSubject } from "./load-subject.ts";
import { promised } from "./promised.ts";
import type { Subject } from "./subject.ts";

const SUBJECT: Subject = {
  name: "plain",
  promises: { alignMax: 64, reclaims: true },
  create: () => ({ alloc: () => 0, dealloc: () => true }),
};

test("what was said of a subject stands in place of what it says itself", () => {
  expect(promised(SUBJECT, {})).toBe(SUBJECT);
  expect(promised(SUBJECT, { promises: "kernel" }).promises).toBe("kernel");
  expect(promised(SUBJECT, { alignDefault: 8 }).promises).toEqual({
    alignMax: 64,
    reclaims: true,
    alignDefault: 8,
  });
  expect(promised(SUBJECT, { promises: "c-malloc", alignDefault: 8 }).promises).toMatchObject({
    alignBySize: true,
    alignDefault: 8,
    alignMax: 4096,
  });
});

test("a subject that says itself what it promises is not told its alignment", async () => {
  await expect(loadSubject("block", ".", { alignDefault: 8 })).rejects.toThrow(
    "block is asked through its own methods: --align-default is of WASM modules and native libraries",
  );
});
