/** Texts of any signs at all, halves of signs among them, for tests of what pages do with them. */
import * as fc from "fast-check";

export const anyText: fc.Arbitrary<string> = fc
  .array(fc.oneof(fc.constantFrom(0, 0x3c, 0x3e, 0x22, 0x26, 0x2028), fc.nat(0xffff)), {
    maxLength: 20,
  })
  .map((codes) => String.fromCharCode(...codes));
