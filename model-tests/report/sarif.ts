/**
 * What a check found, as SARIF 2.1.0, which viewers of code read: a rule that was broken is a result, and the
 * calls that lead there are a code flow with one thread for each core.
 */
import type { CheckReport, ViolationReport } from "../campaign/check-report.ts";
import type { MachineViolation } from "../campaign/machine-report.ts";
import { kindOf } from "../subject/subject-kind.ts";
import { reproduceText } from "./check-text.ts";
import type { AnyCheck } from "./github-text.ts";
import { toldSteps } from "./told-steps.ts";

/** The document for `report`. */
export function sarifText(report: AnyCheck): string {
  const { rules, violation, exit, missed, verdict } = report;
  const names = Object.keys(rules);
  const notifications = missed.map((text) => ({ level: "error", message: { text } }));
  const log = {
    version: "2.1.0",
    $schema: "https://json.schemastore.org/sarif-2.1.0.json",
    runs: [
      {
        tool: {
          driver: {
            name: "Ariadne",
            rules: names.map((id) => ({ id, shortDescription: { text: textOf(id, report) } })),
          },
        },
        invocations: [
          {
            executionSuccessful: verdict === "passed" || verdict === "violated",
            exitCode: exit,
            ...(notifications.length === 0 ? {} : { toolExecutionNotifications: notifications }),
          },
        ],
        columnKind: "utf16CodeUnits",
        results:
          violation === undefined
            ? []
            : [resultOf(report, violation, names.indexOf(violation.rule))],
      },
    ],
  };
  return `${JSON.stringify(log, undefined, 2)}\n`;
}

/** What a rule says, where that is known, or its name in words. */
function textOf(rule: string, { violation }: AnyCheck): string {
  return violation?.rule === rule ? violation.sentence : rule.replaceAll("-", " ");
}

function resultOf(
  report: AnyCheck,
  violation: ViolationReport | MachineViolation,
  ruleIndex: number,
): object {
  const { rule, sentence, reason, trace, run } = violation;
  const again = reproduceText(report, {
    ...(trace === undefined ? {} : { trace }),
    ...(run === undefined ? {} : { run }),
  });
  const said = reason === undefined ? "" : ` (${reason})`;
  const location = locationOf(report);
  return {
    ruleId: rule,
    ...(ruleIndex < 0 ? {} : { ruleIndex }),
    level: "error",
    message: { text: `${report.name}: ${sentence}${said}. ${again}` },
    locations: location === undefined ? [] : [location],
    codeFlows: [{ threadFlows: threadFlows(violation, location) }],
    partialFingerprints: { "ariadne/v1": `${report.name}/${rule}` },
  };
}

/** One thread for each core that made a call; the order among all of them is kept. */
function threadFlows(
  violation: ViolationReport | MachineViolation,
  location: object | undefined,
): readonly object[] {
  const steps = toldSteps(violation).map((step, index) => ({ ...step, order: index + 1 }));
  const cores = [...new Set(steps.map(({ core }) => core))].sort((left, right) => left - right);
  return cores.map((core) => ({
    id: `core ${core}`,
    locations: steps
      .filter((step) => step.core === core)
      .map(({ text, order }) => ({
        executionOrder: order,
        location: { ...location, message: { text } },
        ...(order === steps.length ? { importance: "essential" } : {}),
      })),
  }));
}

/** The module that the subject is written in; what is built in lies nowhere in a user's repository. */
function locationOf({ subject, options = {} }: Pick<CheckReport, "subject" | "options">) {
  if (kindOf(subject, options) !== "module") return undefined;
  const uri = subject.replace(/^\.\//, "").split("/").map(encodeURIComponent).join("/");
  return { physicalLocation: { artifactLocation: { uri }, region: { startLine: 1 } } };
}
