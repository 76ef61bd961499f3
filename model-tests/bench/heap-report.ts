/** Prints what was measured of heaps. */
import { FOOTPRINT_NAMES } from "./heap-footprint.ts";
import { HEAP_KINDS, HEAP_LIVES, HEAP_SIZES } from "./heap-probe.ts";
import type { Samples } from "./parts.ts";
import { COST_NAMES } from "./simulated-costs.ts";
import { spreadOf } from "./statistics.ts";

type Results = ReadonlyMap<string, Samples>;
type Print = (line?: string) => void;

export function printHeaps(results: Results, print: Print): void {
  printFootprints(results, print);
  printCosts(results, print);
  const live = HEAP_LIVES.map((count) => ({ part: `${count}`, text: `${count} live, 64 bytes` }));
  printTimes("live", live, results, print);
  const sizes = HEAP_SIZES.map((size) => ({ part: `${size}`, text: `50 live, ${size} bytes` }));
  printTimes("size", sizes, results, print);
}

function printFootprints(results: Results, print: Print): void {
  print("\npeak footprint over peak live bytes, recorded traces, behind the switch");
  for (const name of FOOTPRINT_NAMES) {
    for (const [trace, samples] of Object.entries(results.get(`footprint ${name}`) ?? {})) {
      const text = typeof samples === "string" ? samples : (samples[0] ?? Number.NaN).toFixed(2);
      print(`  ${`${name}, ${trace}`.padEnd(50)}${text.padStart(9)}`);
    }
  }
}

function printCosts(results: Results, print: Print): void {
  const head = COST_NAMES.map((name) => name.padStart(11)).join("");
  print(`\nsimulated costs, the same on every computer   ${head}`);
  for (const [name, samples] of Object.entries(results.get("simulated costs") ?? {})) {
    if (typeof samples === "string") continue;
    const cells = samples.map((count) => (+count.toFixed(5)).toString().padStart(11)).join("");
    print(`  ${name.padEnd(44)}${cells}`);
  }
}

function printTimes(
  part: "live" | "size",
  rows: readonly { readonly part: string; readonly text: string }[],
  results: Results,
  print: Print,
): void {
  print("\nns for a free and an alloc, behind the MMU               best   median           ratio");
  for (const kind of HEAP_KINDS) {
    let first: number | undefined;
    for (const row of rows) {
      const samples = results.get(`${part} ${kind} ${row.part}`)?.["ns"];
      if (typeof samples !== "object") continue;
      const { min, median } = spreadOf(samples);
      first ??= min;
      const cells = [min, median].map((ns) => ns.toFixed(0).padStart(9)).join("");
      const ratio = `${(min / first).toFixed(2)}x`.padStart(16);
      print(`  ${`${kind}, ${row.text}`.padEnd(50)}${cells} ${ratio}`);
    }
  }
}
