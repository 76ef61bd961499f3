/**
 * How a message shows a value that came out of a file: short, on one line, and harmless.
 *
 * A terminal obeys control characters and reorders text around some invisible ones, so whatever
 * does not print is written as its number.
 */
const LENGTH_MAX = 60;

/** Writes `value` as JSON, cut to what fits into a sentence. */
export function quoted(value: unknown): string {
  const text = JSON.stringify(value) ?? "nothing";
  const start = text.length <= LENGTH_MAX ? text : `${text.slice(0, LENGTH_MAX - 1)}…`;
  return start.replace(/[\p{C}\p{Zl}\p{Zp}]/gu, (sign) => {
    const code = sign.codePointAt(0) ?? 0;
    return `\\u${code.toString(16).padStart(4, "0")}`;
  });
}
