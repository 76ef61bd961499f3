/**
 * What a run of a machine is doing right now, in memory that another thread can read.
 *
 *     word    0         1       2         3          4            5       6
 *             ├ beats ──┼ run ──┼ length ─┼ states ──┼ transitions ┼ depth ┼ text, byte by byte …
 *
 * The text is the conditions of the run and then its calls, a line of JSON each: a call of a machine
 * is judged move by move, so writing it down costs next to nothing. A run that is too long for the
 * memory is not written to its end.
 */
import type { MachineCall } from "../machine/machine-call.ts";
import type { ExplorationSize } from "../machine/machine-explore.ts";
import type { MachineNotes, MachineRunConfig } from "../machine/machine-session.ts";

const HEADER = 6;
const TEXT_BYTES = 2 ** 21;

export class MachineFlight implements MachineNotes {
  readonly buffer: SharedArrayBuffer;
  readonly #words: Float64Array;
  readonly #text: Uint8Array;

  /** Without `buffer`, in memory of its own. */
  constructor(buffer: SharedArrayBuffer = new SharedArrayBuffer(HEADER * 8 + TEXT_BYTES)) {
    this.buffer = buffer;
    this.#words = new Float64Array(buffer, 0, HEADER);
    this.#text = new Uint8Array(buffer, HEADER * 8);
  }

  /** How much was begun in all; it stands still when a call does not end. */
  get beats(): number {
    return this.#words[0] as number;
  }

  get run(): number {
    return this.#words[1] as number;
  }

  set run(run: number) {
    this.#words[1] = run;
  }

  /** How far an exploration has come. */
  get size(): ExplorationSize {
    const [states = 0, transitions = 0, depth = 0] = this.#words.subarray(3);
    return { states, transitions, depth };
  }

  grown({ states, transitions, depth }: ExplorationSize): void {
    this.#words.set([states, transitions, depth], 3);
  }

  beat(): void {
    this.#words[0] = this.beats + 1;
  }

  begun({ frameCount, failAt }: MachineRunConfig): void {
    this.#words[2] = 0;
    this.#write({ frameCount, ...(failAt === undefined ? {} : { failAt }) });
  }

  called(call: MachineCall): void {
    this.#write(call);
  }

  /** The run that is being made, up to the call that was begun last. */
  read(): { readonly config: MachineRunConfig; readonly calls: readonly MachineCall[] } {
    const length = this.#words[2] as number;
    const lines = new TextDecoder().decode(this.#text.slice(0, length)).split("\n").slice(0, -1);
    const [config = { frameCount: 0 }, ...calls] = lines.map((line) => JSON.parse(line));
    return { config, calls };
  }

  #write(record: object): void {
    const bytes = new TextEncoder().encode(`${JSON.stringify(record)}\n`);
    const length = this.#words[2] as number;
    if (length + bytes.length <= this.#text.length) {
      this.#text.set(bytes, length);
      this.#words[2] = length + bytes.length;
    }
    this.beat();
  }
}
