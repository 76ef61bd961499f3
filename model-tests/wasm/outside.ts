/**
 * What an instance of a module meets outside of itself: its memory, and the functions that it asks for.
 *
 * What it asks for is answered the same way in every run: there is no clock, no chance and no file. A function
 * that nobody knows is stood in for by one that does nothing and answers 0, and is told by its name: as a
 * mark, and beside whatever goes wrong later.
 */
import { WASM_PAGE_SIZE, type WasmMemory } from "./engine.ts";

/** The end of an instance, by its own words. */
export class Aborted extends Error {
  override readonly name = "Aborted";
}

const PRINTED_MAX = 120;
const TEXT = new TextDecoder();
const WIDE_TEXT = new TextDecoder("utf-16le");

export class Outside {
  readonly #reached: (mark: string) => void;
  readonly #pagesMax: number;
  readonly #standIns = new Set<string>();
  #isReady = false;
  #memory: WasmMemory | undefined;
  #bytes = new Uint8Array(0);
  #printed = "";
  #random = 0;

  /** The outside of an instance whose memory may have so many pages. */
  constructor(pagesMax: number, reached: (mark: string) => void) {
    this.#pagesMax = pagesMax;
    this.#reached = reached;
  }

  /** Knows from now on which memory is the instance's. */
  attach(memory: WasmMemory): void {
    this.#memory = memory;
  }

  /** All of memory, as it is now: the same array until memory grows. */
  bytes(): Uint8Array {
    const buffer = this.#memory?.buffer;
    if (buffer !== undefined && buffer !== this.#bytes.buffer) this.#bytes = new Uint8Array(buffer);
    return this.#bytes;
  }

  /** How many bytes memory can still grow by. */
  get room(): number {
    return this.bytesMax - this.bytes().length;
  }

  get bytesMax(): number {
    return this.#pagesMax * WASM_PAGE_SIZE;
  }

  /** Whether memory has `bytes` bytes now, grown for that if there is room. */
  growTo(bytes: number): boolean {
    const missing = Math.ceil((bytes - this.bytes().length) / WASM_PAGE_SIZE);
    if (missing <= 0) return true;
    if (missing * WASM_PAGE_SIZE > this.room || this.#memory === undefined) return false;
    try {
      this.#memory.grow(missing);
      return true;
    } catch {
      return false;
    }
  }

  word(address: number): number {
    return this.#view().getUint32(address, true);
  }

  setWord(address: number, value: number): void {
    this.#view().setUint32(address, value, true);
  }

  /** The text of `size` bytes from `address`. */
  text(address: number, size: number): string {
    return TEXT.decode(this.bytes().slice(address, address + size));
  }

  /** The text from `address` up to a zero, as C has it. */
  textToZero(address: number): string {
    const end = this.bytes().indexOf(0, address);
    return this.text(address, Math.min(PRINTED_MAX, end - address));
  }

  /** The text at `address` with its size before it, as AssemblyScript has it. */
  wideText(address: number): string {
    if (address < 4 || address > this.bytes().length) return "";
    const size = Math.min(2 * PRINTED_MAX, this.word(address - 4));
    return WIDE_TEXT.decode(this.bytes().slice(address, address + size));
  }

  /** Keeps what the instance prints, for whoever asks why it ended. */
  print(text: string): void {
    this.#printed = `${this.#printed}${text}`.slice(-PRINTED_MAX);
  }

  /** A byte that nobody can guess, but for everybody who has made the same calls before. */
  randomByte(): number {
    this.#random = (this.#random * 1_103_515_245 + 12_345) % 2 ** 31;
    return Math.floor(this.#random / 2 ** 16) % 256;
  }

  /** The instance is made: what was stood in for until now has done no harm. */
  ready(): void {
    this.#isReady = true;
    this.#standIns.clear();
  }

  /** Tells that the function `name` was stood in for. */
  standIn(name: string): void {
    this.#standIns.add(name);
    if (this.#isReady) this.#reached(`${name} stood in for`);
  }

  /** Tells that a request was refused by the end of the call. */
  refusedByTrap(): void {
    this.#reached("out of memory told by a trap");
  }

  /** `error` with what else is known of it. */
  explained(error: unknown): unknown {
    if (!(error instanceof Error)) return error;
    const printed = this.#printed.trim().split("\n").at(-1) ?? "";
    const names = [...this.#standIns].join(", ");
    if (printed === "" && names === "") return error;

    const told = new Error(
      error.message +
        (printed === "" ? "" : `, after it had printed "${printed}"`) +
        (names === "" ? "" : `, after asking for ${names}, which nobody provides`),
    );
    told.name = error.name;
    return told;
  }

  #view(): DataView {
    const bytes = this.bytes();
    return new DataView(bytes.buffer);
  }
}
