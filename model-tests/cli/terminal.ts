/** What a command may print to, and how it shows that it is still at work. */
import ora from "ora";

export interface Terminal {
  /** Prints the answer: to standard output. */
  readonly print: (text: string) => void;
  /** Says something about the work: to standard error. */
  readonly say: (text: string) => void;
  /** Shows what is being done, on a terminal only; the answer says that it is over. */
  readonly work: (text: string) => { update(text: string): void; stop(): void };
  readonly signal: AbortSignal;
  readonly directory: string;
}

/** The terminal of this process; `isQuiet` leaves only the answer. */
export function processTerminal(signal: AbortSignal, isQuiet: boolean): Terminal {
  return {
    print: (text) => void process.stdout.write(text),
    say: (text) => void process.stderr.write(text.endsWith("\n") ? text : `${text}\n`),
    work: (text) => {
      const { isTTY, columns = 0 } = process.stderr;
      // A terminal that says it has no columns would be cleared line by line without end.
      const isShown = !isQuiet && isTTY === true && columns > 0;
      const spinner = ora({ text, isEnabled: isShown, isSilent: !isShown, discardStdin: false });
      spinner.start();
      return {
        update: (next) => {
          spinner.text = next;
        },
        stop: () => void spinner.stop(),
      };
    },
    signal,
    directory: process.cwd(),
  };
}
