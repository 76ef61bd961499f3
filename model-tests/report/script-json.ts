/** JSON that may stand inside a script element: nothing in it ends the element, or begins another. */

/** The text of `value`, in which no `<` is left, nor what older readers take for the end of a line. */
export function scriptJson(value: unknown): string {
  return JSON.stringify(value)
    .replaceAll("<", "\\u003c")
    .replaceAll(">", "\\u003e")
    .replaceAll("\u2028", "\\u2028")
    .replaceAll("\u2029", "\\u2029");
}
