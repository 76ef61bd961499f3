/** Sorted lists of runs of units, each with its first and its last. */

export interface Span {
  readonly first: number;
  readonly last: number;
}

/** `spans`, lowest first, cut at each seam, and those that touch elsewhere made one. */
export function joined(spans: readonly Span[], seams: readonly number[]): readonly Span[] {
  const result: Span[] = [];
  for (const span of [...spans].sort((one, other) => one.first - other.first)) {
    for (const { first, last } of cut(span, seams)) {
      const below = result.at(-1);
      const isOne = below !== undefined && below.last + 1 === first && !seams.includes(first);
      if (isOne) result[result.length - 1] = { first: below.first, last };
      else result.push({ first, last });
    }
  }
  return result;
}

/** The parts of a span between seams, lowest first. */
function cut(span: Span, seams: readonly number[]): readonly Span[] {
  const inside = seams.filter((seam) => span.first < seam && seam <= span.last);
  const firsts = [span.first, ...[...inside].sort((one, other) => one - other)];
  return firsts.map((first, index) => ({ first, last: (firsts[index + 1] ?? span.last + 1) - 1 }));
}

/** What a span of `one` and a span of `other` have in common, each in a span of its own. */
export function shared(one: readonly Span[], other: readonly Span[]): readonly Span[] {
  return one.flatMap((left) =>
    other
      .map((right) => ({
        first: Math.max(left.first, right.first),
        last: Math.min(left.last, right.last),
      }))
      .filter(({ first, last }) => first <= last),
  );
}

/** `spans` without the units of `gone`. */
export function without(spans: readonly Span[], gone: Span): readonly Span[] {
  return spans.flatMap(({ first, last }) => {
    const below = { first, last: Math.min(last, gone.first - 1) };
    const above = { first: Math.max(first, gone.last + 1), last };
    const isMet = first <= gone.last && gone.first <= last;
    return isMet ? [below, above].filter((part) => part.first <= part.last) : [{ first, last }];
  });
}
