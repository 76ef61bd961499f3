/**
 * A driver that speaks the protocol: one line to it, one line back.
 *
 * What an emulator prints before its kernel runs is no mistake of the allocator, so until hello is answered a
 * line that is no record is a remark, and afterwards one that begins with `#`. Everything else that nobody
 * asked for is nonsense, and the call in flight is to blame.
 */
import { SubjectFault } from "../conformance/subject-fault.ts";
import { UnusableSubject } from "../subject/contract.ts";
import { quoted } from "../trace/quoted.ts";
import { DriverProcess } from "./driver-process.ts";
import { type DriverRecord, type Hello, helloOf, PROTOCOL_VERSION, recordOf } from "./records.ts";

/** Shorter than what a worker may take to load its subject, so that this can say why it does not. */
const HELLO_LIMIT_MS = 25_000;

export class Driver {
  readonly hello: Hello;
  readonly #process: DriverProcess;
  #fault: SubjectFault | undefined;

  private constructor(process: DriverProcess, hello: Hello) {
    this.#process = process;
    this.hello = hello;
  }

  /** Starts `command` in `directory` and says hello; throws `UnusableSubject` if that is not answered. */
  static async start(
    command: string,
    directory: string,
    limitMs: number = HELLO_LIMIT_MS,
  ): Promise<Driver> {
    const process = new DriverProcess(command, directory);
    try {
      return new Driver(process, await sayHello(process, command, limitMs));
    } catch (error) {
      process.close();
      if (!(error instanceof SubjectFault)) throw error;
      throw new UnusableSubject(`${quoted(command)} did not answer hello: ${error.message}`);
    }
  }

  /** Whether the driver can still be asked. */
  get isWell(): boolean {
    return this.#fault === undefined;
  }

  /** Asks `request` and answers the record of kind `kind` that comes back; throws `SubjectFault`. */
  ask(request: object, kind: string): DriverRecord {
    if (this.#fault !== undefined) throw this.#fault;
    try {
      this.#refuseMore();
      this.#process.send(JSON.stringify(request));
      const record = this.#next();
      if (record["t"] === kind) return record;
      throw this.nonsense(`{"t":"${kind}"} was expected, not ${quoted(record)}`);
    } catch (error) {
      if (error instanceof SubjectFault) this.#fault = error;
      throw error;
    }
  }

  /** The fault of a driver that answers so that `sentence` has to be said, and is not asked again. */
  nonsense(sentence: string): SubjectFault {
    this.#fault = new SubjectFault("nonsense", `${sentence}${this.#process.lastWords()}`);
    return this.#fault;
  }

  /** Ends the driver. */
  close(): void {
    this.#fault ??= new SubjectFault("gone", "the driver was ended");
    this.#process.close();
  }

  /** A line that came without being asked for would be taken for the next answer. */
  #refuseMore(): void {
    while (this.#process.hasMore) {
      const line = this.#process.receive();
      if (!this.#isRemark(line)) {
        throw this.nonsense(`the driver wrote ${quoted(line)} without being asked`);
      }
    }
  }

  #next(): DriverRecord {
    for (;;) {
      const line = this.#process.receive();
      if (this.#isRemark(line)) continue;
      const record = recordOf(line);
      if (record !== undefined) return record;
      throw this.nonsense(`the driver wrote ${quoted(line.trimEnd())}, which is no record`);
    }
  }

  #isRemark(line: string): boolean {
    if (!line.startsWith("#") && line.trim() !== "") return false;
    this.#process.note(line);
    return true;
  }
}

/** Says hello, and waits for the answer without holding up whoever watches this thread. */
async function sayHello(process: DriverProcess, command: string, limitMs: number): Promise<Hello> {
  const deadline = performance.now() + limitMs;
  try {
    process.send(JSON.stringify({ t: "hello", v: PROTOCOL_VERSION }));
  } catch {
    // One that is gone already may have left a word that says more.
  }
  for (;;) {
    const line = process.poll();
    const record = line === undefined ? undefined : recordOf(line);
    if (record !== undefined) return helloOf(record);
    if (line !== undefined) process.note(line);
    else await new Promise((resolve) => setTimeout(resolve, 1));
    if (performance.now() < deadline) continue;
    const time = `${limitMs / 1000} s`;
    throw new UnusableSubject(
      `${quoted(command)} did not answer hello within ${time}${process.lastWords()}`,
    );
  }
}
