/**
 * The pages as a reader has them: opened from a file in headless Chromium, in both lights, with keys only.
 * Where there is no Chromium nothing is run, and the table at the end of a test run says so.
 */
import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { pathToFileURL } from "node:url";
import { type BrowserContext, chromium, type Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Change, type Film, type FilmStep, HEAP_THINGS } from "../film/film.ts";
import { filmMachine } from "../film/film-machine.ts";
import type { MachineCall } from "../machine/machine-call.ts";
import { plainMachine } from "../machine/toys/plain-machine.ts";
import { needing } from "../needs/needing.fixture.ts";
import { campaignPage } from "./campaign-page.ts";
import { type ShownFacts, showPage } from "./show-page.ts";

const CHROMIUM = ["/usr/bin/chromium", ...onPath("chromium", "chromium-browser", "google-chrome")];
const executablePath = CHROMIUM.find((path) => existsSync(path));
const needs = needing("Chromium");

const ARGUMENTS = [
  "--headless",
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

const FACTS: ShownFacts = {
  subject: "./mine.ts",
  name: "</script><img src=x onerror=alert(1)>",
  path: "x.trace.jsonl",
  seed: "0x2a",
  conditions: "4,096 bytes of memory",
  calls: 3,
  source: "subject",
};

const FILM: Film = {
  kind: "heap",
  before: 0,
  base: [[HEAP_THINGS.part, 0, 0, 64, 256]],
  untold: 0,
  steps: [
    ["a = alloc 16", "V0x0040", [HEAP_THINGS.block, 0, 0, 64, 16, 0]],
    ["b = alloc 32", "V0x0060", [HEAP_THINGS.block, 1, 0, 96, 32, 0]],
    ["c = alloc 32", "V0x0048"],
  ],
  fault: {
    rule: "live-blocks-disjoint",
    sentence: "no byte belongs to two live blocks",
    facts: ["c shares 8 bytes with a <img src=x onerror=alert(1)>"],
    blamed: [],
    placed: { name: 2, instance: 0, start: 72, size: 32 },
  },
};

const RIGHTS = { isWritable: true, isExecutable: false };
const CALLS: readonly MachineCall[] = [
  { call: "space", id: 0 },
  { call: "start", core: 0, space: 0 },
  { call: "map", id: 0, space: 0, at: 5, count: 2, rights: RIGHTS },
  { call: "step", of: 0 },
  { call: "access", core: 0, page: 5, kind: "read" },
];

describe.skipIf(executablePath === undefined)(`${needs}a page in a browser`, () => {
  let folder = "";
  let browser: BrowserContext | undefined;
  const heard: string[] = [];

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), "ariadne-pages-"));
    browser = await chromium.launchPersistentContext(join(folder, "user"), {
      ...(executablePath === undefined ? {} : { executablePath }),
      args: ARGUMENTS,
      viewport: { width: 900, height: 700 },
    });
    browser.on("console", (message) => heard.push(`${message.type()}: ${message.text()}`));
    browser.on("weberror", (error) => heard.push(String(error.error())));
    browser.on("request", (request) => {
      if (!request.url().startsWith("file:")) heard.push(`request: ${request.url()}`);
    });
  });

  afterAll(async () => {
    await browser?.close();
    rmSync(folder, { recursive: true, force: true });
  });

  async function opened(html: string, colorScheme: "light" | "dark" = "light"): Promise<Page> {
    const path = join(folder, "page.html");
    writeFileSync(path, html);
    const page = browser?.pages()[0] ?? (await browser?.newPage());
    if (page === undefined) throw new Error("no browser was started");
    await page.emulateMedia({ colorScheme });
    await page.goto(pathToFileURL(path).href);
    await page.waitForSelector("#now:not(:empty), .figures");
    return page;
  }

  test("it begins at the offending step, which is marked", async () => {
    const page = await opened(showPage(FACTS, FILM).html);

    expect(await page.inputValue("#slider")).toBe("3");
    expect(await page.textContent("#now")).toBe(
      "call 3: c = alloc 32, V0x0048; breaks live-blocks-disjoint",
    );
    expect(await page.getAttribute(".step.fault", "aria-current")).toBe("step");
    expect(await page.locator(".step").count()).toBe(3);
  });

  test("the slider moves the list, the map and the tables", async () => {
    const page = await opened(showPage(FACTS, FILM).html);
    const before = await inked(page);

    await page.fill("#slider", "1");

    await settled(page);
    expect(await page.textContent(".step[aria-current] .call")).toBe("a = alloc 16");
    expect(await page.textContent("#summary")).toBe("1 live block, 16 bytes");
    expect(await page.textContent("#tables tbody")).toContain("V0x0040");
    expect(await page.getAttribute("#slider", "aria-valuetext")).toContain("call 1");
    expect(await inked(page)).not.toEqual(before);
  });

  test("keys go where a slider's keys go, from anywhere", async () => {
    const page = await opened(showPage(FACTS, FILM).html);
    const visited: string[] = [];

    for (const key of ["Home", "ArrowRight", "ArrowRight", "ArrowLeft", "End"]) {
      await page.keyboard.press(key);
      visited.push(await page.inputValue("#slider"));
    }
    await page.focus("#slider");
    await page.keyboard.press("ArrowLeft");
    visited.push(await page.inputValue("#slider"));

    expect(visited).toEqual(["0", "1", "2", "1", "3", "2"]);
  });

  test("what has the focus can be seen, and the list is one stop", async () => {
    const page = await opened(showPage(FACTS, FILM).html);

    await page.focus(".step[aria-current]");
    await page.keyboard.press("ArrowUp");

    const focused = "document.activeElement";
    expect(await page.evaluate(`${focused}.textContent`)).toContain("b = alloc 32");
    expect(await page.evaluate(`getComputedStyle(${focused}).outlineStyle`)).toBe("solid");
    expect(await page.locator(".step[tabindex='0']").count()).toBe(1);
  });

  test("both lights are drawn, and change while the page is open", async () => {
    const page = await opened(showPage(FACTS, FILM).html, "light");
    const [light, paper] = [await inked(page), await paperOf(page)];

    await page.emulateMedia({ colorScheme: "dark" });

    await settled(page);
    expect(await paperOf(page)).not.toEqual(paper);
    expect(await inked(page)).not.toEqual(light);
  });

  test("a long trace is unpacked, and its list is turned page by page", async () => {
    const steps = Array.from({ length: 20_000 }, (_, index): FilmStep => {
      const change: Change = [HEAP_THINGS.block, index, 0, 64 + 32 * index, 24, 0];
      return [`a = alloc ${index}`, "V0x0040", change];
    });
    const page = await opened(showPage({ ...FACTS, calls: 20_000 }, { ...FILM, steps }).html);

    await page.keyboard.press("Home");
    await page.keyboard.press("ArrowRight");

    expect(await page.locator(".step").count()).toBe(200);
    expect(await page.textContent(".step[aria-current] .call")).toBe("a = alloc 0");
    expect(await page.textContent("#listed")).toContain("1 to 200 of 20,000");
  });

  test("a machine shows its page tables and its TLBs", async () => {
    const film = filmMachine(plainMachine, { config: { frameCount: 12 }, calls: CALLS });

    const page = await opened(showPage({ ...FACTS, calls: CALLS.length }, film).html);

    const titles = await page.locator("#tables summary").allTextContents();
    expect(titles[0]).toBe("Page tables (2 pages)");
    expect(titles[1]).toContain("1 translation; core 0");
    expect(await page.textContent("#tables table tbody")).toContain("mapped");
  });

  test("a narrow window scrolls in one direction only", async () => {
    const page = await opened(showPage(FACTS, FILM).html);

    await page.setViewportSize({ width: 360, height: 640 });

    // The maps are drawn anew in the next frame, which a busy machine may be late with.
    // It is asked from outside: the page allows no script but its own, nor one that waits in it.
    const width = () => page.evaluate("document.documentElement.scrollWidth");
    await expect.poll(width, { timeout: 10_000 }).toBe(360);
    await page.setViewportSize({ width: 900, height: 700 });
  });

  test("the page of a campaign shows its plots without a script", async () => {
    const page = await opened(
      await campaignPage({
        v: 1,
        command: "check",
        subject: "./mine.ts",
        name: "<img src=x onerror=alert(1)>",
        seed: "0x1",
        verdict: "passed",
        exit: 0,
        runs: 1,
        traces: [],
        calls: { executed: 3, refused: 0, skipped: 0, emulated: 0, lowered: 0 },
        kinds: { alloc: 2, dealloc: 1 },
        rules: { "live-blocks-disjoint": "held" },
        hints: {},
        marks: { "<svg onload=alert(1)>": 4 },
        tested: { "live-blocks-disjoint": 3 },
        sizes: { 8: 2 },
        missed: [],
        measured: { milliseconds: 1, callsPerSecond: 3000 },
      }),
    );

    expect(await page.locator("svg").count()).toBe(4);
    const longest = await page.locator("svg rect").first().boundingBox();
    expect(longest?.width).toBeGreaterThan(200);
  });

  test("nothing was complained of, and nothing was asked of a network", () => {
    expect(heard).toEqual([]);
  });
});

/** What the two canvases show. */
async function inked(page: Page): Promise<unknown> {
  await settled(page);
  return await page.evaluate(
    "[...document.querySelectorAll('canvas')].map((canvas) => canvas.toDataURL())",
  );
}

/** Waits until what was asked for has been drawn. */
async function settled(page: Page): Promise<void> {
  await page.evaluate(
    "new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))",
  );
}

async function paperOf(page: Page): Promise<unknown> {
  return await page.evaluate("getComputedStyle(document.documentElement).backgroundColor");
}

function onPath(...names: readonly string[]): readonly string[] {
  const folders = (process.env["PATH"] ?? "").split(delimiter).filter((folder) => folder !== "");
  return folders.flatMap((folder) => names.map((name) => join(folder, name)));
}
