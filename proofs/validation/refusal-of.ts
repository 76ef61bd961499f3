/** Whether a function can be read with unknowns for its arguments, in one reading of numbers. */
import { NotModelled, OutsideDialect } from "../translate/dialect.ts";
import type { Numbers } from "../translate/number-mode.ts";
import type { ReachedFunction } from "./reached-functions.ts";
import { translationOf } from "./validation.ts";

/** Why `reached` is refused, or undefined. */
export function refusalOf(reached: ReachedFunction, numbers: Numbers): string | undefined {
  try {
    translationOf(reached, numbers);
    return undefined;
  } catch (error) {
    if (error instanceof OutsideDialect || error instanceof NotModelled) {
      return `${reached.name}: ${error.message}`;
    }
    throw error;
  }
}
