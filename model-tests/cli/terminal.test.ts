/** How a command shows that it is at work, on terminals of all kinds. */
import { spawnSync } from "node:child_process";
import { expect, test } from "vitest";

const TERMINAL = new URL("../../dist/model-tests/cli/terminal.js", import.meta.url).href;

/** What is said of work on a terminal of so many columns, and how the process ends that says it. */
function worked(columns: number) {
  const code = `
    const { processTerminal } = await import(${JSON.stringify(TERMINAL)});
    const still = () => true;
    const moves = { cursorTo: still, clearLine: still, moveCursor: still };
    Object.assign(process.stderr, { isTTY: true, columns: ${columns}, ...moves });
    const { update, stop } = processTerminal(new AbortController().signal, false).work("reading");
    update("judging");
    stop();
  `;
  const words = ["--input-type=module", "-e", code];
  return spawnSync(process.execPath, words, { encoding: "utf8", timeout: 20_000 });
}

test("work is shown on a terminal", () => {
  const { status, stderr } = worked(80);

  expect(status).toBe(0);
  expect(stderr).toContain("reading");
});

test("a terminal that says it has no columns is told nothing, and the command ends", () => {
  const { status, stderr } = worked(0);

  expect([status, stderr]).toEqual([0, ""]);
});
