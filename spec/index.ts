/** The door of the specification. */
export {
  type Area,
  type AreaKind,
  type Areas,
  isAmong,
  isCovered,
  isInWindow,
  type Kinds,
  type Window,
  windowOf,
} from "./chunks/areas.ts";
export type { ChunkAnswer, ChunkCall, ChunkRequest, Run } from "./chunks/calls.ts";
export { type Chunk, type HeldChunks, heldChunks, overlaps } from "./chunks/held-chunks.ts";
export { CHUNK_INVARIANTS, type ChunkInvariant } from "./chunks/invariants.ts";
export { type ChunkVerdict, chunksAfter, judgeChunks } from "./chunks/judge.ts";
export { CHUNK_RULES, type ChunkRule, type ChunkStep } from "./chunks/rules.ts";
export {
  type ChunkContract,
  type ChunkState,
  isFull,
  isLegalChunkCall,
} from "./chunks/state.ts";
export {
  type Access,
  type FaultCodeBits,
  faultCodeOf,
  type PageRightsHeld,
  permits,
} from "./hardware/access.ts";
export {
  type CachedTranslation,
  covers,
  firstPageOf,
  type Invalidation,
  isFor,
  mayBeCached,
  mustBeGone,
  pagesOf,
  useOf,
} from "./hardware/cached-translation.ts";
export {
  frameOfLeaf,
  hasReservedBits,
  isLeaf,
  type PagingControls,
  type TableEntry,
} from "./hardware/entry.ts";
export { isMarked, isMarkedRightly, isSameButMarks } from "./hardware/marks.ts";
export {
  eachUsed,
  endOfWalk,
  entryAt,
  rightsAlong,
  type WalkEnd,
  type WalkOutcome,
  type WalkPath,
  walk,
} from "./hardware/walk.ts";
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
export { RULES, type Rule } from "./heap/rules.ts";
export {
  type Availability,
  alignmentDue,
  type Contract,
  type HeapState,
  isLegal,
} from "./heap/state.ts";
export { type Step, stepOf } from "./heap/step.ts";
export { MACHINE_CALL_RULES, type MachineCallRule } from "./machine/call-rules.ts";
export { type Effect, effectAfter, isNothing, noEffect } from "./machine/effect.ts";
export { MACHINE_INVARIANTS, type MachineInvariant } from "./machine/invariants.ts";
export { isPossibleMove, type MachineMove } from "./machine/moves.ts";
export { judgeMachine, type MachineVerdict, nextMachine } from "./machine/next.ts";
export { MACHINE_RULES, type MachineRule, type MachineStep } from "./machine/rules.ts";
export { emptyMachine } from "./machine/start.ts";
export {
  type Cached,
  type Cores,
  type Frame,
  type FrameUse,
  includes,
  type MachinePage,
  type MachineState,
  type MappingUse,
  type Remembered,
  type Rights,
  type Round,
} from "./machine/state.ts";
export type { MachineCallStep, MachineTask } from "./machine/tasks.ts";
export {
  agrees,
  areSame,
  type MachineView,
  type ShownPage,
  type ShownTranslation,
} from "./machine/view.ts";
export { NO_PROMISES, uninitialised } from "./system/heap-switch.ts";
export { SYSTEM_INVARIANTS, type SystemInvariant } from "./system/invariants.ts";
export { isPossible, type Move } from "./system/moves.ts";
export { judgeMove, next, type SystemVerdict } from "./system/next.ts";
export {
  SYSTEM_REQUEST_RULES,
  type SystemRequest,
  type SystemRequestRule,
} from "./system/request-rules.ts";
export { ownsAll, SYSTEM_RULES, type SystemRule, type SystemStep } from "./system/rules.ts";
export {
  type Heap,
  type Home,
  isReady,
  type Page,
  type Phase,
  type SystemContract,
  type SystemState,
} from "./system/state.ts";
export {
  TRACE_VERSION,
  type Trace,
  type TraceCall,
  type TraceCallKind,
  type TraceConfig,
  type TraceMisuse,
  type TraceVerdict,
  traceCall,
} from "./trace/format.ts";
