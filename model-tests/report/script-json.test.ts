import * as fc from "fast-check";
import { expect, test } from "vitest";
import { anyText } from "./any-text.fixture.ts";
import { scriptJson } from "./script-json.ts";

test("JSON in a script has no sign that could end the script, and means the same", () => {
  const texts = fc.oneof(anyText, fc.constant("</script\n<!--<script "));
  fc.assert(
    fc.property(fc.tuple(texts, texts), (value) => {
      const text = scriptJson(value);

      expect(text).not.toMatch(/[<>\u2028\u2029]/);
      expect(JSON.parse(text)).toEqual(JSON.parse(JSON.stringify(value)));
    }),
    { seed: 1, numRuns: 300 },
  );
});
