/**
 * One heap behind a driver: methods become lines, and lines become answers.
 *
 * The driver is told what a trace would say, a name for every block, and beside it what the name means: the
 * address, size and alignment of the block. It may keep either. That a call is misuse it is not told: that is
 * what it has to find out.
 */
import { hexadecimal } from "#units";
import { SubjectFault } from "../conformance/subject-fault.ts";
import type {
  CreateOptions,
  ExtentPart,
  Origin,
  PageView,
  SectionedCall,
  Sections,
  SubjectInstance,
} from "../subject/subject.ts";
import { nameText } from "../trace/name-text.ts";
import { quoted } from "../trace/quoted.ts";
import type { Driver } from "./driver.ts";
import { DriverMemory } from "./driver-memory.ts";
import { addressOf, type DriverRecord, extentOf, isCount, type Offer, pageOf } from "./records.ts";

/** The heap that `driver` makes; `onEnd` is told when nobody needs it any more. */
export function driverInstance(
  driver: Driver,
  { memoryBytes, cores }: CreateOptions,
  onEnd: () => void,
): SubjectInstance {
  const created = driver.ask({ t: "create", memoryBytes, cores }, "created");
  const heap = new DriverHeap(driver, extentOf(created));
  const { extent, memory } = heap;
  const methods: Required<Pick<SubjectInstance, Offer>> = {
    realloc: (address, oldSize, align, size, origin) =>
      heap.placed({ call: "realloc", ...heap.known(address), oldSize, align, size }, origin),
    allocZeroed: (size, align, origin) =>
      heap.placed({ call: "allocZeroed", id: heap.nextId(), size, align }, origin),
    usableSize: (address, origin) => heap.usable(heap.known(address), origin),
    memory: () => memory,
    used: () => heap.used,
    fingerprint: () => heap.ask({ t: "fingerprint" }, "fingerprint")["text"],
    switch: (origin) => heap.granted({ call: "switch" }, origin),
    close: (origin) => heap.granted({ call: "close" }, origin),
    pages: () => heap.pages({ t: "pages" }),
    changedPages: () => heap.pages({ t: "pages", changed: true }),
    ownerOf: (address) => heap.ask({ t: "ownerOf", address: hexadecimal(address) }, "heap")["heap"],
    heapOf: (origin) => heap.ask({ t: "heapOf", ...origin }, "heap")["heap"],
    sections: (call, origin) => heap.sections(call, origin),
    deallocThrough: (through, address, size, align) =>
      heap.granted({ call: "dealloc", ...heap.known(address), size, align, through }, undefined),
  };
  const offered = Object.entries(methods).filter(([name]) =>
    driver.hello.offers.has(name as Offer),
  );
  return {
    alloc: (size, align, origin) =>
      heap.placed({ call: "alloc", id: heap.nextId(), size, align }, origin),
    dealloc: (address, size, align, origin) =>
      heap.granted({ call: "dealloc", ...heap.known(address), size, align }, origin),
    ...(extent === undefined ? {} : { extent: () => extent }),
    ...Object.fromEntries(offered),
    destroy: onEnd,
  };
}

class DriverHeap {
  readonly extent: readonly ExtentPart[] | undefined;
  readonly memory: DriverMemory;
  readonly #driver: Driver;
  /** The names of blocks by where they start, or started last. */
  readonly #names = new Map<number, string>();
  #count = 0;
  #asked = "";
  #used: unknown = 0;

  constructor(driver: Driver, extent: readonly ExtentPart[] | undefined) {
    this.#driver = driver;
    this.extent = extent;
    this.memory = new DriverMemory(driver, extent);
  }

  /** What the driver counted after its last answer; throws if it did not. */
  get used(): unknown {
    if (isCount(this.#used)) return this.#used;
    const sentence = `the driver offers used, and its answer has ${quoted(this.#used)} there`;
    throw this.#driver.nonsense(sentence);
  }

  /** Asks something that is no call. */
  ask(request: object, kind: string): DriverRecord {
    return this.#driver.ask(request, kind);
  }

  /** The name that the next block gets. */
  nextId(): string {
    this.#asked = nameText(this.#count as never);
    this.#count += 1;
    return this.#asked;
  }

  /** A block as a line names it. */
  known(start: number): object {
    const ref = this.#names.get(start);
    const address = hexadecimal(start);
    return ref === undefined ? { address } : { ref, address };
  }

  /** Makes a call that may be answered with an address. */
  placed(call: object, origin: Origin): unknown {
    const answer = this.#call(call, origin);
    return this.#placedBy(answer, "ref" in call ? String(call.ref) : this.#asked);
  }

  /** Makes a call that is answered with yes or no. */
  granted(call: object, origin: Origin | undefined): unknown {
    return this.#grantedBy(this.#call(call, origin));
  }

  /** Makes a call of which each line to the driver is a section. */
  *sections(made: SectionedCall, origin: Origin): Sections {
    const { kind, size, align } = made;
    const id = this.nextId();
    const known = kind === "dealloc" ? this.known(made.address) : { id };
    const call = { t: "call", call: kind, ...known, size, align, sections: true };
    let answer = this.#ask(call, origin);
    while (answer["between"] === true || answer["waiting"] === true) {
      yield answer["waiting"] === true ? "waiting" : "between";
      answer = this.#ask({ t: "go" }, origin);
    }
    return kind === "dealloc" ? this.#grantedBy(answer) : this.#placedBy(answer, id);
  }

  usable(block: object, origin: Origin): unknown {
    const answer = this.#call({ call: "usableSize", ...block }, origin);
    if (isCount(answer["usable"])) return answer["usable"];
    throw this.#misfit("usable", answer);
  }

  pages(request: object): readonly PageView[] {
    const { pages } = this.ask(request, "pages");
    if (!Array.isArray(pages)) {
      throw this.#driver.nonsense(`the driver lists as its pages ${quoted(pages)}`);
    }
    return pages.map((value: unknown) => {
      const page = pageOf(value);
      if (page === undefined) {
        throw this.#driver.nonsense(`the driver lists as a page ${quoted(value)}`);
      }
      return page;
    });
  }

  /** The address in `answer`, of the block that is called `ref`. */
  #placedBy(answer: DriverRecord, ref: string): unknown {
    if (answer["refused"] === true) return undefined;
    const address = addressOf(answer["placed"]);
    if (address === undefined) throw this.#misfit("placed or refused", answer);
    this.#names.set(address, ref);
    return address;
  }

  #grantedBy(answer: DriverRecord): boolean {
    if (answer["released"] === true || answer["switched"] === true) return true;
    if (answer["refused"] === true || answer["rejected"] === true) return false;
    throw this.#misfit("released, refused or rejected", answer);
  }

  #call(call: object, origin: Origin | undefined): DriverRecord {
    return this.#ask({ t: "call", ...call }, origin);
  }

  #ask(request: object, origin: Origin | undefined): DriverRecord {
    const { core = 0, entity = 0 } = origin ?? {};
    const who = { ...(core !== 0 && { core }), ...(entity !== 0 && { entity }) };
    this.memory.forget();
    const answer = this.ask({ ...request, ...who }, "answer");
    this.#used = answer["used"];
    if (answer["threw"] !== true) return answer;
    throw new SubjectFault("gone", `the driver says that the call threw ${quoted(answer)}`);
  }

  #misfit(expected: string, answer: DriverRecord): SubjectFault {
    return this.#driver.nonsense(`the answer is ${expected}, not ${quoted(answer)}`);
  }
}
