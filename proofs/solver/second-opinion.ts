/**
 * Asks another solver, a program on the path, what the first one has already answered.
 *
 * It is asked for by name and never needed. One that is not there, that cannot read a text, or that gives
 * up has said nothing, and that is what is reported. Only one that finds a counterexample to what
 * was proved disagrees: then one of the two is wrong, and no verdict of either counts.
 */
import { spawn } from "node:child_process";

export type SecondOpinion = "z3" | "cvc5";

export interface Opinion {
  readonly sentence: string;
  readonly isDisagreement: boolean;
}

const WORDS = {
  z3: ["-in", "-smt2", "rlimit=20000000"],
  cvc5: ["--lang=smt2", "--rlimit-per=2000000"],
} as const;

type Said = "unsat" | "sat" | "unknown" | "absent";

/** What `solver` says of `questions`, each of which the first solver was asked as well. */
export async function askSecond(
  solver: SecondOpinion,
  questions: Iterable<{ readonly name: string; readonly text: string }>,
): Promise<Opinion> {
  const counts = { unsat: 0, sat: 0, unknown: 0 };
  const counterexamples = new Set<string>();
  for (const { name, text } of questions) {
    const said = await ask(solver, text);
    if (said === "absent") {
      const sentence = `second opinion: not run, there is no ${solver} on the path`;
      return { sentence, isDisagreement: false };
    }
    counts[said] += 1;
    if (said === "sat") counterexamples.add(name);
  }
  const { unsat, sat, unknown } = counts;
  const sentence = `second opinion: ${solver} agrees on ${unsat}, says nothing on ${unknown}`;
  if (sat === 0) return { sentence, isDisagreement: false };
  const names = [...counterexamples].join(", ");
  return { sentence: `${sentence}, finds counterexamples to ${names}`, isDisagreement: true };
}

function ask(solver: SecondOpinion, text: string): Promise<Said> {
  const logic = text.startsWith("(set-logic") ? "" : "(set-logic QF_UFNIA)\n";
  return new Promise((resolve) => {
    const child = spawn(solver, WORDS[solver], { stdio: ["pipe", "pipe", "ignore"] });
    let output = "";
    child.on("error", () => resolve("absent"));
    child.stdin.on("error", () => {});
    child.stdout.on("data", (part: Buffer) => {
      output += part.toString();
    });
    child.on("close", () => {
      const line = output.trim();
      resolve(line === "sat" || line === "unsat" ? line : "unknown");
    });
    child.stdin.end(`${logic}${text}\n(check-sat)\n`);
  });
}
