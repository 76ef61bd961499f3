/** The lines for a shell that a text shows: those of its code blocks, or of its examples, without their remarks. */

const PROMPT = "$ ";
/** What a line of a help begins with that is no remark continued. */
const COMMANDS = /^(npx|npm|ariadne|cc|gcc|rustc|sed|cp|\.\/)/;

/**
 * The lines of the code blocks of `page` that name no language; of a block that shows a prompt, those behind one,
 * as the others are what is answered.
 */
export function linesOfPage(page: string): readonly string[] {
  const blocks = [...page.matchAll(/^```(\w*)\n(.*?)^```$/gms)];
  return blocks.flatMap(([, language, block = ""]) =>
    language === "" ? typedIn(block.split("\n")).map(withoutRemark).filter(isSomething) : [],
  );
}

/** The lines of the examples of `help`. */
export function linesOfHelp(help: string): readonly string[] {
  const [, examples = ""] = help.split("Examples:\n");
  const [shown = ""] = examples.split("\n\n");
  return shown
    .split("\n")
    .map((line) => line.trim().split(/ {2,}/)[0] ?? "")
    .filter(isCommand);
}

function typedIn(lines: readonly string[]): readonly string[] {
  const prompted = lines.filter((line) => line.startsWith(PROMPT));
  return prompted.length === 0 ? lines : prompted.map((line) => line.slice(PROMPT.length));
}

function withoutRemark(line: string): string {
  return line.replace(/(^| +)# .*$/, "").trim();
}

function isSomething(line: string): boolean {
  return line !== "";
}

function isCommand(line: string): boolean {
  return COMMANDS.test(line);
}
