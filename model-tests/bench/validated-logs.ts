/**
 * How many events a second `ariadne validate` judges, as a whole process: it starts, reads a file, and tells.
 *
 * The log is made here: of an allocator that hands out places of one length, the one that was freed last first,
 * to a program that takes, frees and resizes blocks by chance. An event is a call with its answer.
 */
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { blockName } from "#units";
import { RandomChoices } from "../generate/choices.ts";
import { nameText } from "../trace/name-text.ts";
import { now } from "./statistics.ts";

export const LOG_FORMATS = ["recorder's log", "JSON Lines"] as const;
export type LogFormat = (typeof LOG_FORMATS)[number];
export const LOG_LIVES = [1000, 75_000] as const;

const SEED = 4;
const PLACE = 320;
const SIZE_MAX = 300;
const FIRST = 0x7f00_0000_0000;

interface Taken {
  readonly name: number;
  address: number;
}

/** Events a second over `events` events with about `live` blocks alive. */
export function validatedRate(format: LogFormat, live: number, events: number): number {
  const folder = mkdtempSync(join(tmpdir(), "ariadne-bench-"));
  try {
    const log = join(folder, "log");
    writeFileSync(log, logText(format, live, events));
    const ariadne = fileURLToPath(new URL("../cli/ariadne.js", import.meta.url));
    const start = now();
    const { status, stderr } = spawnSync(process.execPath, [ariadne, "validate", log]);
    if (status !== 0) throw new Error(`a log that is right was not passed: ${String(stderr)}`);
    return events / ((now() - start) / 1e9);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function logText(format: LogFormat, live: number, events: number): string {
  const write = format === "JSON Lines" ? asTrace : asLog;
  const choices = new RandomChoices(SEED, live);
  const header = '{"t":"trace","v":1,"config":{"cores":1,"memoryBytes":4096}}';
  const lines = [format === "JSON Lines" ? header : "# heap-log 1 program=bench"];
  const blocks: Taken[] = [];
  const free: number[] = [];
  let [names, places] = [0, 0];
  const place = (): number => free.pop() ?? FIRST + PLACE * places++;
  for (let event = 0; event < events; event++) {
    const size = 1 + choices.below(SIZE_MAX);
    const kind = choices.below(100);
    const index = choices.below(Math.max(1, blocks.length));
    const block = blocks[index];
    if (block === undefined || blocks.length < live / 2 || (blocks.length < live && kind < 50)) {
      const taken = { name: names++, address: place() };
      blocks.push(taken);
      lines.push(write("alloc", taken, taken.address, size));
    } else if (kind < 90) {
      lines.push(write("dealloc", block, block.address, 0));
      free.push(block.address);
      blocks[index] = blocks.at(-1) as Taken;
      blocks.pop();
    } else {
      const target = place();
      lines.push(write("realloc", block, target, size));
      free.push(block.address);
      block.address = target;
    }
  }
  return `${lines.join("\n")}\n`;
}

type Kind = "alloc" | "dealloc" | "realloc";

function asLog(kind: Kind, { address }: Taken, target: number, size: number): string {
  const [from, to] = [address.toString(16), target.toString(16)];
  if (kind === "alloc") return `a ${to} ${size} 16 1`;
  return kind === "dealloc" ? `f ${from} 1` : `b ${from} ${size} 1\ne ${to} 1`;
}

function asTrace(kind: Kind, { name }: Taken, target: number, size: number): string {
  const [id, placed] = [
    nameText(blockName(name)),
    `{"t":"answer","placed":"0x${target.toString(16)}"}`,
  ];
  if (kind === "alloc") {
    return `{"t":"call","call":"alloc","id":"${id}","size":${size},"align":16}\n${placed}`;
  }
  if (kind === "realloc")
    return `{"t":"call","call":"realloc","ref":"${id}","size":${size}}\n${placed}`;
  return `{"t":"call","call":"dealloc","ref":"${id}"}\n{"t":"answer","released":true}`;
}
