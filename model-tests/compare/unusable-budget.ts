/** A budget, or a baseline, that says nothing here, and why, in one sentence. */
export class UnusableBudget extends Error {
  override readonly name = "UnusableBudget";
}
