/** Spans with what a table keeps of them, any of their blocks live, and blocks of other spans beside these. */
import fc from "fast-check";
import {
  addressOfBlock,
  type BlockNumber,
  blocksPerSpan,
  NONE,
  PlainColumn,
  PlainMemory,
  type SizeClassIndex,
  type Span,
  sizeOfClass,
} from "#impl";
import type { Block } from "#spec";
import { finiteMap } from "#support";
import type { Address, Alignment, BlockName, ByteCount } from "#units";
import { listsInColumns } from "./list-in-columns.arbitrary.ts";
import { type BlocksOfHeap, isLiveBlock, type SpanHeap } from "./span-heap-in-memory.ts";
import type { Page } from "./span-in-memory.ts";

/** A span of a heap, and the blocks that are live there, by name. */
export interface ArbitrarySpanHeap {
  readonly heap: SpanHeap;
  readonly others: BlocksOfHeap;
  readonly live: readonly BlockNumber[];
}

const CLASSES = 9;
const START = 4096 as Address;
const NAMED = 6;

export const spanHeaps: fc.Arbitrary<ArbitrarySpanHeap> = fc
  .record({
    drawn: listsInColumns,
    index: fc.nat(CLASSES - 1).map((index) => index as SizeClassIndex),
    share: fc.constantFrom(0, 0.5, 1, 1),
    freed: fc.uniqueArray(fc.nat(20), { maxLength: 4 }),
    pick: fc.nat(3),
    isSpare: fc.boolean(),
  })
  .filter(({ drawn }) => drawn.spans.length > 0 && drawn.pages.length > 0)
  .map(({ drawn: { lists, spans, pages }, index, share, freed, pick, isSpare }) => {
    const most = blocksPerSpan(index);
    const fresh = Math.ceil(most * share);
    const order = freed.filter((block) => block < fresh) as BlockNumber[];
    const hasRoom = fresh < most || order.length > 0;
    const span = (hasRoom ? spans[pick % spans.length] : pages[0]) as Span;
    const heap = heapOf(lists, span, index, fresh, order);
    heap.store.first.write(index, spans[0] as Span);
    if (isSpare && fresh === order.length) heap.store.spare.write(index, span);
    const all = Array.from({ length: fresh }, (_, block) => block as BlockNumber);
    const live = all.filter((block) => isLiveBlock(heap, block)).slice(-NAMED);
    return { heap, others: blocksOf(index, live), live };
  });

function heapOf(
  {
    next,
    previous,
    list,
  }: Pick<SpanHeap["store"]["columns"], "next" | "previous"> & Pick<SpanHeap, "list">,
  span: Span,
  index: SizeClassIndex,
  fresh: number,
  order: readonly BlockNumber[],
): SpanHeap {
  const memory = new PlainMemory(3 * 4096, 0);
  order.forEach((block, place) => {
    memory.writeWord(addressOfBlock(START, block, index), (order[place - 1] ?? -1) + 1);
  });
  const cells = (value: number) => new PlainColumn(new Int32Array(next.length).fill(value));
  const [classes, live, freshOf, freeOf] = [cells(NONE), cells(0), cells(0), cells(NONE)];
  const classCells = () => new PlainColumn(new Int32Array(CLASSES).fill(NONE));
  const head = order.at(-1);
  classes.write(span, index);
  live.write(span, fresh - order.length);
  freshOf.write(span, fresh);
  freeOf.write(span, head ?? NONE);
  const columns = { classes, live, fresh: freshOf, free: freeOf, next, previous };
  return {
    store: { memory, columns, first: classCells(), spare: classCells() },
    span,
    page: 1 as Page,
    index,
    free: finiteMap(order.map((block, place) => [block, place as BlockNumber] as const)),
    fresh: fresh as BlockNumber,
    count: order.length as BlockNumber,
    head: head ?? (0 as BlockNumber),
    list,
  };
}

/** The live blocks of the span, and two others, below and above it. */
function blocksOf(index: SizeClassIndex, live: readonly BlockNumber[]): BlocksOfHeap {
  const size = sizeOfClass(index) as ByteCount;
  const starts = [...live.map((block) => addressOfBlock(START, block, index)), 4088, 8192];
  const blocks = starts.map((start, name): [BlockName, Block] => {
    const reach = (name < live.length ? size - (name % 2) : 8) as ByteCount;
    const block = {
      name: name as BlockName,
      start: start as Address,
      size: reach,
      reach,
      align: 8 as Alignment,
    };
    return [name as BlockName, block];
  });
  return {
    blocks: finiteMap(blocks),
    numbers: finiteMap(live.map((block, name) => [name as BlockName, block] as const)),
    dead: finiteMap([]),
    requested: 0 as ByteCount,
    first: undefined,
    start: 0 as Address,
    size: (3 * 4096) as ByteCount,
  };
}
