/** How much worse a candidate may be: `peak=+5%`, or `refused=+0`, in the measure's own unit. */
import { UnusableBudget } from "./unusable-budget.ts";

export interface Budget {
  /** As it was typed. */
  readonly text: string;
  readonly measure: string;
  readonly more: number;
  readonly unit: "percent" | "absolute";
}

/** The budget that `text` says; throws `UnusableBudget`. */
export function parseBudget(text: string): Budget {
  const [, measure, digits, percent] = /^([a-z][\w-]*)=\+?(\d+(?:\.\d+)?)(%?)$/.exec(text) ?? [];
  if (measure === undefined || digits === undefined) {
    throw new UnusableBudget(
      `--budget takes a measure and how much more, like peak=+5%, not "${text}"`,
    );
  }
  return { text, measure, more: Number(digits), unit: percent === "%" ? "percent" : "absolute" };
}

/** The most that `budget` allows where the base has `base`. */
export function limitOf({ more, unit }: Budget, base: number): number {
  return unit === "percent" ? base * (1 + more / 100) : base + more;
}
