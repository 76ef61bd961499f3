/** The door of the specification. */
export {
  type Answer,
  type Call,
  type Misuse,
  NOTHING_SEEN,
  type Observation,
  type Request,
} from "./heap/calls.ts";
export { judge, type Verdict } from "./heap/judge.ts";
export { type Block, type LiveBlocks, liveBlocks } from "./heap/live-blocks.ts";
export { type Finding, RULES, type Rule } from "./heap/rules.ts";
export {
  type Availability,
  type Contract,
  type HeapState,
  isLegal,
} from "./heap/state.ts";
export { type Step, stepOf } from "./heap/step.ts";
export { uninitialised } from "./system/heap-switch.ts";
export { SYSTEM_INVARIANTS, type SystemInvariant } from "./system/invariants.ts";
export { isPossible, type Move } from "./system/moves.ts";
export { judgeMove, next, type SystemVerdict } from "./system/next.ts";
export { ownsAll, SYSTEM_RULES, type SystemRule, type SystemStep } from "./system/rules.ts";
export {
  type Heap,
  type Home,
  isReady,
  type Page,
  type Phase,
  type SystemState,
} from "./system/state.ts";
export {
  TRACE_VERSION,
  type Trace,
  type TraceCall,
  type TraceCallKind,
  type TraceConfig,
  type TraceVerdict,
  traceCall,
} from "./trace/format.ts";
