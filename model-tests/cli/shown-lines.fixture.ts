/** The lines for a shell that a text shows: those of its code blocks, or of its examples, without their remarks. */

const COMMANDS = /^(npx|npm|ariadne|cc|gcc|rustc|sed|cp|\.\/)/;

/** The lines of the code blocks of `page` that name no language. */
export function linesOfPage(page: string): readonly string[] {
  const blocks = [...page.matchAll(/^```(\w*)\n(.*?)^```$/gms)];
  return blocks.flatMap(([, language, block = ""]) =>
    language === "" ? block.split("\n").map(withoutRemark).filter(isCommand) : [],
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

function withoutRemark(line: string): string {
  return line
    .replace(/^\$ /, "")
    .replace(/ +# .*$/, "")
    .trim();
}

function isCommand(line: string): boolean {
  return COMMANDS.test(line);
}
