/**
 * Which functions a shared library has for others, read from its file: nothing is loaded for that, so a
 * library that would end the process can be looked at all the same.
 *
 *     header ─▶ table of sections ─▶ dynamic symbols ─▶ names
 */

/** What is read of a file. */
export interface ElfExports {
  /** Whether it is made for the processor of this process. */
  readonly isOfThisMachine: boolean;
  /** The functions that are defined in it, without their versions. */
  readonly functions: ReadonlySet<string>;
}

const MACHINES: Readonly<Record<string, number>> = { x64: 62, arm64: 183, riscv64: 243 };
const MAGIC = 0x7f454c46;
const DYNAMIC_SYMBOLS = 11;
const SYMBOL_SIZE = 24;
/** A function, and one that is chosen when the library is loaded. */
const FUNCTION_TYPES = [2, 10];
const PUBLIC = [1, 2];

/** What `file` exports, or undefined if it is no ELF file of 64 bits. */
export function elfExports(file: Buffer, processor: string): ElfExports | undefined {
  try {
    if (file.readUInt32BE(0) !== MAGIC) return undefined;
    const isWide = file.readUInt8(4) === 2;
    const isLittle = file.readUInt8(5) === 1;
    if (!isWide || !isLittle) return { isOfThisMachine: false, functions: new Set() };
    const isOfThisMachine = file.readUInt16LE(18) === MACHINES[processor];
    return { isOfThisMachine, functions: new Set(functionNames(file)) };
  } catch (error) {
    // A file that ends too early, or points behind its end, is no library.
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}

function* functionNames(file: Buffer): Iterable<string> {
  const table = wide(file, 40);
  const size = file.readUInt16LE(58);
  const count = file.readUInt16LE(60);
  for (let index = 0; index < count; index++) {
    const section = table + index * size;
    if (file.readUInt32LE(section + 4) !== DYNAMIC_SYMBOLS) continue;
    const names = wide(file, table + file.readUInt32LE(section + 40) * size + 24);
    const first = wide(file, section + 24);
    const end = first + wide(file, section + 32);
    for (let symbol = first; symbol < end; symbol += SYMBOL_SIZE) {
      const kind = file.readUInt8(symbol + 4);
      const isDefined = file.readUInt16LE(symbol + 6) !== 0;
      if (!isDefined || !FUNCTION_TYPES.includes(kind & 15) || !PUBLIC.includes(kind >> 4))
        continue;
      const start = names + file.readUInt32LE(symbol);
      yield file.toString("latin1", start, file.indexOf(0, start));
    }
  }
}

function wide(file: Buffer, at: number): number {
  return file.readUInt32LE(at) + 2 ** 32 * file.readUInt32LE(at + 4);
}
