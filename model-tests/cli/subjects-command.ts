/** `ariadne subjects`: what can be judged by name. */
import type { Command } from "commander";
import { BUILT_INS } from "../subject/built-in.ts";
import { BUILT_IN_MACHINES } from "../subject/machines.ts";
import type { Acting } from "./acting.ts";

/** Adds the command. */
export function subjectsCommand(program: Command, acting: Acting): void {
  program
    .command("subjects")
    .description("list the subjects that come with the tool")
    .action(
      acting(async (terminal) => {
        for (const { name, about, needs } of BUILT_INS) {
          terminal.print(
            `${name.padEnd(16)} ${about}${needs === undefined ? "" : ` (npm i ${needs})`}\n`,
          );
        }
        for (const { name, about } of BUILT_IN_MACHINES) {
          terminal.print(`${name.padEnd(16)} ${about}\n`);
        }
        terminal.print("or the path of a module: npx ariadne init typescript writes one\n");
        return 0;
      }),
    );
}
