import { expect, test } from "vitest";
import { tryMachine } from "../../campaign/machine-trial.ts";
import { ourMachine } from "../our-machine.ts";
import { WRONG_BYTES } from "./wrong-bytes.ts";

const CONFIG = { frameCount: 16 };

test.each(WRONG_BYTES)("our machine with $name breaks $rule", ({ rule, make, calls }) => {
  const wrong = tryMachine(make, CONFIG, calls);
  const right = tryMachine(ourMachine(), CONFIG, calls);

  expect(wrong.broken?.name).toBe(rule);
  expect(right.broken).toBeUndefined();
});
