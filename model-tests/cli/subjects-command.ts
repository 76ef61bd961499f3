/** `ariadne subjects`: what can be judged by name. */
import type { Command } from "commander";
import { BUILT_INS, type BuiltIn } from "../subject/built-in.ts";
import { BUILT_IN_MACHINES } from "../subject/machines.ts";
import type { Acting } from "./acting.ts";

/** What is listed of a subject. */
type Named = Pick<BuiltIn, "name" | "about" | "needs">;

/** Adds the command. */
export function subjectsCommand(program: Command, acting: Acting): void {
  program
    .command("subjects")
    .description("list the subjects that come with the tool")
    .action(
      acting(async (terminal) => {
        const subjects: readonly Named[] = [...BUILT_INS, ...BUILT_IN_MACHINES];
        const width = Math.max(...subjects.map(({ name }) => name.length));
        for (const { name, about, needs } of subjects) {
          const rest = needs === undefined ? "" : ` (npm i ${needs})`;
          terminal.print(`${name.padEnd(width)}  ${about}${rest}\n`);
        }
        terminal.print("or the path of a module: npx ariadne init typescript writes one\n");
        return 0;
      }),
    );
}
