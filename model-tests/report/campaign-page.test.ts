import * as fc from "fast-check";
import { parseHTML } from "linkedom";
import { expect, test } from "vitest";
import { check } from "../campaign/check.ts";
import type { CheckReport } from "../campaign/check-report.ts";
import type { Subject } from "../subject/subject.ts";
import { blockSubject } from "../subjects/reference.ts";
import { anyText } from "./any-text.fixture.ts";
import { campaignPage } from "./campaign-page.ts";

const wrong: Subject = {
  name: "<wrong>",
  create: () => {
    let next = 64;
    return {
      alloc: (size) => {
        next += 8;
        return size === 0 ? 0 : next;
      },
      dealloc: () => {},
    };
  },
};

test("the page of a campaign has its figures, its plots and every rule", async () => {
  const report = await check({ subject: blockSubject, seed: 1, runs: 10 });

  const { document } = parseHTML(await campaignPage(report));

  const text = document.body.textContent ?? "";
  expect(text).toContain(report.calls.executed.toLocaleString("en-US"));
  expect(text).toContain(report.measured.callsPerSecond.toLocaleString("en-US"));
  expect(headingsOf(document)).toEqual([
    "Call mix",
    "Sizes asked for",
    "Situations reached",
    "Rules put to the test",
    "Rules",
    "Again",
  ]);
  expect(document.querySelectorAll("svg")).toHaveLength(4);
  expect(document.querySelectorAll("tbody tr")).toHaveLength(Object.keys(report.rules).length);
  expect(document.querySelectorAll("script")).toHaveLength(0);
});

test("a bar is as long as its count", async () => {
  const whole = await check({ subject: blockSubject, seed: 1, runs: 2 });
  const report: CheckReport = { ...whole, kinds: { alloc: 300, dealloc: 100 }, marks: {} };

  const { document } = parseHTML(await campaignPage(report));

  const [longer = 0, shorter = 0] = [...document.querySelectorAll("svg rect")].map((bar) =>
    Number(bar.getAttribute("width")),
  );
  expect(longer / shorter).toBeCloseTo(3);
});

test("the page of a failure has its rule first, in words and in its plot", async () => {
  const report = await check({ subject: wrong, seed: 1, runs: 5 });

  const { document } = parseHTML(await campaignPage(report));

  expect(report.verdict).toBe("violated");
  const rule = report.violation?.rule ?? "";
  expect(document.querySelector("h1")?.textContent).toContain(rule);
  expect(headingsOf(document).slice(0, 2)).toEqual(["The failure", "Failures by rule"]);
  expect(document.querySelector("tbody tr")?.textContent).toContain(`${rule}violated`);
  expect(document.querySelector(".story pre")?.textContent).toContain("= alloc");
});

test("the same report gives the same bytes", async () => {
  const report = await check({ subject: wrong, seed: 2, runs: 5 });

  expect(await campaignPage(report)).toBe(await campaignPage(report));
});

test("whatever a subject calls what it reached, it stays a text", async () => {
  const report = await check({ subject: wrong, seed: 1, runs: 1 });
  const hostile = fc.constantFrom(
    "</style></script><img src=x onerror=a>",
    `"'><b>`,
    "]]>\u0000\ud800",
  );
  const text = fc.oneof(hostile, anyText);
  await fc.assert(
    fc.asyncProperty(text, text, async (one, other) => {
      const page = await campaignPage({
        ...report,
        name: one,
        subject: other,
        marks: { [one]: 3, [`${other}.`]: 1 },
        hints: { [Object.keys(report.rules)[0] ?? ""]: one },
        missed: [other],
        kinds: { [one]: 1 },
        tested: {},
        sizes: {},
        traces: [{ path: one, calls: 1, skipped: 0 }],
      });

      const { document } = parseHTML(page);
      expect(document.querySelectorAll("img, b, script, iframe, a")).toHaveLength(0);
      expect(document.querySelectorAll("style, svg style")).toHaveLength(1);
    }),
    { seed: 1, numRuns: 6 },
  );
});

test("marks beyond those that are drawn are counted", async () => {
  const report = await check({ subject: wrong, seed: 1, runs: 1 });
  const marks = Object.fromEntries(
    Array.from({ length: 3000 }, (_, mark) => [`mark ${mark}`, mark]),
  );

  const page = await campaignPage({ ...report, marks });

  expect(page).toContain("2,960 more, which came up less often, are not drawn");
  expect(Buffer.byteLength(page)).toBeLessThan(200_000);
});

function headingsOf(document: ReturnType<typeof parseHTML>["document"]): readonly string[] {
  return [...document.querySelectorAll("h2")].map(({ textContent }) => textContent ?? "");
}
