/** Says in sentences with numbers why an answer breaks its rule: what a reader would work out by hand. */
import { alignmentDue, type TraceCall } from "#spec";
import { type BlockName, type ByteCount, virtualText } from "#units";
import { nameText } from "../trace/name-text.ts";
import type { Heap } from "./heap.ts";
import type { Session, Violation } from "./session.ts";

/** The facts behind the violation that `session` ended with; `since` has the call that placed a block. */
export function explain(
  session: Session,
  call: TraceCall,
  since: ReadonlyMap<number, number>,
): readonly string[] {
  const { violation } = session;
  if (violation === undefined) return [];
  const heap = session.heaps[call.instance] ?? session.heap;
  const facts = [
    ...reasons(violation),
    ...placementFacts(heap, call, violation, since),
    ...memoryFacts(session, heap, call, violation),
  ];
  // Whoever is gone shows no memory.
  return violation.isFault ? facts : [...facts, ...damageFacts(session, since)];
}

/** What was seen in memory, or said about it, that should not have been. */
function memoryFacts(
  { seen }: Session,
  { witness, index, state }: Heap,
  call: TraceCall,
  { rule, answer }: Violation,
): string[] {
  if (rule.name === "extent-respected") {
    const where = witness.guardDamage();
    return where === undefined ? [] : [`${virtualText(where as never)}, outside, was written`];
  }
  if (rule.name === "accounting-exact") {
    const held = index.has(call.name) ? index.at(call.name).size : 0;
    const gone = answer.kind === "released" || call.kind === "realloc" ? held : 0;
    const isPlaced = answer.kind === "placed";
    const asked = state.requested + (isPlaced ? call.size - gone : 0) - (isPlaced ? 0 : gone);
    const right = answer.kind === "refused" ? state.requested : asked;
    return [`used() says ${seen.used}, and the live blocks asked for ${right}`];
  }
  if (answer.kind !== "placed") return [];
  const { address } = answer;
  if (rule.name === "zeroed-is-zero") {
    const offset = witness.firstNonZero(address, call.size);
    return [`byte ${offset} of ${rangeText(address, call.size)} is not zero`];
  }
  if (rule.name === "realloc-keeps-prefix") {
    const { block, seed } = index.entry(call.name);
    const kept = Math.min(block.size, call.size);
    const offset = witness.firstChanged(address, kept, seed);
    return [`of the first ${bytesText(kept)}, byte ${offset} is not the one it was`];
  }
  return [];
}

function reasons({ reason, rule, answer, isFault }: Violation): string[] {
  if (reason !== undefined) return [isFault ? reason : `the call threw ${reason}`];
  if (answer.kind === "nonsense") return ["the answer is no address, no size and no yes or no"];
  if (rule.name === "misuse-rejected") return ["the allocator accepted it"];
  return [];
}

function placementFacts(
  heap: Heap,
  call: TraceCall,
  { rule, answer }: Violation,
  since: ReadonlyMap<number, number>,
): string[] {
  const { contract, extent, first } = heap.state;
  const whole = extent.map((part) => rangeText(part.start, part.size)).join(", ");
  if (answer.kind === "refused" && rule.name === "refusal-justified") {
    const longest = longestRun(heap);
    const { overhead = 0, granule = 1, minimum = 0 } = contract.availability ?? {};
    const size = Math.ceil(Math.max(call.size, minimum) / granule) * granule;
    const enough = size + overhead + call.align - 1;
    const where = virtualText(longest.start as never);
    return [
      `${longest.size} bytes in a row are free at ${where}; promised to be enough: ${enough}`,
    ];
  }
  if (answer.kind === "refused" && rule.name === "reclaims-everything") {
    return [`nothing is live, and alloc ${first?.size} was granted when the heap was untouched`];
  }
  if (answer.kind === "usable") {
    const block = heap.index.at(call.name);
    return [`${labelOf(call.name)} has ${block.size} bytes, and ${answer.bytes} are said usable`];
  }
  if (answer.kind !== "placed") return [];

  const { address } = answer;
  const own = rangeText(address, call.size);
  switch (rule.name) {
    case "live-blocks-disjoint":
      return overlaps(heap, call, address, since);
    case "block-aligned": {
      const align = Math.max(call.align, alignmentDue(contract, call.size as ByteCount));
      return [`${virtualText(address)} is ${address % align} above a multiple of ${align}`];
    }
    case "block-in-extent":
      return [`${own} ${whole === "" ? "ends beyond 2^53 - 1" : `is not within ${whole}`}`];
    default:
      return [];
  }
}

function overlaps(
  heap: Heap,
  call: TraceCall,
  address: number,
  since: ReadonlyMap<number, number>,
): string[] {
  const facts: string[] = [];
  const end = address + Math.max(1, call.size);
  heap.index.forEach(({ block: { name, start, reach } }) => {
    if (name === call.name || start >= end || address >= start + reach) return;
    const shared = Math.min(end, start + reach) - Math.max(address, start);
    const mine = `${labelOf(call.name)} ${rangeText(address, call.size)}`;
    const other = `${labelOf(name)} ${rangeText(start, reach)}, placed at call ${1 + (since.get(name) ?? 0)}`;
    facts.push(`${mine} shares ${bytesText(shared)} with ${other}`);
  });
  return facts.slice(0, 4);
}

function damageFacts(session: Session, since: ReadonlyMap<number, number>): string[] {
  const facts: string[] = [];
  for (const { witness, index } of session.heaps) {
    if (witness.fault !== undefined) facts.push(`the door to memory threw ${witness.fault}`);
    index.forEach((entry) => {
      const offset = witness.damageIn(entry);
      if (offset === undefined) return;
      const { name, start, size } = entry.block;
      const where = `byte ${offset} of ${labelOf(name)} ${rangeText(start, size)}`;
      facts.push(
        `${where}, placed at call ${1 + (since.get(name) ?? 0)}, is not what its owner wrote`,
      );
    });
  }
  return facts.slice(0, 4);
}

function longestRun({ state, index }: Heap): { start: number; size: number } {
  let best = { start: 0, size: 0 };
  for (const part of state.extent) {
    let free = part.start as number;
    const offer = (end: number): void => {
      if (end - free > best.size) best = { start: free, size: end - free };
    };
    index.forEach(({ block: { start, reach } }) => {
      if (reach === 0 || start < part.start || start >= part.start + part.size) return;
      offer(start);
      free = start + reach;
    });
    offer(part.start + part.size);
  }
  return best;
}

/** A block's name; a block that a resizing by hand has just placed has none of its own yet. */
function labelOf(name: BlockName): string {
  return name < 0 ? "the block to move to" : nameText(name);
}

/** A range as a reader wants it: `[V0x0040, V0x0060)`. */
export function rangeText(start: number, size: number): string {
  return `[${virtualText(start as never)}, ${virtualText((start + size) as never)})`;
}

function bytesText(count: number): string {
  return count === 1 ? "1 byte" : `${count} bytes`;
}
