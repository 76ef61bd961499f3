/**
 * The memory behind a driver, as a door that remembers what it saw.
 *
 * A witness reads many blocks after each call, and each would cost a line there and a line back. Nothing
 * but a call changes memory behind our back: so what was read is kept until the next call, and read
 * a window at a time, as far as the window lies in the extent.
 *
 *     extent      ├────────────────────────────────────────┤
 *     windows  ┤      0      ├      1      ├      2      ├      3
 *     read        ├── 0 ─────┤             ├── 2 ────────┤
 */
import { hexadecimal } from "#units";
import type { ExtentPart, MemoryDoor } from "../subject/subject.ts";
import { quoted } from "../trace/quoted.ts";
import type { Driver } from "./driver.ts";

const WINDOW = 4096;
const ADDRESS_END = Number.MAX_SAFE_INTEGER;

/** A stretch of memory as it was when it was read. */
interface Window {
  readonly start: number;
  readonly bytes: Buffer;
}

export class DriverMemory implements MemoryDoor {
  readonly size: number;
  readonly #driver: Driver;
  readonly #extent: readonly ExtentPart[];
  readonly #windows = new Map<string, Window>();

  /** The memory of `driver`, whose blocks lie in `extent`, if that is known. */
  constructor(driver: Driver, extent: readonly ExtentPart[] | undefined) {
    const ends = extent?.map(({ start, size }) => start + size);
    this.size = ends === undefined ? ADDRESS_END : Math.max(0, ...ends);
    this.#driver = driver;
    this.#extent = extent ?? [];
  }

  /** Forgets what was seen: a call is about to be made. */
  forget(): void {
    this.#windows.clear();
  }

  read(start: number, target: Uint8Array): void {
    for (let done = 0; done < target.length; ) {
      const window = this.#windowAt(start + done, target.length - done);
      const from = start + done - window.start;
      done += window.bytes.copy(target, done, from);
    }
  }

  write(start: number, source: Uint8Array): void {
    const bytes = Buffer.from(source.buffer, source.byteOffset, source.length);
    const request = { t: "write", address: hexadecimal(start), hex: bytes.toString("hex") };
    this.#driver.ask(request, "written");
    for (const window of this.#windows.values()) {
      const at = start - window.start;
      if (at >= window.bytes.length || at + bytes.length <= 0) continue;
      bytes.copy(window.bytes, Math.max(0, at), Math.max(0, -at));
    }
  }

  /** A window that begins at `address` or before it, and has its byte. */
  #windowAt(address: number, count: number): Window {
    const part = this.#extent.find(({ start, size }) => start <= address && address < start + size);
    // Nobody knows what is there, so what was not asked for is not looked at.
    if (part === undefined) return this.#fetched(address, Math.min(count, WINDOW));

    const number = Math.floor(address / WINDOW);
    const key = `${part.start} ${number}`;
    const known = this.#windows.get(key);
    if (known !== undefined) return known;
    const start = Math.max(part.start, number * WINDOW);
    const end = Math.min(part.start + part.size, (number + 1) * WINDOW);
    const window = this.#fetched(start, end - start);
    this.#windows.set(key, window);
    return window;
  }

  #fetched(start: number, size: number): Window {
    const { hex } = this.#driver.ask({ t: "read", address: hexadecimal(start), size }, "bytes");
    const bytes = Buffer.from(typeof hex === "string" ? hex : "", "hex");
    if (bytes.length === size) return { start, bytes };
    throw this.#driver.nonsense(`${size} bytes were asked for, and ${quoted(hex)} came`);
  }
}
