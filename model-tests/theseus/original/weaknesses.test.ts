import { describe, expect, test } from "vitest";
import { type CheckOptions, check } from "../../campaign/check.ts";
import { explore, exploreScope } from "../../explore/explore.ts";
import { type Scope, scopeNamed } from "../../explore/scopes.ts";
import type { Subject } from "../../subject/subject.ts";
import {
  theseus,
  theseusBoxes,
  theseusForeign,
  theseusFrames,
  theseusGrowth,
  theseusInitial,
  theseusLateCore,
  theseusPanic,
  theseusSlabs,
  theseusSlots,
  theseusStranded,
} from "./theseus-subjects.ts";

interface Known {
  readonly weakness: string;
  readonly subject: Subject;
  readonly rule: string;
  /** The calls of the shortest trace. */
  readonly calls: number;
}

describe("check finds a weakness within 100 runs of seed 1, and makes the story short", () => {
  const known: readonly (Known & { readonly options?: CheckOptions })[] = [
    {
      weakness: "W-25",
      subject: theseusGrowth,
      options: { sizeLimit: 4096 },
      rule: "refusal-justified",
      calls: 2,
    },
    { weakness: "W-27", subject: theseus, rule: "block-aligned", calls: 2 },
    { weakness: "W-38", subject: theseusLateCore, rule: "call-returns", calls: 2 },
    { weakness: "W-43", subject: theseusInitial, rule: "misuse-rejected", calls: 3 },
  ];

  test.each(known)("$weakness: $rule in $subject.name", async (each) => {
    const { subject, options = {}, rule, calls } = each;

    const { violation } = await check({ subject, seed: 1, runs: 100, ...options });

    expect(violation?.rule).toBe(rule);
    expect(violation?.calls.length).toBeLessThanOrEqual(calls);
  });
});

describe("explore finds a weakness in a scope that has a name", () => {
  // biome-ignore format: a table
  const known: readonly (Known & { readonly scope: string })[] = [
    { weakness: "W-22", subject: theseusStranded, scope: "edges",  rule: "refusal-justified", calls: 2 },
    { weakness: "W-25", subject: theseusGrowth,   scope: "edges",  rule: "refusal-justified", calls: 2 },
    { weakness: "W-26", subject: theseusForeign,  scope: "pages",  rule: "call-returns",      calls: 1 },
    { weakness: "W-31", subject: theseusSlabs,    scope: "misuse", rule: "misuse-rejected",   calls: 2 },
    { weakness: "W-32", subject: theseusPanic,    scope: "misuse", rule: "call-returns",      calls: 4 },
    { weakness: "W-38", subject: theseusLateCore, scope: "pages",  rule: "call-returns",      calls: 2 },
    { weakness: "W-43", subject: theseusInitial,  scope: "misuse", rule: "misuse-rejected",   calls: 2 },
  ];

  test.each(known)("$weakness: $rule after $calls calls of $subject.name", async (each) => {
    const { subject, scope, rule, calls } = each;

    const { failure } = await explore(subject, { scope });

    expect(failure?.finding.rule).toBe(rule);
    expect(failure?.calls.length).toBe(calls);
  });
});

describe("no shorter sequence of the same requests shows it", () => {
  const scopeOf = (liveMax: number, ...layouts: readonly (readonly [number, number])[]): Scope => ({
    name: "requests",
    about: "a few requests and their frees",
    memoryBytes: 65_536,
    requests: layouts.map(([size, align]) => ({ size, align })),
    kinds: ["alloc", "dealloc", "switch"],
    liveMax,
    depth: 13,
    depthPlain: 13,
  });
  const allocOnly = (scope: Scope): Scope => ({ ...scope, kinds: ["alloc", "switch"] });
  // biome-ignore format: a table
  const known: readonly (Known & { readonly scope: Scope; readonly reason?: string })[] = [
    { weakness: "W-01", subject: theseusBoxes,   scope: allocOnly(scopeOf(13, [5000, 1])),     rule: "call-returns",        calls: 13, reason: "Deadlock: end is asked for by its holder" },
    { weakness: "W-07", subject: theseusFrames,  scope: scopeOf(1, [65_536, 1], [65_537, 1]),  rule: "reclaims-everything", calls: 4 },
    { weakness: "W-21", subject: theseusSlots,   scope: scopeOf(2, [1, 65_536]),               rule: "refusal-justified",   calls: 1 },
    { weakness: "W-26", subject: theseusForeign, scope: scopeOf(3, [1, 1], [8193, 1]),         rule: "call-returns",        calls: 1, reason: "KernelPanic: a box for a large object is to be had" },
    { weakness: "W-27", subject: theseus,        scope: scopeOf(1, [8065, 8192]),              rule: "block-aligned",       calls: 2 },
    { weakness: "W-32", subject: theseusPanic,   scope: scopeNamed("misuse"),                  rule: "call-returns",        calls: 4, reason: "Deadlock: the heap of core 0 is asked for by its holder" },
    { weakness: "W-42", subject: theseusInitial, scope: scopeOf(1, [65_280, 1], [1, 1], [33, 1]), rule: "reclaims-everything", calls: 7 },
  ];

  test.each(known)("$weakness: $rule after $calls calls of $subject.name", async (each) => {
    const { subject, scope, rule, calls, reason } = each;

    const { failure } = await exploreScope(subject, scope);

    expect(failure?.finding.rule).toBe(rule);
    expect(failure?.calls.length).toBe(calls);
    expect(failure?.finding.reason).toBe(reason);
  });
});
