/** Every function that a theorem reaches means to the solver what it does when it is run. */
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { closeSolver, solve } from "../solver/z3.ts";
import { BITS } from "../translate/bits.ts";
import { INTEGERS } from "../translate/integers.ts";
import type { Numbers } from "../translate/number-mode.ts";
import { smtText } from "../translate/smt.ts";
import { isPlain } from "./agreement.ts";
import { type Builders, buildersOf } from "./arguments.ts";
import { foldingDifference } from "./folding.ts";
import { type Declared, privateModules } from "./private-modules.ts";
import { type ReachedFunction, reachedFunctions } from "./reached-functions.ts";
import { refusalOf } from "./refusal-of.ts";
import {
  type Effort,
  realFunction,
  translationOf,
  type Validation,
  validate,
} from "./validation.ts";

const COUNTS_WAYS =
  "counts to the ways of a bank: no reading has it, until a theorem says how many";

const COUNTS_TABLES =
  "asks for a table of 1,024 words, and an argument has five: compared in what it is made of, and run on memory";

const WRITES_APART =
  "writes a record of 512 bytes, and an argument has 128: compared in what it is made of, and run on memory";

const LOOKS_UP =
  "asks where a page lies: compared in what it is made of, and run whole on pages of real memory";

const IS_SPAN =
  "asks for a span as its table has it: compared in what it is made of, and run whole on real columns";

/** What no argument can be drawn for, and why its translation is looked at all the same. */
const NOT_COMPARED: Readonly<Record<string, string>> = {
  "impl/heap/page-list.ts removePage": LOOKS_UP,
  "impl/heap/slab-page.ts formatPage":
    "counts to a number of its class: no reading has it, until a theorem says which class",
  "impl/heap/zone-steps.ts putIntoPage": LOOKS_UP,
  "impl/heap/zone-steps.ts takeOfList": LOOKS_UP,
  "impl/heap/zone-surgery.ts noteEmpty": WRITES_APART,
  "impl/heap/span-steps.ts putIntoSpan": IS_SPAN,
  "impl/heap/span-steps.ts takeOfSpan": IS_SPAN,
  "impl/interpretation/span-meaning.ts isChainAt":
    "reads a map and shifts by a class: no reading has both, until a theorem says which class",
  "impl/memory/table-walk.ts slotIn": COUNTS_TABLES,
  "impl/memory/table-walk.ts slotInRoot": COUNTS_TABLES,
  "impl/memory/table-walk.ts walkTables": COUNTS_TABLES,
  "impl/memory/tlb-set.ts fillSet":
    "tells of slots: compared in what it is made of, and in the sets of real banks",
  "impl/memory/tlb-set.ts findInSet": COUNTS_WAYS,
  "impl/memory/tlb-set.ts invalidateInSet":
    "tells of slots: compared in what it is made of, and in the sets of real banks",
  "impl/memory/tlb-set.ts placeInSet": COUNTS_WAYS,
  "impl/memory/tlb-set.ts slotWith": COUNTS_WAYS,
  "spec/chunks/invariants.ts CHUNK_INVARIANTS[1].holds":
    "asks chunks of each of them: no reading has it, and no theorem asks for it",
  "spec/chunks/rules.ts ifAcquired": "takes a claim: compared in the rules that hand it one",
  "spec/hardware/walk.ts eachUsed": "takes a claim: compared in rightsAlong, which hands it three",
  "spec/heap/rules.ts ifPlaced": "takes a claim: compared in the rules that hand it one",
  "spec/heap/rules.ts seenAs": "takes any text: compared in the rules that hand it two",
  "spec/support/assert.ts assert": "takes any text: every function that asserts is compared",
  "spec/support/assert.ts demand":
    "takes any text, as assert does: what demands something is run on real columns",
  "spec/support/rule.ts firstBroken":
    "takes steps of any kind: compared in the judges that hand it theirs",
  "spec/system/request-rules.ts isWithin":
    "takes a claim: compared in the rule that hands it seven",
  "spec/support/finite-map.ts finiteMap": "has a given meaning: every map of a run is such a one",
  "spec/units/interval.ts interval": "has a given meaning: compared where it is asked a claim",
};

const EFFORT: Effort = { runs: 60, asked: 8 };
const COMPARED_MIN = 20;

const reached = reachedFunctions();
const compared = reached.filter(({ name }) => !(name in NOT_COMPARED));
const isRead = (each: ReachedFunction, numbers: Numbers): boolean =>
  refusalOf(each, numbers) === undefined;

/** Whether a text can say what `each` was given, and what it gave: numbers, not maps. */
function isOfNumbers(each: ReachedFunction, numbers: Numbers): boolean {
  const { unknowns, value } = translationOf(each, numbers);
  return [...unknowns, value].every(isPlain);
}

let modules: ReadonlyMap<string, Declared>;
let builders: Builders;

beforeAll(async () => {
  modules = await privateModules();
  builders = buildersOf(modules);
}, 120_000);

afterAll(closeSolver);

const validated = new Map<string, Validation>();

function validationOf(each: ReachedFunction, numbers: Numbers): Validation {
  const key = `${each.name} ${numbers.mode}`;
  const known =
    validated.get(key) ??
    validate(translationOf(each, numbers), realFunction(each, modules), builders, EFFORT);
  validated.set(key, known);
  return known;
}

test("a function that is not compared is reached, and there is a reason", () => {
  const names = reached.map(({ name }) => name);

  const gone = Object.keys(NOT_COMPARED).filter((name) => !names.includes(name));

  expect(gone).toEqual([]);
  expect(compared.length).toBeGreaterThan(80);
});

describe.each([
  ["integers", INTEGERS, compared.filter((each) => isRead(each, INTEGERS))],
  ["bits", BITS, compared.filter((each) => isRead(each, BITS))],
] as const)("read in %s", (_, numbers, functions) => {
  test.each(functions)("$name gives what it says", (each) => {
    const { difference, compared } = validationOf(each, numbers);

    expect(difference).toBeUndefined();
    expect(compared).toBeGreaterThanOrEqual(COMPARED_MIN);
  });

  test.each(functions.filter((each) => isOfNumbers(each, numbers)))(
    "$name gives what its text says",
    async (each) => {
      const { claim } = validationOf(each, numbers);

      const answer = await solve(smtText(claim));

      expect(answer.kind).toBe("impossible");
    },
  );

  // With constants, as in the cases of a split, integers have a term for every word.
  test.each(compared.filter((each) => isRead(each, BITS) && isOfNumbers(each, BITS)))(
    "$name folds to what it gives",
    (each) => {
      const real = realFunction(each, modules);

      const difference = foldingDifference(each, real, builders, numbers, EFFORT.runs);

      expect(difference).toBeUndefined();
    },
  );
});

test("every function that is compared is read in some way", () => {
  const inNone = compared.filter((each) => !isRead(each, INTEGERS) && !isRead(each, BITS));

  expect(inNone.map((each) => refusalOf(each, INTEGERS))).toEqual([]);
});

test("of each function of numbers the solver is asked in some reading", () => {
  const silent = compared
    .filter((each) => isRead(each, BITS) && isOfNumbers(each, BITS))
    .filter((each) => validationOf(each, BITS).asked === 0);

  expect(silent.map(({ name }) => name)).toEqual([]);
});
