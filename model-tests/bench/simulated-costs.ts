/**
 * What the combination heap costs on the simulated machine: counted, so the same on every computer.
 *
 *     touch       a word of memory that is read or written, page tables left out
 *     miss        a page that the TLB did not keep: each is one walk
 *     shootdown   a round in which other cores are told to forget
 *     map         a page of 4 KiB that is mapped
 */
import { DEAF_HARDWARE, type Machine, type MachineWatchers } from "#impl";
import { DEAF } from "#support";
import type { Key } from "#units";
import { rawCombination } from "./combination-raw.ts";
import { type FlatCalls, makeAll } from "./raw-allocators.ts";

export const COST_NAMES = ["reads", "writes", "misses", "shootdowns", "maps"] as const;
export type Costs = Record<(typeof COST_NAMES)[number], number>;

/** What each call costs on average, of all `calls`. */
export function costsPerCall(calls: FlatCalls): Costs {
  const { costs, watchers } = counters();
  const { machine, allocator } = rawCombination("at once", undefined, watchers);
  countTouches(machine, costs);
  const whole = costsOf(costs, () => void makeAll(allocator, calls));
  for (const name of COST_NAMES) whole[name] /= calls.count;
  return whole;
}

/** What it costs a heap to get a page of another heap, and a page that is mapped anew. */
export function costsOfGrowth(): { readonly transferred: Costs; readonly mapped: Costs } {
  const { costs, watchers } = counters();
  const { machine, system } = rawCombination("at once", undefined, watchers);
  const { heaps, source } = system;
  countTouches(machine, costs);
  const [giver] = heaps.zones();
  const other = 1 as Key;
  // The second page is measured: the first opens the heap.
  const transfer = (): void => heaps.adopt(other, giver?.giveEmpty(0) ?? -1);
  const map = (): void => heaps.adopt(other, machine.alone(source.map()));
  transfer();
  map();
  return { transferred: costsOf(costs, transfer), mapped: costsOf(costs, map) };
}

function counters(): { readonly costs: Costs; readonly watchers: MachineWatchers } {
  const costs = { reads: 0, writes: 0, misses: 0, shootdowns: 0, maps: 0 };
  const filled = (): void => {
    costs.misses++;
  };
  const moved = ({ kind }: { readonly kind: string }): void => {
    if (kind === "shootdown.request") costs.shootdowns++;
    else if (kind === "page.map") costs.maps++;
  };
  const software = { isWatching: true, moved };
  return { costs, watchers: { software, hardware: { ...DEAF_HARDWARE, filled }, marks: DEAF } };
}

/** Counts the words that the heap reads and writes from here on; page tables go another way. */
function countTouches({ memory }: Machine, costs: Costs): void {
  const [readWord, writeWord] = [memory.readWord.bind(memory), memory.writeWord.bind(memory)];
  memory.readWord = (at) => {
    costs.reads++;
    return readWord(at);
  };
  memory.writeWord = (at, value) => {
    costs.writes++;
    writeWord(at, value);
  };
}

function costsOf(costs: Costs, doIt: () => void): Costs {
  const before = { ...costs };
  doIt();
  const after = { ...costs };
  for (const name of COST_NAMES) after[name] -= before[name];
  return after;
}
