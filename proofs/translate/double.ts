/**
 * Numbers as JavaScript has them: doubles that hold integers.
 *
 * A result is exact where it is a safe integer. Beyond that it is rounded, and all that is said of the
 * rounded number is what rounding to nearest guarantees: it is a function of the exact result, and it
 * is not a safe integer either. So nothing is proved by pretending that sums do not round.
 *
 *          -2^53                  0                  2^53
 *     ───────┼────────────────────┼────────────────────┼───────
 *     unknown│                  exact                  │unknown
 *
 * `Math.floor(a / b)` divides doubles, yet is the exact quotient of a safe `a` and a constant `b`: the
 * true quotient is an integer or at least 1 / b away from one, and the rounding error is below
 * (a / b) / 2^53, which is less. A remainder of doubles is always exact.
 *
 * Between two unknowns, products, quotients and remainders are unknown functions of them.
 */
import { isAlwaysSafe, rangeOf } from "./known-range.ts";
import { apply, arithmetic, ifThenElse, integer, type Term } from "./term.ts";

export const LARGEST: Term = integer(Number.MAX_SAFE_INTEGER);
const SMALLEST = integer(Number.MIN_SAFE_INTEGER);
const ZERO = integer(0);
const ONE = integer(1);

/** `left + right`, `left - right` or `left * right`. */
export function doubleOf(operator: "+" | "-" | "*", left: Term, right: Term): Term {
  const folded = computed(operator, left, right);
  if (folded !== undefined) return folded;
  // The negative of a double is exact, whether it is a safe integer or not.
  if (operator === "-" && left.value === 0) return arithmetic("-", left, right);
  const isProduct = operator === "*" && left.value === undefined && right.value === undefined;
  return isProduct
    ? apply("Int", "product!", left, right)
    : rounded(arithmetic(operator, left, right));
}

/** `Math.floor(dividend / divisor)`, or `Math.ceil` of it, for a divisor of at least 1. */
export function quotientOf(rounding: "floor" | "ceil", dividend: Term, divisor: Term): Term {
  if (typeof dividend.value === "number" && typeof divisor.value === "number") {
    return integer(divisor.value < 1 ? 0 : Math[rounding](dividend.value / divisor.value));
  }
  const unknown = apply("Int", `${rounding}!`, dividend, divisor);
  if (divisor.value === undefined) return unknown;
  const raised = arithmetic("+", dividend, arithmetic("-", divisor, ONE));
  const exact = apply("Int", "div", rounding === "floor" ? dividend : raised, divisor);
  return ifSafe(dividend, exact, unknown, unknown);
}

/** `dividend % divisor`, for a divisor of at least 1; the result has the sign of the dividend. */
export function remainderOf(dividend: Term, divisor: Term): Term {
  if (typeof dividend.value === "number" && typeof divisor.value === "number") {
    return integer(divisor.value < 1 ? 0 : dividend.value % divisor.value);
  }
  if (divisor.value === undefined) return apply("Int", "remainder!", dividend, divisor);
  if (rangeOf(dividend).least >= 0) return apply("Int", "mod", dividend, divisor);
  const opposite = apply("Int", "mod", arithmetic("-", ZERO, dividend), divisor);
  return ifThenElse(
    arithmetic("<=", ZERO, dividend),
    apply("Int", "mod", dividend, divisor),
    arithmetic("-", ZERO, opposite),
  );
}

/** What JavaScript computes between two constants: an integer, if it is finite. */
function computed(operator: "+" | "-" | "*", left: Term, right: Term): Term | undefined {
  if (typeof left.value !== "number" || typeof right.value !== "number") return undefined;
  const [one, two] = [left.value, right.value];
  const value = operator === "+" ? one + two : operator === "-" ? one - two : one * two;
  return Number.isFinite(value) ? integer(value) : undefined;
}

/** The double nearest to the integer `exact`. */
function rounded(exact: Term): Term {
  if (exact.value !== undefined) return exact;
  const unknown = apply("Int", "rounded!", exact);
  const isNegative = arithmetic("<", unknown, ZERO);
  const size = ifThenElse(isNegative, arithmetic("-", ZERO, unknown), unknown);
  const above = arithmetic("+", arithmetic("+", LARGEST, ONE), size);
  return ifSafe(exact, exact, above, arithmetic("-", ZERO, above));
}

function ifSafe(term: Term, safe: Term, above: Term, below: Term): Term {
  if (isAlwaysSafe(term)) return safe;
  const isAbove = arithmetic("<", LARGEST, term);
  const isBelow = arithmetic("<", term, SMALLEST);
  return ifThenElse(isAbove, above, ifThenElse(isBelow, below, safe));
}
