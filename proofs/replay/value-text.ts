/** Values of the dialect as a person reads them: aligned lines, a map entry by entry. */
import type { Argument } from "./arguments.ts";
import { isRecord, type Plain, PlainCells, PlainMap, PlainMemory } from "./plain-value.ts";

const ENTRIES_MAX = 6;

/** The lines that show `found`, each argument under its name, in at most `width` columns. */
export function argumentLines(found: readonly Argument[], width: number): readonly string[] {
  const left = Math.max(...found.map(({ name }) => name.length), 0) + 2;
  return found.flatMap(({ name, value }) => {
    const [first = "", ...others] = linesOf(value).flatMap((line) =>
      wrapped(line, ", ", width - left - 2).map((part, index) => (index > 0 ? `  ${part}` : part)),
    );
    return [name.padEnd(left) + first, ...others.map((line) => " ".repeat(left) + line)];
  });
}

/** `text` in lines of at most `width` columns where it can be parted at `separator`. */
export function wrapped(text: string, separator: string, width: number): readonly string[] {
  const lines: string[] = [];
  for (const word of text.split(separator)) {
    const last = lines.at(-1);
    if (last === undefined) lines.push(word);
    else if (last.length + separator.length + word.length >= width) {
      lines[lines.length - 1] = last + separator.trimEnd();
      lines.push(word);
    } else lines[lines.length - 1] = `${last}${separator}${word}`;
  }
  return lines;
}

function linesOf(value: Plain): readonly string[] {
  const lines = partsOf(value);
  if (isRecord(value) || lines.length <= ENTRIES_MAX) return lines;
  return [...lines.slice(0, ENTRIES_MAX), `… and ${lines.length - ENTRIES_MAX} more`];
}

/**
 * A map or a list has a line for each entry. A record that holds one has those, a line for each record in
 * it, and one for all else.
 */
function partsOf(value: Plain): readonly string[] {
  if (value instanceof PlainMap) {
    if (value.entries.length === 0) return ["no entries"];
    return value.entries.map(([key, each]) => `${valueText(key)} => ${valueText(each)}`);
  }
  if (value instanceof PlainMemory) {
    const { start, size, words } = value;
    const rest = words.length === 0 ? "all of them 0" : "0 but for these words:";
    return [
      `${size} bytes from ${start}, ${rest}`,
      ...words.map(([address, word]) => `${address} => ${word}`),
    ];
  }
  if (value instanceof PlainCells) return [valueText(value)];
  if (Array.isArray(value)) return value.length === 0 ? ["empty"] : value.map(valueText);
  if (!isRecord(value)) return [valueText(value)];
  const fields = Object.entries(value);
  const isLarge = fields.some(([, each]) => hasEntries(each));
  const isApart = ([, each]: readonly [string, Plain]): boolean =>
    hasEntries(each) || (isLarge && isRecord(each));
  const plain = fields
    .filter((field) => !isApart(field))
    .map(([key, each]) => fieldText(key, each));
  const apart = fields
    .filter(isApart)
    .flatMap(([key, each]) => linesOf(each).map((line) => `${key} ${line}`));
  return plain.length === 0 ? apart : [plain.join(", "), ...apart];
}

function hasEntries(value: Plain): boolean {
  return value instanceof PlainMap || value instanceof PlainMemory || value instanceof PlainCells;
}

/** `value` on one line. */
export function valueText(value: Plain): string {
  if (value === undefined) return "none";
  if (value instanceof PlainMap) {
    const entries = value.entries.map(([key, each]) => `${valueText(key)} => ${valueText(each)}`);
    return `{ ${entries.join("; ")} }`;
  }
  if (value instanceof PlainMemory) return `memory from ${value.start}`;
  if (value instanceof PlainCells) {
    const cells = value.cells.map(([row, cell]) => `${row}: ${cell}`);
    return `${value.length} rows, 0 but for { ${cells.join(", ")} }`;
  }
  if (Array.isArray(value)) return `[${value.map(valueText).join("; ")}]`;
  if (!isRecord(value)) return String(value);
  return Object.entries(value)
    .map(([key, each]) => fieldText(key, each))
    .join(", ");
}

function fieldText(key: string, value: Plain): string {
  return isRecord(value) ? `${key} (${valueText(value)})` : `${key} ${valueText(value)}`;
}
