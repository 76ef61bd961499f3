/** All faults that can be planted, in the order in which they are told. */
import { ANSWER_SHIMS } from "./answer-shims.ts";
import { CONTENT_SHIMS } from "./content-shims.ts";
import { PLACEMENT_SHIMS } from "./placement-shims.ts";
import type { Shim } from "./shim.ts";
import { SYSTEM_SHIMS } from "./system-shims.ts";

export const SHIMS: readonly Shim[] = [
  ...PLACEMENT_SHIMS,
  ...CONTENT_SHIMS,
  ...ANSWER_SHIMS,
  ...SYSTEM_SHIMS,
];
