/**
 * What a caller may ask and an allocator may answer. Calls name blocks, never addresses: so a
 * sequence of calls means the same to every allocator, and still means something with one left out.
 */
import type { Address, Alignment, BlockName, ByteCount } from "../units/index.ts";

export type Misuse = "double-free" | "foreign-pointer" | "interior-pointer" | "wrong-layout";

export interface Request {
  readonly size: ByteCount;
  readonly align: Alignment;
}

export type Call = { readonly name: BlockName } & (
  | ({ readonly kind: "alloc" | "allocZeroed" } & Request)
  | { readonly kind: "realloc"; readonly size: ByteCount }
  | { readonly kind: "dealloc" | "usableSize" }
  /** A free of `address` that the contract forbids; `name` is the block it abuses. */
  | ({ readonly kind: "misuse"; readonly misuse: Misuse; readonly address: Address } & Request)
);

export type Answer =
  | { readonly kind: "placed"; readonly address: Address } // the block starts there
  | { readonly kind: "usable"; readonly bytes: ByteCount } // what its owner may use
  | { readonly kind: "released" | "refused" | "rejected" } // gone; declined; declined as misuse
  | { readonly kind: "threw" | "hung" | "nonsense" }; // none that any call can have

/** What a witness saw in memory during the call; what nobody looked at is `unseen`. */
export interface Observation {
  /** The bytes of live blocks, but for a block that this call grants or resizes. */
  readonly payload: "intact" | "damaged" | "unseen";
  readonly zeroed: "zero" | "dirty" | "unseen"; // the bytes of a block asked to be zero
  readonly prefix: "kept" | "changed" | "unseen"; // the bytes that a resized block brings along
  readonly outside: "untouched" | "touched" | "unseen"; // the bytes around the extent
  readonly others: "intact" | "damaged" | "unseen"; // the blocks of another instance
  readonly used: ByteCount | "unseen"; // what the allocator counts as asked for by live blocks
}

/** What a witness saw that looked at nothing. */
export const NOTHING_SEEN: Observation = {
  payload: "unseen",
  zeroed: "unseen",
  prefix: "unseen",
  outside: "unseen",
  others: "unseen",
  used: "unseen",
};
