/**
 * The library: what the commands do, as functions that answer what the commands print.
 *
 * Nothing here ends the process, keeps state between calls, or prints.
 */
export { type CheckOptions, check, type Progress } from "./campaign/check.ts";
export { type CheckMachineOptions, checkMachine } from "./campaign/check-machine.ts";
export type { CheckReport, Verdict, ViolationReport } from "./campaign/check-report.ts";
export { type DoctorFinding, type DoctorReport, doctor } from "./campaign/doctor.ts";
export {
  type ExploreMachineOptions,
  exploreMachineScope,
  type MachineExploreReport,
} from "./campaign/explore-machine.ts";
export {
  type ExploreReport,
  type ExploreSubjectOptions,
  exploreSubject,
} from "./campaign/explore-subject.ts";
export { UnwritableFolder } from "./campaign/failures.ts";
export { type MachineCrewOptions, machineCrew } from "./campaign/machine-crew.ts";
export type { MachineExecutor } from "./campaign/machine-executor.ts";
export type { MachineCheckReport, MachineViolation } from "./campaign/machine-report.ts";
export { MACHINE_SCOPES, machineScopeNamed } from "./campaign/machine-scopes.ts";
export { type ReplayOptions, type ReplayReport, replay } from "./campaign/replay.ts";
export {
  type MachineReplayReport,
  type MachineShrinkReport,
  replayMachine,
  shrinkMachineTrace,
} from "./campaign/replay-machine.ts";
export { type ShrinkReport, type ShrinkTraceOptions, shrinkTrace } from "./campaign/shorten.ts";
export { type ShownTrace, type ShowOptions, showTrace } from "./campaign/show.ts";
export { type ValidateOptions, type ValidateReport, validate } from "./campaign/validate.ts";
export { type AriadneConfig, defineConfig } from "./cli/config.ts";
export { type Baseline, parseBaseline } from "./compare/baseline.ts";
export { type Budget, parseBudget } from "./compare/budget.ts";
export { compare, measureBaseline } from "./compare/compare.ts";
export type { ComparedSubject, CompareOptions } from "./compare/compare-options.ts";
export type { CompareReport } from "./compare/compare-report.ts";
export { UnusableBudget } from "./compare/unusable-budget.ts";
export {
  EXPORT_FORMATS,
  type ExportFormat,
  type ExportOptions,
  exportTrace,
} from "./export/export-trace.ts";
export { UnsayableTrace } from "./export/unsayable-trace.ts";
export { callsOf } from "./generate/calls-of.ts";
export {
  type ChoiceSource,
  ExhaustiveChoices,
  RandomChoices,
  ReplayedChoices,
} from "./generate/choices.ts";
export type { MachineCall } from "./machine/machine-call.ts";
export type {
  MachineAnswer,
  MachineMaker,
  MachineSubject,
  MoveListener,
  SubjectConfig,
} from "./machine/machine-subject.ts";
export { type WitnessOptions, type WitnessReport, witness } from "./reach/witness-mark.ts";
export { campaignPage } from "./report/campaign-page.ts";
export { type SelftestOptions, type SelftestReport, selftest } from "./selftest/selftest.ts";
export { UnusableSubject } from "./subject/contract.ts";
export { loadSubject } from "./subject/load-subject.ts";
export { loadMachine, type NamedMachine } from "./subject/machines.ts";
export {
  type CreateOptions,
  defineSubject,
  type ExtentPart,
  type Origin,
  type PageView,
  type ProfileName,
  type Promises,
  type Subject,
  type SubjectInstance,
} from "./subject/subject.ts";
export { canonicalForm, traceName } from "./trace/canonical-form.ts";
export { formatTrace } from "./trace/format-trace.ts";
export { importTrace } from "./trace/import-trace.ts";
export { formatMachineTrace, type MachineTrace, parseMachineTrace } from "./trace/machine-trace.ts";
export { machineTraceSchema } from "./trace/machine-trace-schema.ts";
export { MalformedTrace } from "./trace/malformed-trace.ts";
export { parseTrace } from "./trace/parse-trace.ts";
export { traceSchema } from "./trace/trace-schema.ts";
