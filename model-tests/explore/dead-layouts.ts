/** What could be freed a second time: each place and layout once, whatever the block was called. */
import type { BlockName } from "#units";
import type { Heap } from "../conformance/heap.ts";

export interface DeadLayout {
  readonly name: BlockName;
  readonly start: number;
  readonly size: number;
  readonly align: number;
}

/** The layouts of dead blocks, lowest start first; of equal ones, that of the newest name. */
export function deadLayouts({ dead }: Heap): DeadLayout[] {
  const layouts = new Map<string, DeadLayout>();
  for (let place = 0; place < dead.size; place++) {
    const name = dead.pick(place);
    const layout = dead.layoutOf(name);
    if (layout === undefined || !dead.has(name)) continue;
    const { start, size, align } = layout;
    layouts.set(`${start} ${size} ${align}`, { name, start, size, align });
  }
  return [...layouts.values()].sort(
    (left, right) => left.start - right.start || left.size - right.size || left.align - right.align,
  );
}
