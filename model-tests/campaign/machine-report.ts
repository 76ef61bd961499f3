/** What the commands find out about a machine, as data: alike to what they say of a heap. */
import { MACHINE_CALL_RULES, MACHINE_RULES } from "#spec";
import type { Tally } from "../conformance/tally.ts";
import type { MachineCall } from "../machine/machine-call.ts";
import type { MachineRunConfig } from "../machine/machine-session.ts";
import type { CheckReport } from "./check-report.ts";

export interface MachineViolation {
  readonly rule: string;
  readonly sentence: string;
  /** The zero-based index of the offending call. */
  readonly at: number;
  /** The move that broke the rule, if one did, and what an exception said. */
  readonly move?: object;
  readonly reason?: string;
  readonly run?: number;
  readonly config: MachineRunConfig;
  readonly calls: readonly MachineCall[];
  readonly shrunk?: {
    readonly callsBefore: number;
    readonly executions: number;
    readonly isShortest: boolean;
  };
  /** Whether it failed again on a machine of its own. */
  readonly isReplayed: boolean;
  /** The calls with what was answered, and the machine at the offending one, line by line. */
  readonly story: readonly string[];
  readonly trace?: string;
  readonly unsaved?: string;
}

export type MachineCheckReport = Omit<CheckReport, "violation"> & {
  readonly violation?: MachineViolation;
};

/** Which rules of machines were tested, which held, and which one did not. */
export function machineRuleFindings(
  tally: Tally,
  violated: string | undefined,
): CheckReport["rules"] {
  const names = [...MACHINE_RULES, ...MACHINE_CALL_RULES].map(({ name }) => name);
  if (violated !== undefined && !names.includes(violated)) names.push(violated);
  return Object.fromEntries(
    names.map((name) => [
      name,
      name === violated ? "violated" : tally.ruleCount(name) > 0 ? "held" : "not tested",
    ]),
  );
}
