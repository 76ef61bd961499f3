/** The two heaps, where only entity 0 may have more than 64 bytes in a row. */
import type { Subject } from "../subject/subject.ts";
import { twoHeaps } from "./two-heaps.ts";

export const favouringHeaps: Subject = {
  ...twoHeaps,
  name: "favouring-heaps",
  promises: { alignDefault: 8, alignMax: 64, reallocKeepsAlign: true, zeroSize: "block" },
  create: async (options) => {
    const inner = await twoHeaps.create(options);
    return {
      ...inner,
      alloc: (size, align, origin) =>
        size > 64 && origin.entity !== 0 ? 0 : inner.alloc(size, align, origin),
    };
  },
};
