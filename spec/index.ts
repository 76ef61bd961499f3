/** The door of the specification. */
export type { Answer, Call, Misuse, Observation, Request } from "./heap/calls.ts";

export { judge, type Verdict } from "./heap/judge.ts";
export { type Block, type LiveBlocks, liveBlocks } from "./heap/live-blocks.ts";
export { type Finding, RULES, type Rule } from "./heap/rules.ts";
export {
  type Availability,
  type Contract,
  type HeapState,
  isLegal,
} from "./heap/state.ts";
export type { Step } from "./heap/step.ts";
export {
  type OwnedPage,
  type Route,
  SYSTEM_RULES,
  type SystemRule,
  type SystemStep,
} from "./system/ownership.ts";
export {
  TRACE_VERSION,
  type Trace,
  type TraceCall,
  type TraceCallKind,
  type TraceConfig,
  type TraceVerdict,
  traceCall,
} from "./trace/format.ts";
