/** Reads a trace line by line, remembering of its header what is known before the first call. */
import type { CallsFacts, CallsReader } from "./calls-reader.ts";
import type { CallsSink } from "./calls-sink.ts";
import { NameTable } from "./name-table.ts";
import { PlainRecord } from "./plain-record.ts";
import { RecordReader, type TraceRecord } from "./record-reader.ts";

export class TraceReader implements CallsReader {
  readonly #records: RecordReader;
  readonly #plain = new PlainRecord();
  #facts: CallsFacts | undefined;

  constructor(pastMax: number) {
    this.#records = new RecordReader(new NameTable(pastMax));
  }

  get facts(): CallsFacts | undefined {
    return this.#facts;
  }

  get warnings(): readonly string[] {
    return this.#records.warnings;
  }

  read(text: string, line: number, isCut: boolean): TraceRecord | undefined {
    const record = this.#records.read(text, line, isCut);
    if (record?.kind !== "header") return record;

    const { header, extra } = record;
    const program = extra?.["program"];
    this.#facts = {
      config: header.config,
      header,
      ...(extra !== undefined && { extra }),
      ...(typeof program === "string" && { program }),
    };
    return undefined;
  }

  /** Reads the line of `bytes` from `from` to `to`, if it is a plain record after the header. */
  readBytes(bytes: Buffer, from: number, to: number, line: number, sink: CallsSink): boolean {
    return this.#plain.read(bytes, from, to) && this.#records.take(this.#plain, line, sink);
  }

  end(line: number): void {
    this.#records.end(line);
  }
}
