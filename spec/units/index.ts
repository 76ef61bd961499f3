/** The door of the units: plain values that everyone may share, because they carry no judgement. */
export { type Address, address, advance, distance } from "./address.ts";
export {
  firstByteOf,
  type LeafLevel,
  type PageOffset,
  pageContaining,
  pageOffset,
  pagesUnder,
  type TableIndex,
  type TableLevel,
  tableIndex,
  tableIndexOf,
} from "./address-fields.ts";
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
export { canonicalText, parseCanonical } from "./canonical-text.ts";
export {
  type ChunkName,
  chunkName,
  type UnitCount,
  type UnitNumber,
  unitCount,
  unitNumber,
} from "./chunk.ts";
export type { FrameNumber } from "./frame.ts";
export { hexadecimal, parseHexadecimal, virtualText } from "./hexadecimal.ts";
export {
  type BlockName,
  blockName,
  type ChangeNumber,
  type CoreId,
  type EntryName,
  type HeapId,
  type Key,
  type RoundName,
} from "./identity.ts";
export { type Interval, interval } from "./interval.ts";
export type { PageCount, PageNumber, PageUse, PlaceNumber } from "./page.ts";
export {
  firstByteOfFrame,
  frameContaining,
  frameNumber,
  type PhysicalAddress,
  physicalAddress,
} from "./physical-address.ts";
export { contains, endOf, type Range } from "./range.ts";
export {
  KERNEL_SPACE,
  nameSeenIn,
  type PageName,
  pageIn,
  pageName,
  type SpaceId,
  spaceOf,
} from "./space.ts";
export {
  canonicalAddress,
  canonicalHigh,
  isCanonical,
  UPPER_HALF,
  type VirtualAddress,
  virtualAddress,
} from "./virtual-address.ts";
export { highWord, lowWord, type Word32, word } from "./word.ts";
