/** How a command is tied to the program: it acts on a terminal and answers its exit code. */
import type { Terminal } from "./terminal.ts";

/** What a command does. */
export type Act<Words extends unknown[]> = (terminal: Terminal, ...words: Words) => Promise<number>;

/** Ties an act to a terminal and to the exit code of the process. */
export type Acting = <Words extends unknown[]>(
  act: Act<Words>,
) => (...words: Words) => Promise<void>;
