/** What the readers of the different files of calls have in common. */
import type { TraceConfig } from "#spec";
import type { CallsSink } from "./calls-sink.ts";
import type { Fields } from "./raw-record.ts";
import type { TraceRecord } from "./record-reader.ts";
import type { TraceHeader } from "./trace-header.ts";

/** What a file says before its first call; which facts there are depends on its format. */
export interface CallsFacts {
  /** As the header has it, or what suits the calls if it has none. */
  readonly config: TraceConfig;
  /** The header of a trace, and its fields beyond the format. */
  readonly header?: TraceHeader;
  readonly extra?: Fields;
  /** The program whose calls were recorded. */
  readonly program?: string;
  readonly calls?: number;
  readonly blocks?: number;
  readonly threads?: number;
  readonly peakLiveBytes?: number;
  readonly leftLive?: number;
}

/** Reads a file line by line. */
export interface CallsReader {
  /** Known once the header has been read. */
  readonly facts: CallsFacts | undefined;
  readonly warnings: readonly string[];
  /** Reads one line, or returns undefined if it says nothing about calls. */
  read(
    text: string,
    line: number,
    isCut: boolean,
  ): TraceRecord | readonly TraceRecord[] | undefined;
  /**
   * Reads a line from its bytes, from `from` to `to` without the line feed, and tells `sink` of it; false if that
   * takes its text, and nothing was read.
   */
  readBytes?(bytes: Buffer, from: number, to: number, line: number, sink: CallsSink): boolean;
  /** Ends the file, of which `line` was the last. */
  end(line: number): void;
}
