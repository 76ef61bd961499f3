/** Faults in the bytes of blocks, and in the bytes around them. */
import type { SubjectInstance } from "../subject/subject.ts";
import { placing } from "./placement-shims.ts";
import { after, type Believed, isPlace, type Seat } from "./seat.ts";
import { offering, promising, type Shim } from "./shim.ts";

const memory = offering("memory");

/** Does harm once a block was resized. */
function resizing(
  seat: Seat,
  harm: (moved: number, before: Believed, newSize: number) => void,
): Partial<SubjectInstance> {
  return {
    realloc: (start, size, align, newSize, origin) =>
      after(seat.inner.realloc?.(start, size, align, newSize, origin), (raw) => {
        if (isPlace(raw)) harm(raw, { start, size, align }, newSize);
        return raw;
      }),
  };
}

/** A live block that is neither at `start` nor the one that the harness looks at next. */
function someBlock(seat: Seat, start: number): Believed | undefined {
  const far = [...seat.live.values()].filter((block) => block.start !== start);
  const block = far[Math.floor(far.length / 2)];
  return block === undefined ? undefined : seat.neighbour(block.start + 1, "below");
}

export const CONTENT_SHIMS: readonly Shim[] = [
  {
    name: "byte of a block lost",
    // Where only some blocks are looked at, it may be a refused call that shows the damage.
    rules: ["payload-intact", "declined-without-effect"],
    needs: [memory],
    plant: (seat) =>
      placing(seat, (placed) => {
        const victim = someBlock(seat, placed);
        if (victim !== undefined) seat.flip(victim.start + Math.floor(victim.size / 2));
        return placed;
      }),
  },
  {
    name: "writes behind a block",
    rules: ["payload-intact"],
    needs: [memory],
    plant: (seat) =>
      placing(seat, (placed) => {
        const above = seat.neighbour(placed, "above");
        if (above !== undefined) seat.flip(above.start);
        return placed;
      }),
  },
  {
    name: "writes before a block",
    rules: ["payload-intact"],
    needs: [memory],
    plant: (seat) =>
      placing(seat, (placed) => {
        const below = seat.neighbour(placed, "below");
        if (below !== undefined) seat.flip(below.start + below.size - 1);
        return placed;
      }),
  },
  {
    name: "free writes into a neighbour",
    rules: ["payload-intact"],
    needs: [memory],
    plant: (seat) => ({
      dealloc: (start, size, align, origin) => {
        const isFree = seat.live.has(start) && seat.live.get(start)?.size === size;
        return after(seat.inner.dealloc(start, size, align, origin), (raw) => {
          const below = isFree && raw !== false ? seat.neighbour(start, "below") : undefined;
          if (below !== undefined) seat.flip(below.start);
          return raw;
        });
      },
    }),
  },
  {
    name: "resize writes into a neighbour",
    rules: ["payload-intact"],
    needs: [offering("realloc", "memory")],
    plant: (seat) =>
      resizing(seat, (moved, before) => {
        const above = seat.neighbour(moved, "above");
        if (above !== undefined && above.start !== before.start) seat.flip(above.start);
      }),
  },
  {
    name: "resize loses the first byte",
    rules: ["realloc-keeps-prefix"],
    needs: [offering("realloc", "memory")],
    plant: (seat) => resizing(seat, (moved) => seat.flip(moved)),
  },
  {
    name: "resize loses the last byte",
    rules: ["realloc-keeps-prefix"],
    needs: [offering("realloc", "memory")],
    plant: (seat) =>
      resizing(seat, (moved, { size }, newSize) => seat.flip(moved + Math.min(size, newSize) - 1)),
  },
  {
    name: "refused request damages a block",
    rules: ["declined-without-effect"],
    needs: [memory],
    plant: (seat) => ({
      alloc: (size, align, origin) =>
        after(seat.inner.alloc(size, align, origin), (raw) => {
          const lowest = isPlace(raw) ? undefined : seat.neighbour(0, "above");
          if (lowest !== undefined) seat.flip(lowest.start);
          return raw;
        }),
    }),
  },
  {
    name: "zeroed block is dirty",
    rules: ["zeroed-is-zero"],
    needs: [offering("allocZeroed", "memory")],
    plant: (seat) => ({
      allocZeroed: (size, align, origin) =>
        after(seat.inner.allocZeroed?.(size, align, origin), (raw) => {
          if (isPlace(raw) && size > 0) seat.flip(raw + size - 1);
          return raw;
        }),
    }),
  },
  {
    name: "writes outside of the extent",
    rules: ["extent-respected"],
    needs: [
      memory,
      promising('touchesOnly: "extent"', ({ touchesOnly }) => touchesOnly === "extent"),
      ({ hasGuards }) => (hasGuards ? undefined : "no memory around its extent is watched"),
    ],
    plant: (seat) =>
      placing(seat, (placed) => {
        const last = seat.parts()?.at(-1);
        const bytes = seat.inner.memory?.();
        const end = last === undefined ? 0 : last.start + last.size;
        if (bytes instanceof Uint8Array && end < bytes.length) seat.flip(end);
        else if (last !== undefined && last.start > 0) seat.flip(last.start - 1);
        return placed;
      }),
  },
  {
    name: "instances share a byte",
    rules: ["instances-independent"],
    needs: [
      memory,
      promising(
        "independentInstances",
        ({ independentInstances }) => independentInstances === true,
      ),
    ],
    plant: (seat) =>
      placing(seat, (placed) => {
        const victim = seat.peer?.neighbour(0, "above");
        if (victim !== undefined) seat.peer?.flip(victim.start);
        if (victim !== undefined) seat.hasStruck = true;
        return placed;
      }),
  },
];
