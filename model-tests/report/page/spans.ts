/** How long each thing of a film was there: what is drawn of all steps at once. */
import type { Change, Film } from "../../film/film.ts";

/** Something that was there after `from` steps, and up to before `to` steps were done. */
export interface Span {
  readonly change: Change;
  readonly from: number;
  readonly to: number;
}

/** The spans of the things of one kind, in the order in which they ended. */
export function spansOf({ base, steps }: Film, kind: number): readonly Span[] {
  const spans: Span[] = [];
  const open = new Map<number, { readonly change: Change; readonly from: number }>();
  const close = (key: number, to: number): void => {
    const begun = open.get(key);
    if (begun !== undefined) spans.push({ ...begun, to });
    open.delete(key);
  };
  for (const change of base) if (change[0] === kind) open.set(change[1], { change, from: 0 });
  for (const [index, [, , ...changes]] of steps.entries()) {
    for (const change of changes) {
      if (change[0] !== kind) continue;
      close(change[1], index + 1);
      if (change.length > 2) open.set(change[1], { change, from: index + 1 });
    }
  }
  for (const key of [...open.keys()]) close(key, steps.length + 1);
  return spans;
}
