/** The door of the units: plain values that everyone may share, because they carry no judgement. */
export { type Address, address, advance, distance } from "./address.ts";
export type { Branded } from "./brand.ts";
export {
  type Alignment,
  alignment,
  type ByteCount,
  bytes,
  isAligned,
  isAlignment,
  roundDown,
  roundUp,
} from "./bytes.ts";
export { hexadecimal, parseHexadecimal, virtualText } from "./hexadecimal.ts";
export {
  type BlockName,
  blockName,
  type CoreId,
  type HeapId,
  type Key,
} from "./identity.ts";
export { type Interval, interval } from "./interval.ts";
export type { PageCount, PageNumber, PageUse, PlaceNumber } from "./page.ts";
export { contains, endOf, type Range } from "./range.ts";
