/**
 * What real arithmetic says of the functions that a formula leaves open.
 *
 * Of a product, quotient or remainder of two unknowns, and of a sum beyond 2^53, a formula says only
 * that it is a function of its operands. A model may then contradict real numbers; here each such
 * contradiction becomes a fact that rules it out, for its operands.
 */
import { type Constant, constantText } from "../solver/model.ts";
import type { Application } from "./watched-text.ts";

const REAL: Readonly<Record<string, (left: number, right: number) => number>> = {
  "product!": (left, right) => left * right,
  "floor!": (left, right) => Math.floor(left / right),
  "ceil!": (left, right) => Math.ceil(left / right),
  "trunc!": (left, right) => Math.trunc(left / right),
  "remainder!": (left, right) => left % right,
};

/** The facts, as SMT-LIB, that `applications` contradict. */
export function contradictedFacts(applications: readonly Application[]): readonly string[] {
  const facts = applications.flatMap((application) => {
    const real = realValueOf(application);
    if (real === undefined || real === application.value) return [];
    const operands = application.operands.map(constantText).join(" ");
    return [`(assert (= (|${application.name}| ${operands}) ${constantText(real)}))`];
  });
  return [...new Set(facts)];
}

/** What the functions that `text` leaves open are for operands from 0 to `most`, as SMT-LIB. */
export function smallFacts(text: string, most: number): readonly string[] {
  const operands = Array.from({ length: most + 1 }, (_, index) => index);
  return Object.keys(REAL)
    .filter((name) => text.includes(`(declare-fun |${name}| (Int Int)`))
    .flatMap((name) =>
      operands.flatMap((left) =>
        operands.flatMap((right) => {
          const real = realValueOf({ name, operands: [left, right] });
          if (real === undefined) return [];
          return [`(assert (= (|${name}| ${left} ${right}) ${constantText(real)}))`];
        }),
      ),
    );
}

function realValueOf({
  name,
  operands,
}: Pick<Application, "name" | "operands">): Constant | undefined {
  const [left, right] = operands;
  if (name === "rounded!") return left === undefined ? undefined : roundedExcess(BigInt(left));
  const real = REAL[name];
  if (real === undefined || typeof left !== "number" || typeof right !== "number") return undefined;
  const value = right === 0 && name !== "product!" ? undefined : real(left, right);
  return value !== undefined && Number.isSafeInteger(value) ? value : undefined;
}

/** How far the double nearest to `exact` is beyond the safe integers, which is what is left open. */
function roundedExcess(exact: bigint): Constant | undefined {
  const size = exact < 0n ? -exact : exact;
  const excess = BigInt(Number(size)) - 2n ** 53n;
  if (excess < 0n) return undefined;
  return excess <= Number.MAX_SAFE_INTEGER ? Number(excess) : excess;
}
