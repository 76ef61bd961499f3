/** Things of a film in words. */
import type { Change, Film } from "../../film/film.ts";

/** An address as the reports have it. */
export function addressText(value: number): string {
  return `V0x${value.toString(16).padStart(4, "0")}`;
}

/** A block's name, counted the way a spreadsheet counts its columns. */
export function blockText(name: number): string {
  let text = "";
  for (let rest = name + 1; rest > 0; rest = Math.floor((rest - 1) / 26)) {
    text = String.fromCharCode(97 + ((rest - 1) % 26)) + text;
  }
  return text === "" ? "?" : text;
}

/** A number with its thousands set apart. */
export function groupedText(value: number): string {
  return String(value).replace(/\B(?=(\d{3})+$)/g, ",");
}

/** How many of something there are. */
export function countText(count: number, noun: string): string {
  return `${groupedText(count)} ${noun}${count === 1 ? "" : "s"}`;
}

/** So many bytes, short. */
export function bytesText(count: number): string {
  const units = ["bytes", "KiB", "MiB", "GiB", "TiB"];
  let value = count;
  let unit = 0;
  while (value >= 10 * 1024 && unit < units.length - 1) {
    value /= 1024;
    unit += 1;
  }
  if (count === 1) return "1 byte";
  return `${groupedText(Math.round(value))} ${units[unit]}`;
}

/** Where a step stands among all calls. */
export function positionText({ before, steps, fault }: Film, at: number): string {
  if (at === 0) return before === 0 ? "before the first call" : `after call ${groupedText(before)}`;
  const [call, answer] = steps[at - 1] ?? ["", ""];
  const isWrong = fault !== undefined && at === steps.length;
  const broken = isWrong ? `; breaks ${fault.rule}` : "";
  return `call ${groupedText(before + at)}: ${call}, ${answer}${broken}`;
}

/** A block, for the line below the map. */
export function blockLine([, name, , start, size, owner]: Change, since: number): string {
  const end = Number(start) + Number(size);
  const range = `[${addressText(Number(start))}, ${addressText(end)})`;
  const placed = since === 0 ? "" : `, placed at call ${groupedText(since)}`;
  return `${blockText(name)}  ${range}  ${bytesText(Number(size))}, owner ${owner}${placed}`;
}

/** A frame, for the line below the map. */
export function frameLine(frame: number, use: string, waiting: string): string {
  const waits = waiting === "" ? "" : `, waits for core ${waiting}`;
  return `frame ${frame}  ${use}${waits}`;
}
