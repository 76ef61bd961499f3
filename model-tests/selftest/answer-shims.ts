/** Faults in answers: frees that are none, misuse that passes, sizes that are wrong, and no answer at all. */
import type { Misuse } from "#spec";
import { placing } from "./placement-shims.ts";
import { isPlace, type Seat } from "./seat.ts";
import { offering, rejecting, type Shim } from "./shim.ts";

/** Accepts what is no free of a whole live block, without a word to the subject. */
function accepting(misuse: Misuse): Shim {
  return {
    name: `${misuse.replace("-", " ")} accepted`,
    rules: ["misuse-rejected"],
    needs: [rejecting(misuse)],
    limits: { calls: 200 },
    plant: (seat) => ({
      dealloc: (start, size, align, origin) => {
        const block = seat.live.get(start);
        const isKnown = block?.size === size && block.align === align;
        return isKnown || size === 0
          ? seat.inner.dealloc(start, size, align, origin)
          : answered(seat, misuse, block?.start, start, size, align, origin);
      },
    }),
  };
}

/** Passes on misuse of other kinds than `misuse`, which the subject is to detect by itself. */
function answered(
  seat: Seat,
  misuse: Misuse,
  known: number | undefined,
  ...[start, size, align, origin]: Parameters<Seat["inner"]["dealloc"]>
): unknown {
  if (kindOf(seat, known, start) === misuse) return seat.strike(true);
  return seat.inner.dealloc(start, size, align, origin);
}

function kindOf(seat: Seat, known: number | undefined, start: number): Misuse {
  if (known !== undefined) return "wrong-layout";
  for (const block of seat.live.values()) {
    if (block.start < start && start < block.start + block.size) return "interior-pointer";
  }
  return seat.freed.has(start) ? "double-free" : "foreign-pointer";
}

/** Answers a request with what no request can be answered with. */
function nonsense(name: string, of: (placed: number) => number): Shim {
  return {
    name: `answers ${name}`,
    rules: ["answer-fits-call"],
    needs: [],
    plant: (seat) => placing(seat, (placed) => seat.strike(of(placed))),
  };
}

export const ANSWER_SHIMS: readonly Shim[] = [
  {
    name: "free swallowed",
    rules: [
      "reclaims-everything",
      "refusal-justified",
      "room-is-used",
      "accounting-exact",
      "live-block-freeable",
    ],
    needs: [
      ({ offers, promises: { reclaims, availability = "never" } }) =>
        reclaims === true || availability !== "never" || offers.includes("used")
          ? undefined
          : "neither reclaims nor availability is promised, and no used()",
    ],
    limits: { calls: 1000 },
    plant: (seat) => ({
      dealloc: (start, size, align, origin) => {
        if (seat.live.get(start)?.size === size) return seat.strike(true);
        // What is freed again was never freed, so the subject would take it.
        return seat.freed.has(start) ? false : seat.inner.dealloc(start, size, align, origin);
      },
    }),
  },
  {
    name: "free of a live block refused",
    rules: ["live-block-freeable"],
    needs: [],
    plant: (seat) => ({
      dealloc: (start, size, align, origin) =>
        seat.live.get(start)?.size === size
          ? seat.strike(false)
          : seat.inner.dealloc(start, size, align, origin),
    }),
  },
  accepting("double-free"),
  accepting("foreign-pointer"),
  accepting("interior-pointer"),
  accepting("wrong-layout"),
  {
    name: "usable size one too small",
    rules: ["usable-size-honest"],
    needs: [offering("usableSize")],
    plant: (seat) => ({
      usableSize: (start) => seat.strike((seat.live.get(start)?.size ?? 1) - 1),
    }),
  },
  {
    name: "usable size reaches into a neighbour",
    rules: ["usable-size-honest"],
    needs: [offering("usableSize")],
    plant: (seat) => ({
      usableSize: (start, origin) => {
        const above = [...seat.live.keys()].filter((other) => other > start);
        if (above.length === 0) return seat.inner.usableSize?.(start, origin);
        return seat.strike(Math.min(...above) - start + 1);
      },
    }),
  },
  {
    name: "accounting off by one",
    rules: ["accounting-exact"],
    needs: [offering("used")],
    plant: (seat) => ({ used: () => seat.strike(Number(seat.inner.used?.()) + 1) }),
  },
  {
    name: "throws",
    rules: ["call-returns"],
    needs: [],
    plant: (seat) =>
      placing(seat, () => {
        seat.hasStruck = true;
        throw new Error("a planted fault");
      }),
  },
  nonsense("a fraction", (placed) => placed + 0.5),
  nonsense("no number", () => Number.NaN),
  nonsense("a negative number", (placed) => -placed),
  nonsense("beyond 2^53", () => 2 ** 60),
  {
    name: "never returns",
    rules: ["call-terminates"],
    needs: [({ isWatched }) => (isWatched ? undefined : "nobody can end a call of this thread")],
    plant: (seat) =>
      placing(seat, (placed) => {
        seat.hasStruck = true;
        while (isPlace(placed));
        return placed;
      }),
  },
];
