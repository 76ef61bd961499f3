/**
 * What the manuals say of a walk, row by row; the implementation and the specification are asked both.
 *
 * Sources: Intel SDM, volume 3A: 4.5.4 and table 4-19 ff. (entries and reserved bits), 4.6.1 (access rights),
 * 4.7 (fault codes), 4.8 (marks). AMD APM, volume 2: 5.3 (entries), 5.6 (protection), 8.4.2 (codes).
 */
import { describe, expect, test } from "vitest";
import {
  asUser,
  codeOfFault,
  controlsMeaning,
  EXECUTING,
  isFault,
  type PageAccess,
  PageWalk,
  type ProcessorSetup,
  pathTo,
  READING,
  USUAL_SETUP,
  WRITING,
} from "#impl";
import { type Access, type FaultCodeBits, walk } from "#spec";
import { firstByteOf, type PageNumber } from "#units";
import { layOut, ROOT, smallMemory } from "./tables-in-memory.ts";

const PAGE = 0x8_1234_5678 as PageNumber;

const ACCESSES: Readonly<Record<string, readonly [PageAccess, Access]>> = {
  read: [READING, { kind: "read", isUser: false }],
  write: [WRITING, { kind: "write", isUser: false }],
  fetch: [EXECUTING, { kind: "fetch", isUser: false }],
  "user read": [asUser(READING), { kind: "read", isUser: true }],
  "user write": [asUser(WRITING), { kind: "write", isUser: true }],
  "user fetch": [asUser(EXECUTING), { kind: "fetch", isUser: true }],
};

const SETUPS: Readonly<Record<string, ProcessorSetup>> = {
  usual: USUAL_SETUP,
  "no WP": { ...USUAL_SETUP, isWriteProtected: false },
  "no NXE": { ...USUAL_SETUP, isNoExecuteEnabled: false },
  "no PGE": { ...USUAL_SETUP, isGlobalEnabled: false },
  "no 1G": { ...USUAL_SETUP, hasLargestPages: false },
};

// The outcome is the size of the leaf and what it allows, w u x and g for global; or the bits of the
// code of the fault, - for none.
// biome-ignore format: a table
const VECTORS: readonly (readonly [string, string, string, string, string, string, string])[] = [
  // access       level 4  level 3  level 2  level 1  setup     outcome
  // Presence, from the root down: 4.7, bit 0. What is behind an entry that is not present does not count.
  ["read",        "",      "",      "",      "",      "usual",  "fault -"],
  ["read",        "PWU",   "",      "",      "",      "usual",  "fault -"],
  ["read",        "PWU",   "PWU",   "",      "",      "usual",  "fault -"],
  ["read",        "PWU",   "PWU",   "PWU",   "",      "usual",  "fault -"],
  ["user write",  "PWU",   "PWU",   "PWU",   "",      "usual",  "fault WU"],
  ["user fetch",  "PWU",   "PWU",   "PWU",   "WUN",   "usual",  "fault UI"],
  ["fetch",       "PWU",   "PWU",   "",      "",      "no NXE", "fault -"],
  // Sizes: 4.5.4. A page of level 1 has no size bit; bit 7 chooses a memory type there.
  ["read",        "PWU",   "PWU",   "PWU",   "PWU",   "usual",  "4K wux"],
  ["read",        "PWU",   "PWU",   "PWU",   "PWUL",  "usual",  "4K wux"],
  ["read",        "PWU",   "PWU",   "PWUL",  "",      "usual",  "2M wux"],
  ["read",        "PWU",   "PWUL",  "",      "",      "usual",  "1G wux"],
  ["read",        "PWU",   "PWU",   "PWULm", "",      "usual",  "2M wux"],
  ["read",        "PWU",   "PWULm", "",      "",      "usual",  "1G wux"],
  // Rights are those that all levels give: 4.6.1.
  ["read",        "P",     "P",     "P",     "P",     "usual",  "4K x"],
  ["write",       "PWU",   "PU",    "PWU",   "PWU",   "usual",  "fault PW"],
  ["write",       "PW",    "PW",    "PW",    "PW",    "usual",  "4K wx"],
  ["write",       "PW",    "PW",    "PW",    "P",     "usual",  "fault PW"],
  ["write",       "PW",    "PW",    "PW",    "P",     "no WP",  "4K x"],
  ["user write",  "PWU",   "PWU",   "PWU",   "PU",    "no WP",  "fault PWU"],
  ["user read",   "PWU",   "PWU",   "PW",    "PWU",   "usual",  "fault PU"],
  ["user read",   "PU",    "PU",    "PU",    "PU",    "usual",  "4K ux"],
  ["user write",  "PWU",   "PWU",   "PWUL",  "",      "usual",  "2M wux"],
  ["user fetch",  "PWU",   "PWUL",  "",      "",      "usual",  "1G wux"],
  ["fetch",       "PW",    "PWN",   "PW",    "PW",    "usual",  "fault PI"],
  ["fetch",       "PWN",   "PWL",   "",      "",      "usual",  "fault PI"],
  ["read",        "PWN",   "PW",    "PWL",   "",      "usual",  "2M w"],
  ["user fetch",  "PWU",   "PWU",   "PWU",   "PWUN",  "usual",  "fault PUI"],
  // Reserved bits: 4.5.4 and 4.7, bit 3. They come before rights, and behind presence.
  ["read",        "PWUL",  "PWU",   "PWU",   "PWU",   "usual",  "fault PR"],
  ["read",        "PWU",   "PWUL",  "",      "",      "no 1G",  "fault PR"],
  ["read",        "PWU",   "PWULr", "",      "",      "usual",  "fault PR"],
  ["read",        "PWU",   "PWU",   "PWULr", "",      "usual",  "fault PR"],
  ["read",        "PWU",   "PWU",   "PWU",   "PWULr", "usual",  "4K wux"],
  ["user write",  "PWU",   "PWU",   "PULr",  "",      "usual",  "fault PWUR"],
  ["read",        "PWUb",  "PWU",   "PWU",   "PWU",   "usual",  "fault PR"],
  ["read",        "PWU",   "PWUb",  "PWU",   "PWU",   "usual",  "fault PR"],
  ["read",        "PWU",   "PWU",   "PWUb",  "PWU",   "usual",  "fault PR"],
  ["read",        "PWU",   "PWU",   "PWU",   "PWUb",  "usual",  "fault PR"],
  ["read",        "PWU",   "PWU",   "PWU",   "WULb",  "usual",  "fault -"],
  ["read",        "PWU",   "PWUN",  "PWU",   "PWU",   "no NXE", "fault PR"],
  ["fetch",       "PWU",   "PWU",   "PWU",   "PWUN",  "no NXE", "fault PR"],
  ["fetch",       "PWU",   "PWU",   "PWU",   "PWUN",  "usual",  "fault PI"],
  // Global pages: 4.10.2.4. The bit counts in a leaf only, and only if CR4.PGE is set.
  ["read",        "PWU",   "PWU",   "PWU",   "PWUG",  "usual",  "4K wuxg"],
  ["read",        "PWU",   "PWU",   "PWULG", "",      "usual",  "2M wuxg"],
  ["read",        "PWUG",  "PWUG",  "PWUG",  "PWU",   "usual",  "4K wux"],
  ["read",        "PWU",   "PWU",   "PWU",   "PWUG",  "no PGE", "4K wux"],
];

describe.each(VECTORS)("a %s of %j %j %j %j with %s is: %7$s", (...vector) => {
  const [name, level4, level3, level2, level1, setupName, outcome] = vector;
  const [bits, access] = ACCESSES[name] as readonly [PageAccess, Access];
  const setup = SETUPS[setupName] as ProcessorSetup;

  test("by the specification", () => {
    const memory = smallMemory();
    layOut(memory, PAGE, [level4, level3, level2, level1], setup);

    const found = walk(pathTo(memory, ROOT, PAGE), access, controlsMeaning(setup));

    const { kind } = found;
    expect(
      kind === "fault" ? faultText(found.code) : textOf(found.level, found.rights, found.isGlobal),
    ).toBe(outcome);
  });

  test("by the implementation", () => {
    const memory = smallMemory();
    layOut(memory, PAGE, [level4, level3, level2, level1], setup);
    const pageWalk = new PageWalk(memory, setup);

    const answer = pageWalk.run(ROOT, firstByteOf(PAGE), bits);

    const { level, rights } = pageWalk;
    const held = {
      isWritable: has(rights, 2),
      isUser: has(rights, 4),
      isExecutable: has(rights, 16),
    };
    expect(
      isFault(answer)
        ? faultText(codeBits(codeOfFault(answer)))
        : textOf(level, held, has(rights, 256)),
    ).toBe(outcome);
  });
});

function textOf(
  level: number,
  rights: { isWritable: boolean; isUser: boolean; isExecutable: boolean },
  isGlobal: boolean,
): string {
  const size = ["", "4K", "2M", "1G"][level];
  const letters = [
    rights.isWritable ? "w" : "",
    rights.isUser ? "u" : "",
    rights.isExecutable ? "x" : "",
    isGlobal ? "g" : "",
  ];
  return `${size} ${letters.join("")}`;
}

function faultText(code: FaultCodeBits): string {
  const letters = [
    code.isPresent ? "P" : "",
    code.isWrite ? "W" : "",
    code.isUser ? "U" : "",
    code.isReserved ? "R" : "",
    code.isFetch ? "I" : "",
  ].join("");
  return `fault ${letters === "" ? "-" : letters}`;
}

function codeBits(code: number): FaultCodeBits {
  return {
    isPresent: has(code, 1),
    isWrite: has(code, 2),
    isUser: has(code, 4),
    isReserved: has(code, 8),
    isFetch: has(code, 16),
  };
}

function has(value: number, bit: number): boolean {
  return (value & bit) !== 0;
}
