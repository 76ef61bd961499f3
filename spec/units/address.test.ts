import fc from "fast-check";
import { expect, test } from "vitest";
import { address, advance, distance } from "./address.ts";
import { bytes } from "./bytes.ts";
import { blockName } from "./identity.ts";

const half = fc.nat({ max: 2 ** 31 - 1 }).map((value) => value * 2 ** 20);

test("advancing by a distance arrives where the distance was measured to", () => {
  const property = fc.property(half, half, (low, count) => {
    const high = advance(address(low), bytes(count));

    return high === low + count && distance(address(low), high) === count;
  });

  fc.assert(property, { seed: 1 });
});

test("a named number is that number", () => {
  expect([address(4096), blockName(3)]).toEqual([4096, 3]);
});
