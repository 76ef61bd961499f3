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

/** Declines to switch again, and moves an empty page from one heap to the other. */
export const fidgetingHeaps: Subject = systemSubject(
  "fidgeting-heaps",
  class extends TwoHeaps {
    override switch(): boolean {
      const page = this.pages.find(({ blocks }) => blocks.length === 0);
      if (this.hasSwitched && page !== undefined) page.owner = 1 - page.owner;
      return super.switch();
    }
  },
);

/** Takes every page of a heap that has no block, and none of one that has. */
export const hoardingHeaps: Subject = systemSubject(
  "hoarding-heaps",
  class extends TwoHeaps {
    override mayMove({ owner }: HeapPage): boolean {
      return this.pages.every((page) => page.owner !== owner || page.blocks.length === 0);
    }

    override move(_page: HeapPage, heap: number): void {
      for (const page of this.pages) page.owner = heap;
    }
  },
);

/** Closes a heap in use, whose blocks then have none. */
export const desertingHeaps: Subject = systemSubject(
  "deserting-heaps",
  class extends TwoHeaps {
    override mayClose(): boolean {
      return true;
    }
  },
);

/** Takes the word of whoever frees a block for whose it is. */
export const credulousHeaps: Subject = systemSubject(
  "credulous-heaps",
  class extends TwoHeaps {
    override deallocThrough(_heap: number, address: number): boolean {
      return this.dealloc(address);
    }
  },
);
