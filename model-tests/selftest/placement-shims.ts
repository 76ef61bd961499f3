/** Faults in where a block is placed, and in whether one is. */
import { roundDown, roundUp } from "#units";
import type { SubjectInstance } from "../subject/subject.ts";
import { after, isPlace, type Seat } from "./seat.ts";
import { offering, promising, type Shim } from "./shim.ts";

/** Changes the answers of `alloc` that place a block with bytes. */
export function placing(
  seat: Seat,
  change: (placed: number, size: number, align: number) => unknown,
): Partial<SubjectInstance> {
  return {
    alloc: (size, align, origin) =>
      after(seat.inner.alloc(size, align, origin), (raw) =>
        isPlace(raw) && size > 0 ? change(raw, size, align) : raw,
      ),
  };
}

const zeroSizeIs = (kind: "block" | "refused") =>
  promising(`zeroSize: "${kind}"`, ({ zeroSize }) => zeroSize === kind);

const isAligned = promising("an alignment above 1", ({ alignDefault = 1, alignMax = 1 }) => {
  return Math.max(alignDefault, alignMax) > 1;
});

export const PLACEMENT_SHIMS: readonly Shim[] = [
  {
    name: "address misaligned by one",
    rules: ["block-aligned"],
    needs: [isAligned],
    plant: (seat) =>
      placing(seat, (placed, size, align) => {
        const isSeen = seat.stepOf(align) > 1 && seat.isInside(placed + 1, size);
        return isSeen ? seat.strike(placed + 1) : placed;
      }),
  },
  {
    name: "resized block misaligned by one",
    rules: ["block-aligned"],
    needs: [
      offering("realloc"),
      promising(
        "reallocKeepsAlign or alignDefault above 1",
        ({ reallocKeepsAlign, alignDefault = 1 }) => reallocKeepsAlign === true || alignDefault > 1,
      ),
    ],
    plant: (seat) => ({
      realloc: (start, size, align, newSize, origin) =>
        after(seat.inner.realloc?.(start, size, align, newSize, origin), (raw) => {
          const { reallocKeepsAlign = false } = seat.promises;
          const isSeen = seat.stepOf(reallocKeepsAlign ? align : 1) > 1;
          const isWrong = isSeen && isPlace(raw) && seat.isInside(raw + 1, newSize);
          return isWrong ? seat.strike(raw + 1) : raw;
        }),
    }),
  },
  {
    name: "blocks overlap by one byte",
    rules: ["live-blocks-disjoint"],
    needs: [],
    plant: (seat) =>
      placing(seat, (placed, size, align) => {
        const step = seat.stepOf(align);
        for (const { start, size: count } of seat.live.values()) {
          const last = start + count - 1;
          if (last > start && last % step === 0 && seat.isInside(last, size)) {
            return seat.strike(last);
          }
        }
        return placed;
      }),
  },
  {
    name: "live block handed out again",
    rules: ["live-blocks-disjoint"],
    needs: [],
    plant: (seat) =>
      placing(seat, (placed, size, align) => {
        const step = seat.stepOf(align);
        for (const { start } of seat.live.values()) {
          if (start % step === 0 && seat.isInside(start, size)) return seat.strike(start);
        }
        return placed;
      }),
  },
  {
    name: "address behind the extent",
    rules: ["block-in-extent"],
    needs: [
      ({ offers }) =>
        offers.includes("extent") || offers.includes("memory")
          ? undefined
          : "no extent(), memory()",
    ],
    plant: (seat) =>
      placing(seat, (placed, _size, align) => {
        const last = Math.max(...(seat.parts() ?? []).map(({ start, size }) => start + size));
        const end = roundUp(last, seat.stepOf(align));
        return Number.isSafeInteger(2 * end) ? seat.strike(end) : placed;
      }),
  },
  {
    name: "block reaches out of the extent",
    rules: ["block-in-extent"],
    needs: [
      ({ offers }) =>
        offers.includes("extent") || offers.includes("memory")
          ? undefined
          : "no extent(), memory()",
    ],
    plant: (seat) =>
      placing(seat, (placed, size, align) => {
        const last = Math.max(...(seat.parts() ?? []).map(({ start, size }) => start + size));
        const start = roundDown(last - 1, seat.stepOf(align));
        const isOut = start > 0 && last < start + size && Number.isSafeInteger(2 * last);
        return isOut ? seat.strike(start) : placed;
      }),
  },
  {
    name: "block of no bytes shared",
    rules: ["live-blocks-disjoint"],
    needs: [zeroSizeIs("block")],
    limits: { sizeLimit: 2 },
    plant: (seat) => ({
      alloc: (size, align, origin) =>
        after(seat.inner.alloc(size, align, origin), (raw) => {
          const step = seat.stepOf(align);
          const shared = [...seat.live.keys()].find((start) => start % step === 0);
          if (size > 0 || !isPlace(raw) || shared === undefined) return raw;
          return seat.strike(shared);
        }),
    }),
  },
  {
    name: "block of no bytes refused",
    rules: ["zero-size-as-promised"],
    needs: [zeroSizeIs("block")],
    limits: { sizeLimit: 0 },
    plant: (seat) => ({
      alloc: (size, align, origin) => {
        if (size === 0) return seat.strike(0);
        return seat.inner.alloc(size, align, origin);
      },
    }),
  },
  {
    name: "block of no bytes granted",
    rules: ["zero-size-as-promised"],
    needs: [zeroSizeIs("refused")],
    limits: { sizeLimit: 2 },
    plant: (seat) => ({
      alloc: (size, align, origin) => {
        if (size === 0) seat.hasStruck = true;
        return seat.inner.alloc(Math.max(1, size), align, origin);
      },
    }),
  },
  {
    name: "refusal without a reason",
    rules: ["refusal-justified"],
    needs: [promising("availability", ({ availability = "never" }) => availability !== "never")],
    plant: (seat) => placing(seat, () => seat.strike(0)),
  },
  {
    name: "refusal by an empty heap",
    rules: ["reclaims-everything", "refusal-justified", "room-is-used"],
    needs: [promising("reclaims", ({ reclaims }) => reclaims === true)],
    limits: { calls: 40 },
    plant: (seat) => {
      let hasGranted = false;
      return {
        alloc: (size, align, origin) => {
          if (hasGranted && seat.live.size === 0 && size > 0) return seat.strike(0);
          return after(seat.inner.alloc(size, align, origin), (raw) => {
            if (isPlace(raw) && size > 0) hasGranted = true;
            return raw;
          });
        },
      };
    },
  },
];
