/**
 * A driver for tests: it serves a toy by its name, and does one thing wrong if it is told to.
 *
 *     node served-toy.fixture.js <toy> [<fault> [<at>]]
 *
 * The fault is done in place of answering the call with index `at`, or hello, if it is one of hello.
 */
import { createInterface } from "node:readline";
import type { MemoryDoor, Subject, SubjectInstance } from "../subject/subject.ts";
import { plainHeap } from "../toys/plain-heap.ts";
import { TOYS } from "../toys/toys.ts";
import { twoHeaps } from "../toys/two-heaps.ts";
import { type DriverRecord, OFFERS } from "./records.ts";

const [, , name = "", fault = "", place = "0"] = process.argv;
const toy = [plainHeap, twoHeaps, ...TOYS.map(({ subject }) => subject)].find(
  (subject) => subject.name === name,
) as Subject;

let instance: SubjectInstance | undefined;
let calls = 0;

const say = (record: object): void => void process.stdout.write(`${JSON.stringify(record)}\n`);
const hex = (address: number): string => `0x${address.toString(16)}`;

async function made(): Promise<SubjectInstance> {
  return await toy.create({ memoryBytes: 4096, cores: 1, reached: () => {} });
}

async function onHello(): Promise<void> {
  const offers = Object.keys(await made());
  const { promises, cores = 1 } = toy;
  const v = fault === "version" ? 2 : 1;
  if (fault === "mute") return;
  if (fault === "boot") process.stdout.write("BIOS 1.0\r\n\r\n{ memory ok }\n");
  const again = fault !== "once";
  const offered = OFFERS.filter((offer) => offers.includes(offer));
  say({ t: "hello", v, name, cores, promises, again, offers: offered });
}

async function onCreate({ memoryBytes, cores }: DriverRecord): Promise<void> {
  const options = { memoryBytes: Number(memoryBytes), cores: Number(cores), reached: () => {} };
  calls = 0;
  instance = await toy.create(options);
  const extent = instance.extent?.().map(({ start, size }) => ({ start: hex(start), size }));
  say({ t: "created", extent });
}

const FAULTS: Readonly<Record<string, () => void>> = {
  crash: () => process.kill(process.pid, "SIGSEGV"),
  exit: () => {
    process.stderr.write("first line\nout of luck\n");
    process.exitCode = 3;
    process.stdin.destroy();
  },
  hang: () => {},
  garbage: () => void process.stdout.write("Segmentation fault\n"),
  half: () => {
    process.stdout.write('{"t":"answ', () => process.exit());
  },
  twice: () => {
    const line = '{"t":"answer","refused":true,"used":0}';
    process.stdout.write(`${line}\n${line}\n`);
  },
  remark: () => {
    process.stdout.write("# thinking\r\n");
    say({ t: "answer", refused: true, used: 0 });
  },
  misfit: () => say({ t: "answer", usable: 7 }),
};

/** Lives on when its input has ended, and after polite signals. */
function stayAlive(): void {
  for (const signal of ["SIGTERM", "SIGINT", "SIGHUP"]) process.on(signal, () => {});
  setInterval(() => {}, 1000);
}

function onCall(heap: SubjectInstance, request: DriverRecord): void {
  if (calls++ === Number(place) && FAULTS[fault] !== undefined) {
    FAULTS[fault]();
    return;
  }
  const { call, core = 0, entity = 0, size = 0, align = 1, oldSize = 0, through } = request;
  const origin = { core: Number(core), entity: Number(entity) };
  const at = Number(request["address"] ?? 0);
  const [bytes, alignment] = [Number(size), Number(align)];
  const raw = ((): unknown => {
    try {
      if (call === "alloc") return heap.alloc(bytes, alignment, origin);
      if (call === "allocZeroed") return heap.allocZeroed?.(bytes, alignment, origin);
      if (call === "realloc") return heap.realloc?.(at, Number(oldSize), alignment, bytes, origin);
      if (call === "usableSize") return heap.usableSize?.(at, origin);
      if (call === "switch") return heap.switch?.(origin);
      if (call === "close") return heap.close?.(origin);
      if (through === undefined) return heap.dealloc(at, bytes, alignment, origin);
      return heap.deallocThrough?.(Number(through), at, bytes, alignment);
    } catch {
      return false;
    }
  })();
  say({ t: "answer", ...answerTo(call, raw), used: heap.used?.() });
}

function answerTo(call: unknown, raw: unknown): object {
  if (call === "usableSize") return { usable: raw };
  const isAsking = call === "alloc" || call === "allocZeroed" || call === "realloc";
  if (!isAsking) return raw === false ? { rejected: true } : { released: true };
  return typeof raw === "number" && raw > 0 ? { placed: hex(raw) } : { refused: true };
}

function onAsk(heap: SubjectInstance, request: DriverRecord): void {
  const { t, core, entity, changed } = request;
  const at = Number(request["address"]);
  const memory = heap.memory?.() as Uint8Array & Partial<MemoryDoor>;
  if (t === "read") {
    const bytes = memory.subarray(at, at + Number(request["size"]));
    say({ t: "bytes", hex: Buffer.from(bytes).toString("hex") });
  } else if (t === "write") {
    memory.set(Buffer.from(String(request["hex"]), "hex"), at);
    say({ t: "written" });
  } else if (t === "pages") {
    const pages = changed === true ? heap.changedPages?.() : heap.pages?.();
    say({ t, pages: pages?.map((page) => ({ ...page, start: hex(page.start) })) });
  } else if (t === "fingerprint") {
    say({ t, text: String(heap.fingerprint?.()) });
  } else if (t === "ownerOf") {
    say({ t: "heap", heap: heap.ownerOf?.(at) });
  } else if (t === "heapOf") {
    say({ t: "heap", heap: heap.heapOf?.({ core: Number(core), entity: Number(entity) }) });
  }
}

if (fault === "deaf") stayAlive();
for await (const line of createInterface({ input: process.stdin })) {
  const request = JSON.parse(line) as DriverRecord;
  if (request["t"] === "hello") await onHello();
  else if (request["t"] === "create") await onCreate(request);
  else if (request["t"] === "call" && instance !== undefined) onCall(instance, request);
  else if (instance !== undefined) onAsk(instance, request);
}
