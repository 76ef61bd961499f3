/**
 * An allocator in AssemblyScript to begin with, and the module that it compiles to, which runs where no compiler
 * is installed. That the second is made of the first is tested.
 */

export const SKELETON_SOURCE_FILE = "allocator.ts";
export const SKELETON_MODULE_FILE = "allocator.wasm";

/** What the source is compiled with. */
export const SKELETON_OPTIONS: readonly string[] = ["--runtime", "stub", "-O"];

export const SKELETON_SOURCE: string = `// An allocator under test, in AssemblyScript: first fit over a list of holes in order of address, which is
// kept inside the free memory. Replace it by your own; then:
//   npm install --save-dev assemblyscript
//   npx asc allocator.ts --outFile allocator.wasm --runtime stub -O
//   npx ariadne check ./allocator.wasm

// A hole begins with its size and the address of the next one. Every block is a multiple of that.
const HEADER: u32 = 8;
const PAGE: u32 = 65536;
/** No request and no memory is larger, so that sums stay below 2^32. */
const SIZE_MAX: u32 = 1 << 30;
const PAGES_MAX: u32 = 1 << 15;

let first: u32 = 0;
let end: u32 = 0;

/** The address of a block, or 0 for "refused". */
export function alloc(size: u32, align: u32): u32 {
  if (size > SIZE_MAX || align > PAGE) return 0;
  const wanted = roundUp(max(size, HEADER), HEADER);
  const place = take(wanted, max(align, HEADER));
  if (place != 0 || !grow(wanted + align)) return place;
  return take(wanted, max(align, HEADER));
}

/** Frees a block that was asked for with that size: puts it between its neighbours in the list. */
export function dealloc(start: u32, size: u32, align: u32): void {
  give(start, roundUp(max(size, HEADER), HEADER));
}

function take(wanted: u32, align: u32): u32 {
  let before: u32 = 0;
  for (let hole = first; hole != 0; hole = nextOf(hole)) {
    const start = roundUp(hole, align);
    const holeEnd = hole + sizeOf(hole);
    if (start + wanted <= holeEnd) {
      const next = nextOf(hole);
      link(before, next);
      if (start > hole) give(hole, start - hole);
      if (start + wanted < holeEnd) give(start + wanted, holeEnd - start - wanted);
      return start;
    }
    before = hole;
  }
  return 0;
}

function give(start: u32, size: u32): void {
  let before: u32 = 0;
  let after = first;
  while (after != 0 && after < start) {
    before = after;
    after = nextOf(after);
  }
  if (after != 0 && start + size == after) {
    size += sizeOf(after);
    after = nextOf(after);
  }
  if (before != 0 && before + sizeOf(before) == start) {
    setHole(before, sizeOf(before) + size, after);
  } else {
    setHole(start, size, after);
    link(before, start);
  }
}

/** Adds bytes at the end of memory to what is free, at least so many. */
function grow(bytes: u32): bool {
  if (end == 0) end = roundUp(<u32>__heap_base, HEADER);
  const pages = (end + bytes + PAGE - 1) / PAGE;
  const missing = <i32>pages - memory.size();
  if (pages > PAGES_MAX || (missing > 0 && memory.grow(missing) < 0)) return false;
  const start = end;
  end = <u32>memory.size() * PAGE;
  give(start, end - start);
  return true;
}

function link(before: u32, next: u32): void {
  if (before == 0) first = next;
  else setHole(before, sizeOf(before), next);
}

function setHole(hole: u32, size: u32, next: u32): void {
  store<u32>(hole, size);
  store<u32>(hole, next, 4);
}

function sizeOf(hole: u32): u32 {
  return load<u32>(hole);
}

function nextOf(hole: u32): u32 {
  return load<u32>(hole, 4);
}

function roundUp(value: u32, to: u32): u32 {
  return (value + to - 1) / to * to;
}
`;

/** The module, as text. */
const CODE = `
AGFzbQEAAAABEgNgAn9/AX9gAn9/AGADf39/AAMFBAEAAgAFAwEAAAYLAn8BQQALfwFBAAsHHAMFYWxsb2MAAwdkZW
FsbG9jAAIGbWVtb3J5AgAK9gMEmAEBAn8jACECA0AgACACS0EAIAIbBEAgAiIDKAIEIQIMAQsLIAAgAWogAkZBACAC
GwRAIAEgAigCAGohASACKAIEIQILIAMEfyADIAMoAgBqIABGBUEACwRAIAMgAygCACABajYCACADIAI2AgQFIAAgAT
YCACAAIAI2AgQgAwRAIAMgAygCADYCACADIAA2AgQFIAAkAAsLC40BAQR/IwAhAgNAIAIEQCACIAIoAgBqIgUgASAC
akEBayABbiABbCIEIABqTwRAIAIoAgQhASADBEAgAyADKAIANgIAIAMgATYCBAUgASQACyACIARJBEAgAiAEIAJrEA
ALIAAgBGoiASAFSQRAIAEgBSAEayAAaxAACyAEDwsgAiIDKAIEIQIMAQsLQQALFgAgAEEIIAEgAUEITRtBB2pBeHEQ
AAuzAQEDfyABQYCABEsgAEGAgICABEtyBEBBAA8LQQggACAAQQhNG0EHakF4cSIDQQggASABQQhNGxABIgAEf0EABS
MBRQRAQYAIJAELIwEgASADampB//8DakEQdiIEPwBrIQIgBEGAgAJLBH9BAQUgAkEASgR/IAJAAEEASAVBAAsLBH9B
AAUjASECPwBBEHQkASACIwEgAmsQAEEBCwtFBEAgAA8LIANBCCABIAFBCE0bEAEL
`;

/** The module that the source compiles to. */
export function skeletonModule(): Uint8Array {
  return Buffer.from(CODE, "base64");
}
