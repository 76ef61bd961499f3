/**
 * A system of heaps that also tells which of its pages have changed, so that they need not all be looked
 * at; and one that keeps a change to itself.
 */
import type { PageView, Subject, SubjectInstance } from "../subject/subject.ts";
import { twoHeaps } from "./two-heaps.ts";

/** `subject`, telling of the changes that `isTold`, which is asked for each of them. */
export function telling(
  subject: Subject,
  isTold: (page: PageView) => boolean = () => true,
): Subject {
  return {
    ...subject,
    name: `telling ${subject.name}`,
    create: async (options) => told(await subject.create(options), isTold),
  };
}

function told(inner: SubjectInstance, isTold: (page: PageView) => boolean): SubjectInstance {
  let known: readonly string[] = [];
  const changedPages = (): readonly PageView[] => {
    const pages = inner.pages?.() ?? [];
    const shown = pages.map(({ start, owner, sizeClass }) => `${start} ${owner} ${sizeClass}`);
    const changed = pages.filter((_, index) => !known.includes(shown[index] ?? ""));
    known = shown;
    return changed.filter(isTold);
  };
  return { ...inner, changedPages };
}

/** Does not say that heap 1 has got a page. */
export const hidingHeaps: Subject = {
  ...telling(twoHeaps, ({ owner }) => owner !== 1),
  name: "hiding-heaps",
};
