/** `ariadne init`: a subject to begin with, that runs as it is. */
import { existsSync } from "node:fs";
import { join } from "node:path";
import { Argument, type Command } from "commander";
import { assert } from "#support";
import { writeWhole } from "../campaign/failures.ts";
import {
  SKELETON_MODULE_FILE,
  SKELETON_SOURCE,
  SKELETON_SOURCE_FILE,
  skeletonModule,
} from "../wasm/skeleton.ts";
import type { Acting } from "./acting.ts";
import { UsageError } from "./exit.ts";
import { NATIVE_BUILD, NATIVE_CHECK, NATIVE_FILE, NATIVE_TEXT } from "./native-skeleton.ts";
import type { Terminal } from "./terminal.ts";

const TYPESCRIPT = `// An allocator under test. Replace the body of create() by your own; then:
//   npx ariadne check ./subject.ts
export default {
  name: "my-allocator",

  // A fresh, empty heap for each run. memoryBytes is how much it may hand out in all.
  create({ memoryBytes }: { memoryBytes: number }) {
    const bytes = new Uint8Array(START + memoryBytes);
    const free: Hole[] = [{ start: START, size: memoryBytes }];

    return {
      // The address of the block, or 0 for "refused".
      alloc(size: number, align: number): number {
        const wanted = Math.max(8, Math.ceil(size / 8) * 8);
        for (const [index, hole] of free.entries()) {
          const start = Math.ceil(hole.start / Math.max(8, align)) * Math.max(8, align);
          const end = hole.start + hole.size;
          if (start + wanted > end) continue;

          const rest = [
            { start: hole.start, size: start - hole.start },
            { start: start + wanted, size: end - start - wanted },
          ];
          free.splice(index, 1, ...rest.filter((part) => part.size > 0));
          return start;
        }
        return 0;
      },

      dealloc(address: number, size: number): void {
        const freed = { start: address, size: Math.max(8, Math.ceil(size / 8) * 8) };
        free.push(freed);
        free.sort((left, right) => left.start - right.start);
        for (let index = free.length - 1; index > 0; index--) {
          const [before, after] = [free[index - 1], free[index]] as [Hole, Hole];
          if (before.start + before.size !== after.start) continue;
          free.splice(index - 1, 2, { start: before.start, size: before.size + after.size });
        }
      },

      // Optional from here on: each method has more rules judged.
      memory: () => bytes,
      extent: () => [{ start: START, size: memoryBytes }],
    };
  },

  // What is not promised is not judged.
  promises: {
    alignDefault: 8,
    alignMax: 64,
    zeroSize: "block",
    reclaims: true,
    touchesOnly: "extent",
    independentInstances: true,
  },
};

interface Hole {
  start: number;
  size: number;
}

// Address 0 means "refused", so memory that is handed out begins behind it.
const START = 64;
`;

interface Skeleton {
  /** What is written, by the names of the files. */
  readonly files: Readonly<Record<string, string | Uint8Array>>;
  /** What its writer does next. */
  readonly next: string;
}

const SKELETONS: Readonly<Record<string, Skeleton>> = {
  typescript: { files: { "subject.ts": TYPESCRIPT }, next: "npx ariadne check ./subject.ts" },
  wasm: {
    files: {
      [SKELETON_SOURCE_FILE]: SKELETON_SOURCE,
      [SKELETON_MODULE_FILE]: skeletonModule(),
    },
    next: `npx ariadne check ./${SKELETON_MODULE_FILE}`,
  },
  native: {
    files: { [NATIVE_FILE]: NATIVE_TEXT },
    next: `${NATIVE_BUILD} && ${NATIVE_CHECK}`,
  },
};

/** Adds the command. */
export function initCommand(program: Command, acting: Acting): void {
  program
    .command("init")
    .addArgument(
      new Argument("[kind]", "which skeleton")
        .choices(Object.keys(SKELETONS))
        .default("typescript"),
    )
    .description("write a subject to begin with")
    .option("--force", "overwrite what is there")
    .action(acting(runInit));
}

async function runInit(
  terminal: Terminal,
  kind: string,
  flags: { readonly force?: boolean },
): Promise<number> {
  const skeleton = SKELETONS[kind];
  assert(skeleton !== undefined, "a kind that can be chosen has a skeleton");
  const { files, next } = skeleton;
  for (const name of Object.keys(files)) {
    if (!existsSync(join(terminal.directory, name)) || flags.force === true) continue;
    throw new UsageError(`${name} is there already; --force overwrites it`);
  }
  for (const [name, text] of Object.entries(files)) {
    writeWhole(join(terminal.directory, name), text);
  }
  terminal.print(`wrote ${Object.keys(files).join(" and ")}; next: ${next}\n`);
  return 0;
}
