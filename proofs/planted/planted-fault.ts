/** A wrong version of the source, and the theorem that refutes it. */
import type { Mistake } from "../source.ts";
import type { Case } from "../translate/theorem.ts";

export interface PlantedFault {
  /** What is wrong, as a sentence. */
  readonly claim: string;
  readonly mistake: Mistake;
  /** The theorem that is then false, and a case in which it is. */
  readonly theorem: string;
  readonly fixed: Case;
}
