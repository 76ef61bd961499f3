/**
 * What a subject did that lives in a process of its own, instead of answering: it is gone, or what it wrote
 * is no answer.
 *
 * An exception of an allocator may be a fair answer to misuse. Neither of these is: the call in flight is
 * to blame, whatever it was.
 */
export class SubjectFault extends Error {
  override readonly name = "SubjectFault";
  readonly kind: "gone" | "nonsense";

  /** Says `sentence` of a subject that is `kind`. */
  constructor(kind: "gone" | "nonsense", sentence: string) {
    super(sentence);
    this.kind = kind;
  }
}
