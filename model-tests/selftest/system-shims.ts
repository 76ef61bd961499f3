/** Faults of a system of heaps: whose a page is, where a block is freed, what a switch changes. */
import type { PageView, SubjectInstance } from "../subject/subject.ts";
import { after, type Seat } from "./seat.ts";
import { offering, promising, rejecting, type Shim } from "./shim.ts";

const system = offering("pages", "ownerOf");
/** A heap that no system has, by the number that it would show. */
const NO_HEAP = 1_000_003;

/** Adds `more` to what is told of pages: to the changes, if those are told, and else to all of them. */
function telling(
  seat: Seat,
  more: (pages: readonly PageView[]) => readonly PageView[],
): Partial<SubjectInstance> {
  const { pages, changedPages } = seat.inner;
  const all = (): readonly PageView[] => pages?.() ?? [];
  if (changedPages === undefined) return { pages: () => [...all(), ...more(all())] };
  return { changedPages: () => [...changedPages(), ...more(all())] };
}

/** The page that `address` lies in. */
function pageAt(pages: readonly PageView[], address: number): PageView | undefined {
  return pages.find(
    ({ start, size, owner }) => owner !== -1 && start <= address && address < start + size,
  );
}

/** A page of some heap in which no live block lies. */
function emptyPage(seat: Seat): PageView | undefined {
  const blocks = [...seat.live.values()];
  return seat.inner.pages?.().find(({ start, size, owner, used }) => {
    const isFree = blocks.every((b) => b.start + b.size <= start || start + size <= b.start);
    return owner !== -1 && used === 0 && size > 0 && isFree;
  });
}

/** Passes `switch` on, and is told whether it was granted. */
function switching(seat: Seat, onAnswer: (isGranted: boolean) => void): Partial<SubjectInstance> {
  return {
    switch: (origin) =>
      after(seat.inner.switch?.(origin), (raw) => {
        onAnswer(raw !== false);
        return raw;
      }),
  };
}

export const SYSTEM_SHIMS: readonly Shim[] = [
  {
    name: "page lost",
    rules: ["pages-conserved"],
    needs: [system],
    plant: (seat) => ({
      pages: () => {
        const pages = seat.inner.pages?.() ?? [];
        const lost = seat.live.size === 0 ? undefined : emptyPage(seat);
        if (lost === undefined) return pages;
        return seat.strike(pages.filter(({ start }) => start !== lost.start));
      },
    }),
  },
  {
    name: "page with two owners",
    rules: ["page-has-one-owner"],
    needs: [system],
    plant: (seat) => {
      return telling(seat, (pages) => {
        const page = pages.find(({ owner, size }) => owner !== -1 && size > 0);
        if (page === undefined || seat.live.size === 0) return [];
        return seat.strike([page, { ...page, owner: NO_HEAP }]);
      });
    },
  },
  {
    name: "page taken with a live block",
    rules: ["page-moves-empty"],
    needs: [system],
    plant: (seat) => {
      const isTold = seat.inner.changedPages !== undefined;
      const taken = (pages: readonly PageView[]): PageView | undefined => {
        const [oldest] = seat.live.size < 2 ? [] : seat.live.keys();
        return oldest === undefined ? undefined : pageAt(pages, oldest);
      };
      if (isTold) {
        return telling(seat, (pages) => {
          const page = taken(pages);
          return page === undefined ? [] : seat.strike([{ ...page, owner: NO_HEAP }]);
        });
      }
      return {
        pages: () => {
          const pages = seat.inner.pages?.() ?? [];
          const page = taken(pages);
          if (page === undefined) return pages;
          return seat.strike(pages.map((p) => (p === page ? { ...page, owner: NO_HEAP } : p)));
        },
      };
    },
  },
  {
    name: "change of a page hidden",
    rules: ["page-changes-told"],
    needs: [system, offering("changedPages")],
    plant: (seat) => ({
      changedPages: () => {
        const changed = seat.inner.changedPages?.() ?? [];
        return changed.length === 0 ? changed : seat.strike([]);
      },
    }),
  },
  {
    name: "free misrouted",
    rules: ["block-routed-home"],
    needs: [system],
    plant: (seat) => ({ ownerOf: () => seat.strike(NO_HEAP) }),
  },
  {
    name: "free through a foreign heap accepted",
    rules: ["free-through-own-heap"],
    needs: [system, offering("deallocThrough", "heapOf"), rejecting("foreign-heap")],
    limits: { calls: 400 },
    plant: (seat) => ({ deallocThrough: () => seat.strike(true) }),
  },
  {
    name: "heap in use closed",
    rules: ["heap-closed-empty"],
    needs: [system, offering("close", "heapOf", "switch")],
    limits: { calls: 400 },
    plant: (seat) => {
      let hasSwitched = false;
      return {
        ...switching(seat, (isGranted) => {
          hasSwitched ||= isGranted;
        }),
        // A heap that serves before the switch is never closed.
        close: (origin) => (hasSwitched ? seat.strike(true) : seat.inner.close?.(origin)),
      };
    },
  },
  {
    name: "empty pages not used",
    rules: ["room-is-used"],
    needs: [
      system,
      offering("switch"),
      promising("room", ({ room }) => room !== undefined),
      promising(
        "nothing that would notice sooner",
        ({ availability = "never" }) => availability === "never",
      ),
    ],
    limits: { calls: 400 },
    plant: (seat) => {
      let hasSwitched = false;
      let request = 0;
      const { room } = seat.promises;
      return {
        ...switching(seat, (isGranted) => {
          hasSwitched ||= isGranted;
        }),
        alloc: (size, align, origin) => {
          request += 1;
          const fits = room !== undefined && size <= room.size && align <= room.align;
          const isWrong = hasSwitched && seat.live.size > 0 && size > 0 && request % 3 === 0;
          return fits && isWrong ? seat.strike(0) : seat.inner.alloc(size, align, origin);
        },
      };
    },
  },
  {
    name: "second switch accepted",
    rules: ["switch-happens-once"],
    needs: [system, offering("switch")],
    limits: { calls: 400 },
    plant: (seat) => ({
      switch: (origin) =>
        after(seat.inner.switch?.(origin), (raw) => (raw === false ? seat.strike(true) : raw)),
    }),
  },
  {
    name: "switch moves blocks",
    rules: ["switch-keeps-blocks"],
    needs: [system, offering("switch")],
    limits: { calls: 200 },
    plant: (seat) => {
      const moved = new Set<number>();
      return {
        ...switching(seat, (isGranted) => {
          if (isGranted) for (const start of seat.live.keys()) moved.add(start);
        }),
        ownerOf: (start) => (moved.has(start) ? seat.strike(NO_HEAP) : seat.inner.ownerOf?.(start)),
      };
    },
  },
  {
    name: "declined switch gives a page back",
    rules: ["declined-request-without-effect"],
    needs: [system, offering("switch")],
    limits: { calls: 400 },
    plant: (seat) => {
      const { pages, changedPages } = seat.inner;
      let gone: PageView | undefined;
      let isNew = false;
      const isGone = ({ start }: PageView): boolean => start === gone?.start;
      return {
        ...switching(seat, (isGranted) => {
          if (isGranted || gone !== undefined) return;
          const page = emptyPage(seat);
          if (page === undefined) return;
          gone = seat.strike({ ...page, owner: -1 });
          isNew = true;
        }),
        pages: () =>
          (pages?.() ?? []).map((page) => (isGone(page) ? { ...page, owner: -1 } : page)),
        ...(changedPages && {
          changedPages: () => {
            const told = changedPages().filter((page) => !isGone(page));
            const more = isNew && gone !== undefined ? [gone] : [];
            isNew = false;
            return [...told, ...more];
          },
        }),
      };
    },
  },
];
