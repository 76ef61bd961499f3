/** What exploring promises: nothing is left out, nothing is told twice, and the first failure is short. */
import { describe, expect, test } from "vitest";
import { FlightRecorder } from "../conformance/flight.ts";
import { runCalls } from "../conformance/run.ts";
import type { Subject } from "../subject/subject.ts";
import { blockSubject, holeListSubject } from "../subjects/reference.ts";
import { type ExploreResult, explore, exploreScope } from "./explore.ts";
import { SCOPES, type Scope, scopeNamed } from "./scopes.ts";

/** Four places of 64 bytes, the lowest free one first. */
function places(width = 64): Subject {
  const promises = { reclaims: true, rejects: ["double-free"] } as const;
  const create = () => {
    const taken = [false, false, false, false];
    return {
      alloc: (size: number) => {
        const place = size > 64 ? -1 : taken.indexOf(false);
        if (place >= 0) taken[place] = true;
        return place < 0 ? 0 : width * (place + 1);
      },
      dealloc: (address: number) => {
        const place = address / width - 1;
        if (taken[place] !== true) return false;
        taken[place] = false;
        return true;
      },
      extent: () => EXTENT,
      fingerprint: () => taken.map(Number).join(""),
    };
  };
  return { name: "places", create, promises };
}

const EXTENT = [{ start: 0, size: 1024 }];

/** The same without a word about its states. */
function withoutFingerprint(subject: Subject): Subject {
  const create: Subject["create"] = async (options) => {
    const { fingerprint, ...rest } = await subject.create(options);
    return rest;
  };
  return { ...subject, create };
}

const counted = ({ states, transitions, merged, sequences, isComplete }: ExploreResult) => ({
  states,
  transitions,
  merged,
  sequences,
  isComplete,
});

describe("the exact counts of a scope", () => {
  const cases = [
    {
      subject: places(),
      scope: "tiny",
      depth: 6,
      states: 1456,
      transitions: 2800,
      sequences: 13_881,
    },
    {
      subject: blockSubject,
      scope: "tiny",
      depth: 6,
      states: 1166,
      transitions: 2925,
      sequences: 14_048,
    },
    {
      subject: holeListSubject,
      scope: "tiny",
      depth: 6,
      states: 1406,
      transitions: 3188,
      sequences: 13_102,
    },
    {
      subject: blockSubject,
      scope: "pages",
      depth: 6,
      states: 384,
      transitions: 877,
      sequences: 6032,
    },
    {
      subject: holeListSubject,
      scope: "resize",
      depth: 4,
      states: 1011,
      transitions: 3236,
      sequences: 7060,
    },
  ];

  test.each(cases)(
    "$subject.name, $scope: $states states stand for $sequences sequences",
    async ({ subject, scope, depth, states, transitions, sequences }) => {
      const merging = await explore(subject, { scope, depth });
      const plain = await explore(subject, { scope, depth, plain: true });

      const merged = transitions - states + 1;
      expect(counted(merging)).toEqual({
        states,
        transitions,
        merged,
        sequences,
        isComplete: true,
      });
      expect(counted(plain)).toEqual({
        states: sequences + 1,
        transitions: sequences,
        merged: 0,
        sequences,
        isComplete: true,
      });
      expect([merging.isMerging, plain.isMerging]).toEqual([true, false]);
      expect(merging.tally.calls.skipped).toBe(0);
    },
  );
});

/** The states that can be reached by at most `depth` calls. */
async function statesUpTo(subject: Subject, scope: Scope, depth: number, isPlain: boolean) {
  const states = new Set<string>();
  const result = await exploreScope(subject, scope, {
    depth: isPlain ? depth : depth + 2,
    plain: isPlain,
    visit: (key, at) => {
      if (at <= depth) states.add(key);
    },
  });
  expect(result.failure).toBeUndefined();
  return states;
}

describe("exploring with merged states misses nothing", () => {
  const depths = { tiny: 4, edges: 3, misuse: 4, resize: 3, zeroed: 3, pages: 4, instances: 4 };
  const cases = Object.entries(depths).flatMap(([scope, depth]) =>
    [places(), blockSubject, holeListSubject].map((subject) => ({ subject, scope, depth })),
  );

  test.each(cases)("$subject.name, $scope to depth $depth", async ({ subject, scope, depth }) => {
    const merged = await statesUpTo(subject, scopeNamed(scope), depth, false);
    const plain = await statesUpTo(subject, scopeNamed(scope), depth, true);

    expect([...merged].sort()).toEqual([...plain].sort());
  });

  test("every scope is compared", () => {
    expect(Object.keys(depths)).toEqual(SCOPES.map(({ name }) => name));
  });
});

test("a subject without fingerprints is explored sequence by sequence", async () => {
  const result = await explore(withoutFingerprint(places()), { scope: "tiny", depth: 3 });

  expect(result).toMatchObject({ isMerging: false, merged: 0, states: result.transitions + 1 });
});

test("a closed scope is complete to any depth", async () => {
  const scope = { ...scopeNamed("tiny"), requests: [{ size: 8, align: 1 }] };
  const blind = { ...places(), promises: {} };
  const result = await exploreScope(blind, scope, { depth: 1000 });

  expect(result).toMatchObject({ isClosed: true, isComplete: true, depth: 1000, states: 9 });
});

describe("the first failure is a shortest one", () => {
  const overlapping = places(16);
  const leaking: Subject = {
    name: "leaking",
    promises: { reclaims: true },
    create: () => {
      let next = 8;
      return {
        alloc: (size) => {
          const start = next;
          if (start + size > 256) return 0;
          next += size;
          return start;
        },
        dealloc: () => true,
        fingerprint: () => next,
      };
    },
  };
  const forgetful: Subject = {
    ...places(),
    create: async (options) => ({ ...(await places().create(options)), dealloc: () => true }),
  };
  const cases = [
    { subject: overlapping, scope: "edges", rule: "live-blocks-disjoint", calls: 2 },
    { subject: leaking, scope: "tiny", rule: "reclaims-everything", calls: 5 },
    { subject: forgetful, scope: "misuse", rule: "misuse-rejected", calls: 3 },
  ];

  test.each(cases)(
    "$subject.name: $rule in $calls calls",
    async ({ subject, scope, rule, calls }) => {
      const merging = await explore(subject, { scope, depth: 6 });
      const plain = await explore(subject, { scope, depth: 6, plain: true });

      for (const { failure, depth, isComplete } of [merging, plain]) {
        expect(failure?.finding).toMatchObject({ rule, at: calls - 1 });
        expect(failure?.calls.length).toBe(calls);
        expect([depth, isComplete]).toEqual([calls - 1, false]);
      }
    },
  );

  test("it fails again on a fresh heap", async () => {
    const { failure } = await explore(overlapping, { scope: "edges" });
    const { config, calls = [] } = failure ?? {};
    if (config === undefined) throw new Error("nothing was found");

    const { violation } = await runCalls(overlapping, config, calls);
    expect(violation?.rule.name).toBe("live-blocks-disjoint");
  });
});

test("a watcher on another thread sees the sequence that is being made", async () => {
  const flight = new FlightRecorder(16);
  const { failure } = await explore(places(16), { scope: "edges" }, flight);

  expect(flight.calls()).toEqual(failure?.calls);
  expect(flight.run).toBeGreaterThan(0);
  expect(flight.memoryBytes).toBe(failure?.config.memoryBytes);
});

test("a scope that is not known is named with those that are", async () => {
  await expect(explore(blockSubject, { scope: "huge" })).rejects.toThrow(
    /"huge" is no scope.*tiny/,
  );
});
