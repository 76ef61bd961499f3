/**
 * Measures, and asserts nothing: `npm run bench`, or `npm run bench -- --quick` for a look.
 *
 * Everything is printed as ratios of one run, because digits of a machine that others use mean little.
 * Each part runs in a process of its own, one after the other: an engine that has compiled code for
 * one allocator, or one kind of memory, serves the next one worse.
 */
import { spawn } from "node:child_process";
import { fileURLToPath } from "node:url";
import { PAGES_KINDS } from "./chunk-probe.ts";
import { WATCHINGS } from "./fast-check-calls.ts";
import { printHeaps } from "./heap-report.ts";
import { PAGING_KINDS, PAGING_NAMES } from "./paging-probe.ts";
import {
  CHUNK_COUNTS,
  FULL,
  IN_PART,
  LIVE_COUNTS,
  MEMORY_KINDS,
  PARTS,
  QUICK,
  type Samples,
} from "./parts.ts";
import { RAW_NAMES } from "./raw-allocators.ts";
import { spreadOf } from "./statistics.ts";
import { LOG_FORMATS, LOG_LIVES } from "./validated-logs.ts";

const isQuick = process.argv.includes("--quick");
const part = process.argv[process.argv.indexOf("--part") + 1];

if (process.argv.includes("--part")) await runPart(part ?? "");
else await runAll();

async function runPart(name: string): Promise<void> {
  const samples = await PARTS.get(name)?.(isQuick ? QUICK : FULL);
  process.stdout.write(JSON.stringify(samples ?? {}));
}

async function runAll(): Promise<void> {
  const start = performance.now();
  const results = new Map<string, Samples>();
  for (const name of PARTS.keys()) results.set(name, await samplesOf(name));

  const print = (line = ""): void => void process.stdout.write(`${line}\n`);
  printRates(results, print);
  printValidated(results, print);
  printRaw(results, print);
  printHeaps(results, print);
  printProbe(results, print);
  printPages(results, print);
  printPaging(results, print);
  print(`\nin ${((performance.now() - start) / 1000).toFixed(0)} s${isQuick ? ", quick" : ""}`);
}

/** What the part `name` measures, in a process of its own. */
async function samplesOf(name: string): Promise<Samples> {
  const self = fileURLToPath(import.meta.url);
  const options = ["--part", name, ...(isQuick ? ["--quick"] : [])];
  const child = spawn(process.execPath, [self, ...options], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  let text = "";
  for await (const chunk of child.stdout) text += String(chunk);
  try {
    return JSON.parse(text);
  } catch {
    return { [name]: "this part did not end well" };
  }
}

type Print = (line?: string) => void;

function printRates(results: ReadonlyMap<string, Samples>, print: Print): void {
  const samples = (name: string): readonly number[] | undefined => {
    const found = Object.values(results.get(name) ?? {})[0];
    return typeof found === "string" ? undefined : found;
  };
  const base = spreadOf(samples("generated 100, all rules") ?? []).median;
  print("calls a second, made and judged, on block                best   median      min   ratio");
  const rows = LIVE_COUNTS.flatMap((live) =>
    ["all rules", "no rules"].map((judging) => ({
      text: `${live.toLocaleString("en")} live, ${judging}`,
      rates: samples(`generated ${live}, ${judging}`),
    })),
  );
  for (const judging of ["all rules", "no rules"]) {
    const trace = Object.keys(results.get(`recorded, ${judging}`) ?? {})[0];
    rows.push({ text: `${trace}, recorded, ${judging}`, rates: samples(`recorded, ${judging}`) });
  }
  for (const watching of WATCHINGS) {
    const text = `fast-check commands, 100 live, ${watching}`;
    rows.push({ text, rates: samples(`commands, ${watching}`) });
  }
  for (const { text, rates } of rows) {
    const { min, median, max } = spreadOf(rates ?? []);
    const cells = [max, median, min].map((rate) => rateText(rate).padStart(9)).join("");
    print(`  ${text.padEnd(50)}${cells} ${ratioText(median / base).padStart(7)}`);
  }
}

function printValidated(results: ReadonlyMap<string, Samples>, print: Print): void {
  print("\nevents a second of a log, judged by validate as a process  best   median      min");
  for (const format of LOG_FORMATS) {
    for (const live of LOG_LIVES) {
      const rates = results.get(`validated ${format} ${live}`)?.["rate"];
      const { min, median, max } = spreadOf(typeof rates === "object" ? rates : []);
      const cells = [max, median, min].map((rate) => rateText(rate).padStart(9)).join("");
      print(`  ${`${format}, up to ${live.toLocaleString("en")} live`.padEnd(50)}${cells}`);
    }
  }
}

function printRaw(results: ReadonlyMap<string, Samples>, print: Print): void {
  print(
    "\nns a call, nobody judging, traces and workloads          best   median   of TLSF's best",
  );
  const base = results.get("raw AssemblyScript TLSF") ?? {};
  for (const name of RAW_NAMES) {
    for (const [trace, samples] of Object.entries(results.get(`raw ${name}`) ?? {})) {
      if (typeof samples === "string") {
        print(`  ${name}: ${samples}`);
        continue;
      }
      const { min, median } = spreadOf(samples);
      const others = base[trace.replace(IN_PART, "")];
      const best = typeof others === "object" ? spreadOf(others).min : Number.NaN;
      const cells = [min, median].map((ns) => ns.toFixed(0).padStart(9)).join("");
      const ratio = ratioText(min / best).padStart(16);
      print(`  ${`${name}, ${trace}`.padEnd(50)}${cells} ${ratio}`);
    }
  }
}

function printProbe(results: ReadonlyMap<string, Samples>, print: Print): void {
  print("\nns for a free and an alloc of 64 bytes, on block         best   median           ratio");
  const spreads = MEMORY_KINDS.map((kind) =>
    spreadOf((results.get(`probe ${kind}`)?.["ns"] ?? []) as readonly number[]),
  );
  for (const [index, kind] of ["plain memory", "translated memory", "behind an MMU"].entries()) {
    const { min = Number.NaN, median = Number.NaN } = spreads[index] ?? {};
    const cells = [min, median].map((ns) => ns.toFixed(1).padStart(9)).join("");
    const ratio = ratioText(median / (spreads[0]?.median ?? Number.NaN)).padStart(16);
    print(`  ${kind.padEnd(50)}${cells} ${ratio}`);
  }
}

function printPages(results: ReadonlyMap<string, Samples>, print: Print): void {
  print("\nns to acquire or release pages, among free chunks        best   median           ratio");
  const samples = (part: string): Samples[string] | undefined => results.get(part)?.["ns"];
  for (const kind of PAGES_KINDS) {
    for (const chunks of CHUNK_COUNTS) {
      const taken = samples(`pages ${kind} ${chunks}`);
      const base = samples(`pages tree ${chunks}`);
      if (typeof taken !== "object" || typeof base !== "object") continue;
      const { min, median } = spreadOf(taken);
      const cells = [min, median].map((ns) => ns.toFixed(0).padStart(9)).join("");
      const ratio = ratioText(median / spreadOf(base).median).padStart(16);
      print(`  ${`${chunks.toLocaleString("en")} chunks, ${kind}`.padEnd(50)}${cells} ${ratio}`);
    }
  }
}

function printPaging(results: ReadonlyMap<string, Samples>, print: Print): void {
  print("\nns for an address, or for a page of those mapped         best   median           ratio");
  for (const name of PAGING_NAMES) {
    const spreads = PAGING_KINDS.map((kind) =>
      spreadOf((results.get(`paging ${kind} ${name}`)?.["ns"] ?? []) as readonly number[]),
    );
    for (const [index, kind] of PAGING_KINDS.entries()) {
      const { min = Number.NaN, median = Number.NaN } = spreads[index] ?? {};
      const cells = [min, median].map((ns) => ns.toFixed(1).padStart(9)).join("");
      const ratio = ratioText(median / (spreads[0]?.median ?? Number.NaN)).padStart(16);
      print(`  ${`${name}, ${kind}`.padEnd(50)}${cells} ${ratio}`);
    }
  }
}

/** A rate that can be compared at a glance: `1.23 M`, `456 k`. */
function rateText(perSecond: number): string {
  if (perSecond >= 1e6) return `${(perSecond / 1e6).toFixed(2)} M`;
  return `${Math.round(perSecond / 1e3)} k`;
}

function ratioText(ratio: number): string {
  return `${ratio.toFixed(2)}x`;
}
