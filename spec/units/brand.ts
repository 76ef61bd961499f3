/**
 * Numbers that know what they are.
 *
 * A brand exists only for the compiler: at run time a branded number is a plain number, so it costs
 * nothing. Arithmetic on brands gives a plain `number` again, which is the compiler's way to ask
 * the author which unit the result has.
 */
declare const unit: unique symbol;

/** A `number` that the compiler tells apart from every number of another unit. */
export type Branded<Unit extends string> = number & { readonly [unit]: Unit };
