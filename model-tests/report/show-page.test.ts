import { createHash } from "node:crypto";
import { inflateRawSync } from "node:zlib";
import * as fc from "fast-check";
import { parseHTML } from "linkedom";
import { expect, test } from "vitest";
import { type Change, type Film, type FilmStep, HEAP_THINGS } from "../film/film.ts";
import { anyText } from "./any-text.fixture.ts";
import { pageScript } from "./page-script.ts";
import { PAGE_STYLE } from "./page-style.ts";
import { type ShownFacts, showPage } from "./show-page.ts";

const FACTS: ShownFacts = {
  subject: "./mine.ts",
  name: "mine",
  path: "x.trace.jsonl",
  seed: "0x2a",
  conditions: "4,096 bytes of memory",
  calls: 2,
  source: "subject",
};

const FILM: Film = {
  kind: "heap",
  before: 0,
  base: [[HEAP_THINGS.part, 0, 0, 64, 256]],
  untold: 0,
  steps: [
    ["a = alloc 16", "V0x0040", [HEAP_THINGS.block, 0, 0, 64, 16, 0]],
    ["b = alloc 16", "V0x0048"],
  ],
  fault: {
    rule: "live-blocks-disjoint",
    sentence: "no byte belongs to two live blocks",
    facts: ["b shares 8 bytes with a"],
    blamed: [],
    placed: { name: 1, instance: 0, start: 72, size: 16 },
  },
};

const SCRIPT = pageScript("show-script");

/** What breaks out of text, of attributes, of scripts, of comments and of styles. */
const HOSTILE = [
  "</script><img src=x onerror=alert(1)>",
  "\"'><svg onload=alert(1)>",
  "<!--<script>",
  "</script\n",
  "]]></style><b>&amp;\u2028\u0000\ud800",
] as const;

test("a page says the rule, its sentence, what is wrong, and what repeats it", () => {
  const { document } = parsed(FACTS, FILM);

  expect(document.querySelector("h1")?.textContent).toContain("live-blocks-disjoint");
  expect(document.querySelector(".sentence")?.textContent).toBe(
    "No byte belongs to two live blocks.",
  );
  expect(document.querySelector(".facts")?.textContent).toContain("b shares 8 bytes with a");
  expect(document.querySelector("#reproduce")?.textContent).toBe(
    "npx ariadne replay x.trace.jsonl ./mine.ts",
  );
  expect(document.title).toBe("live-blocks-disjoint – mine");
});

test("every control of a page has a name, and a role that its element has", () => {
  const { document } = parsed(FACTS, FILM);
  const slider = document.querySelector("#slider");

  expect([slider?.getAttribute("type"), slider?.getAttribute("max")]).toEqual(["range", "2"]);
  const controls = [...document.querySelectorAll("button, input, canvas[role], section, [role]")];
  expect(controls.length).toBeGreaterThan(8);
  expect(controls.filter((control) => !control.hasAttribute("aria-label"))).toEqual([]);
  expect(document.querySelector("output")?.getAttribute("aria-live")).toBe("polite");
});

test("a page loads nothing: its policy lets in its own style and script, by their hashes", () => {
  const { document } = parsed(FACTS, FILM);
  const policy = document.querySelector("meta[http-equiv]")?.getAttribute("content") ?? "";

  expect(policy).toContain("default-src 'none'");
  expect(policy).toContain(`style-src '${hash(document.querySelector("style"))}'`);
  expect(policy).toContain(`script-src '${hash(document.querySelector("script:not([type])"))}'`);
  expect(document.querySelectorAll("[src], [href], link, iframe, [style], [onload]")).toHaveLength(
    0,
  );
});

test("the same film gives the same bytes", () => {
  expect(showPage(FACTS, FILM).html).toBe(showPage(FACTS, FILM).html);
});

test("whatever a name, a path or an answer says, it stays a text", () => {
  const text = fc.oneof(fc.constantFrom(...HOSTILE), anyText);
  fc.assert(
    fc.property(text, text, text, (name, fact, answer) => {
      const facts = { ...FACTS, name, path: fact, subject: answer, seed: name, conditions: fact };
      const fault = { ...FILM.fault, rule: name, sentence: fact, facts: [fact], blamed: [] };
      const film: Film = { ...FILM, fault, steps: [[name, answer]] };

      // The script is the same in every page, and long to parse.
      const { html } = showPage(facts, film);
      const { document } = parseHTML(html.replace(SCRIPT, () => ""));

      expect(document.querySelectorAll("img, svg, b, iframe")).toHaveLength(0);
      expect(document.querySelectorAll("script")).toHaveLength(2);
      expect(document.querySelectorAll("style")).toHaveLength(1);
      const shown: unknown = JSON.parse(document.querySelector("#film")?.textContent ?? "");
      expect(shown).toEqual(JSON.parse(JSON.stringify(film)));
    }),
    { seed: 1, numRuns: 20 },
  );
});

test("twenty thousand calls are a page of less than a million bytes, and all of them are in it", () => {
  const steps = Array.from({ length: 20_000 }, (_, index): FilmStep => {
    const start = 64 + 48 * ((index * 7919) % 20_000);
    const change: Change = [HEAP_THINGS.block, index, 0, start, (index * 31) % 4096, index % 4];
    const page: Change = [HEAP_THINGS.page, start, 8192, index % 4, index % 64, 12];
    return [
      `alloc ${(index * 31) % 4096} align 8  on core ${index % 4}`,
      `V0x${start}`,
      change,
      page,
    ];
  });

  const { html, listed } = showPage({ ...FACTS, calls: 20_000 }, { ...FILM, steps });

  expect(Buffer.byteLength(html)).toBeLessThan(1_000_000);
  expect(listed).toBe(20_000);
  const data: unknown = JSON.parse(
    parseHTML(html).document.querySelector("#film")?.textContent ?? "",
  );
  const text = inflateRawSync(Buffer.from(String(data), "base64")).toString();
  expect(JSON.parse(text)).toMatchObject({ steps });
});

test("what cannot be in a page is said on it", () => {
  const noise = (index: number): string => {
    return [0, 1, 2, 3, 4, 5].map((part) => hashOf(`${index} ${part}`)).join("");
  };
  const steps = Array.from({ length: 4000 }, (_, index): FilmStep => [noise(index), noise(-index)]);

  const { html, listed } = showPage({ ...FACTS, calls: 4000 }, { ...FILM, steps });

  expect(Buffer.byteLength(html)).toBeLessThan(1_000_000);
  expect(listed).toBeLessThan(4000);
  const left = (4000 - listed).toLocaleString("en-US");
  expect(html).toContain(`The first ${left} of 4,000 calls are not listed`);
});

test("all text can be read, in either light", () => {
  const [light = "", dark = ""] = PAGE_STYLE.split("prefers-color-scheme: dark");
  for (const colours of [coloursIn(light), coloursIn(dark)]) {
    const contrast = (one: string, other: string): number => {
      const [a = 0, b = 0] = [colours.get(one), colours.get(other)].map(luminance);
      return (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
    };
    for (const paper of ["paper", "raised", "hole"]) {
      expect(contrast("ink", paper)).toBeGreaterThan(7);
      expect(contrast("faint", paper)).toBeGreaterThan(4.5);
    }
    for (const paper of ["paper", "fault-paper"]) {
      expect(contrast("fault-ink", paper)).toBeGreaterThan(4.5);
    }
    expect(contrast("ink", "fault-paper")).toBeGreaterThan(7);
    expect(contrast("fault", "hole")).toBeGreaterThan(3);
    for (let tone = 0; tone < 6; tone++) {
      expect(contrast("on-tone", `tone-${tone}`)).toBeGreaterThan(4.5);
      expect(contrast(`tone-${tone}`, "hole")).toBeGreaterThan(3);
    }
  }
});

function parsed(facts: ShownFacts, film: Film): { readonly document: Document } {
  return parseHTML(showPage(facts, film).html);
}

type Document = ReturnType<typeof parseHTML>["document"];

function hash(element: { readonly textContent: string | null } | null): string {
  return `sha256-${createHash("sha256")
    .update(element?.textContent ?? "")
    .digest("base64")}`;
}

function hashOf(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}

function coloursIn(style: string): ReadonlyMap<string, string> {
  return new Map(
    [...style.matchAll(/--([\w-]+): (#[0-9a-f]{6})/g)].map(([, name = "", value = ""]) => [
      name,
      value,
    ]),
  );
}

/** As the guidelines for the accessibility of web content have it. */
function luminance(colour: string | undefined): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => {
    const part = Number.parseInt(colour?.slice(at, at + 2) ?? "0", 16) / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}
