import { Writable } from "node:stream";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { traceName } from "./canonical-form.ts";
import { importTrace } from "./import-trace.ts";
import { loadTrace } from "./load-trace.ts";
import { parseTrace } from "./parse-trace.ts";

const RECORDED = fileURLToPath(new URL("../traces/", import.meta.url));

class Sink extends Writable {
  readonly chunks: Buffer[] = [];

  override _write(chunk: Buffer, _encoding: string, done: () => void): void {
    this.chunks.push(chunk);
    setImmediate(done);
  }
}

test("an imported recording is a trace of the same calls", async () => {
  const path = `${RECORDED}cpp-threads.calls.gz`;
  const sink = new Sink();
  const report = await importTrace(path, sink, { cores: 2 });
  await new Promise((resolve) => sink.end(resolve));
  const { trace, extras } = parseTrace(Buffer.concat(sink.chunks).toString());

  expect(report).toEqual({ format: "recorded", calls: 192_267, warnings: [] });
  expect(extras.header).toEqual({ program: "cpp-threads" });
  expect(trace.calls.length).toBe(192_267);
  expect(traceName(trace)).toBe(traceName((await loadTrace(path, { cores: 2 })).trace));
});
