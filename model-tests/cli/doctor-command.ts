/** `ariadne doctor`: what there is on this machine, and what is left out for want of it. */
import type { Command } from "commander";
import { type DoctorReport, doctor } from "../campaign/doctor.ts";
import type { Acting } from "./acting.ts";
import { printReport } from "./print-report.ts";

/** Adds the command. */
export function doctorCommand(program: Command, acting: Acting): void {
  program
    .command("doctor")
    .description("list what is installed, and what is left out without it")
    .option("--json", "print the report as JSON")
    .action(
      acting(async (terminal, flags: { readonly json?: boolean }) =>
        printReport(terminal, await doctor(), flags.json, doctorText),
      ),
    );
}

/** The findings as a table. */
function doctorText({ findings }: DoctorReport): string {
  const width = Math.max(...findings.map(({ name }) => name.length));
  const lines = findings.map(({ name, what, without }) => {
    const rest = without === undefined ? "" : `; ${without}`;
    return `${name.padEnd(width)}  ${what}${rest}\n`;
  });
  return lines.join("");
}
