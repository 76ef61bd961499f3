/**
 * The one error of everything that reads traces: a file that cannot be read, or does not say what
 * its format says.
 *
 * A trace may come from anywhere, so being wrong is an outcome to foresee. It is thrown all the same:
 * a stream that fails in its millionth line has nowhere else to say so.
 */
export class MalformedTrace extends Error {
  override readonly name = "MalformedTrace";

  /** The line at fault, counted from 1; 0 if it is the file as a whole. */
  readonly line: number;
  /** What is wrong, without the line. */
  readonly sentence: string;

  /** Says `sentence` of `line`. */
  constructor(line: number, sentence: string) {
    super(line === 0 ? sentence : `line ${line}: ${sentence}`);
    this.line = line;
    this.sentence = sentence;
  }
}
