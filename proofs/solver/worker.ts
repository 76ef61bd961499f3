/** The thread on which one solver runs: a text comes in, what was decided of it goes out. */
import { parentPort } from "node:worker_threads";
import { type Decision, decide, engineVersion } from "./z3.ts";

export interface Question {
  readonly text: string;
  readonly stepsMax: number;
}

export type Reply =
  | { readonly kind: "ready"; readonly version: string }
  | ({ readonly kind: "decided"; readonly milliseconds: number } & Decision)
  | { readonly kind: "failed"; readonly reason: string };

const port = parentPort;
if (port === null) throw new Error("this file is the body of a worker thread");

const say = (reply: Reply): void => port.postMessage(reply);

port.on("message", async ({ text, stepsMax }: Question) => {
  const start = performance.now();
  try {
    const decision = await decide(text, stepsMax);
    say({ kind: "decided", milliseconds: performance.now() - start, ...decision });
  } catch (error) {
    say({ kind: "failed", reason: (error as Error).message });
  }
});

say({ kind: "ready", version: await engineVersion() });
