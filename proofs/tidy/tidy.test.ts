import { describe, expect, test } from "vitest";
import { ambient } from "./ambient.ts";
import { casts } from "./casts.ts";
import { claims } from "./claims.ts";
import { closedSwitch } from "./closed-switch.ts";
import { cycles } from "./cycles.ts";
import { dialectOfTheorems } from "./dialect-of-theorems.ts";
import { doors } from "./doors.ts";
import { layers } from "./layers.ts";
import { brokenLinks, pages } from "./links.ts";
import { names } from "./names.ts";
import { complaintsAbout, houseFiles, type TidyCheck } from "./tidy-check.ts";
import { unusedFlushes } from "./unused-flushes.ts";
import { wideBits } from "./wide-bits.ts";

const CHECKS: readonly TidyCheck[] = [
  layers,
  doors,
  cycles,
  wideBits,
  casts,
  claims,
  closedSwitch,
  unusedFlushes,
  ambient,
  names,
  dialectOfTheorems,
];

// The house comes first: a sample among the files makes the compiler look at all of them again.
describe("in the house", () => {
  test.each(CHECKS)("$claim", (check) => {
    expect(check.complaints(houseFiles())).toEqual([]);
  });
});

describe.each(CHECKS)("$claim", (check) => {
  test("in a good sample", () => {
    expect(complaintsAbout(check, check.good)).toEqual([]);
  });

  test("not in a bad one", () => {
    const complaints = complaintsAbout(check, check.bad);

    const unnamed = check.bad.filter(
      ({ path }) => !complaints.some((each) => each.includes(path.split("/").at(-1) as string)),
    );

    expect(unnamed).toEqual([]);
    expect(complaints).not.toEqual([]);
  });
});

describe("what a page names is there", () => {
  test("in a good sample", () => {
    const text = "See [the rules](rules.ts) and `spec/heap/rules.ts`, `spec/heap` or `a/b`.";

    expect(brokenLinks("spec/heap/page.md", text)).toEqual([]);
  });

  test("not in a bad one", () => {
    const text = "See [the rules](nothing.ts) and `spec/nothing.ts`.";

    expect(brokenLinks("spec/heap/page.md", text).length).toBe(2);
  });

  test("in the house", () => {
    const broken = [...pages()].flatMap(([path, text]) => brokenLinks(path, text));

    expect(broken).toEqual([]);
  });
});
