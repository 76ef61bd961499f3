/** The two heaps with one thing wrong each: one mutant for each rule of a system of heaps. */
import type { Subject } from "../subject/subject.ts";
import { type HeapPage, systemSubject, TwoHeaps } from "./two-heaps.ts";

/** Lets go of a page without giving it to anybody. */
export const losingHeaps: Subject = systemSubject(
  "losing-heaps",
  class extends TwoHeaps {
    override move(page: HeapPage): void {
      this.pages = this.pages.filter((other) => other !== page);
      page.owner = -1;
    }
  },
);

/** Lists a page with its new owner, and leaves it with the old one. */
export const sharingHeaps: Subject = systemSubject(
  "sharing-heaps",
  class extends TwoHeaps {
    override move(page: HeapPage, heap: number): void {
      this.pages = [...this.pages, { ...page, owner: heap }];
    }
  },
);

/** Takes any page, in use or not. */
export const robbingHeaps: Subject = systemSubject(
  "robbing-heaps",
  class extends TwoHeaps {
    override mayMove(): boolean {
      return true;
    }
  },
);

/** Sends every block to the heap that was there first. */
export const misroutingHeaps: Subject = systemSubject(
  "misrouting-heaps",
  class extends TwoHeaps {
    override ownerOf(): number {
      return 0;
    }
  },
);

/** Deals the pages out anew when it switches, in use or not. */
export const reshufflingHeaps: Subject = systemSubject(
  "reshuffling-heaps",
  class extends TwoHeaps {
    override switch(): boolean {
      if (!this.hasSwitched) for (const page of this.pages) page.owner = 1;
      return super.switch();
    }
  },
);

/** Switches as often as it is told to. */
export const flippingHeaps: Subject = systemSubject(
  "flipping-heaps",
  class extends TwoHeaps {
    override switch(): boolean {
      this.hasSwitched = true;
      return true;
    }
  },
);
