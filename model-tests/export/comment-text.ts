/**
 * How a generated program quotes what came out of a file, in a comment.
 *
 * A name may hold the end of a comment, a new line, signs that turn the direction of the text around, or
 * a trigraph. What is left here is printable, on one line, and begins or ends no comment.
 */
import { quoted } from "../trace/quoted.ts";

/** Writes `value` so that it cannot leave a comment in C or Rust. */
export function commentText(value: unknown): string {
  return quoted(value).replace(/[^\x20-\x7e]|\*|\?(?=\?)/gu, (sign) => {
    const code = sign.codePointAt(0) ?? 0;
    return code > 0xffff ? `\\u{${code.toString(16)}}` : `\\u${code.toString(16).padStart(4, "0")}`;
  });
}
