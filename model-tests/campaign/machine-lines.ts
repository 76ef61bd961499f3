/** A machine, line by line: its pages, its page tables, its open rounds, and what its cores keep. */
import type { Cores, MachineState } from "#spec";
import type { MachineSession } from "../machine/machine-session.ts";
import { pageText, rightsText } from "./machine-words.ts";

const LINES_MAX = 20;

/** The machine as it was announced, and as it looks too if `isSeen`. */
export function machineLines(
  { state, subject }: MachineSession,
  isSeen: boolean,
): readonly string[] {
  const announced = limited(announcedLines(state));
  if (!isSeen) return announced;
  return ["announced", ...announced, "", "seen", ...limited(seenLines(subject.look()))];
}

function announcedLines({ pages, frames, rounds, cached }: MachineState): readonly string[] {
  const lines: string[] = [];
  pages.every(({ use, frame, isExclusive, rights, isDirty, waiting }, page) => {
    if (use === "held") return lines.push(`page ${pageText(page)}  held`) > 0;
    const how = `${isExclusive ? "its own" : "borrowed"} frame ${frame}, ${rightsText(rights)}`;
    const dirty = isDirty ? ", written" : "";
    return lines.push(`page ${pageText(page)}  ${use}, ${how}${dirty}${waitingText(waiting)}`) > 0;
  });
  frames.every(({ use, waiting }, frame) => {
    if (use !== "table" && use !== "unlinked") return true;
    const how = use === "table" ? "page table" : "page table out of the tree";
    return lines.push(`frame ${frame}  ${how}${waitingText(waiting)}`) > 0;
  });
  rounds.every(({ first, last, waiting }, round) => {
    const range = `pages ${pageText(first)} to ${pageText(last)}`;
    return lines.push(`round ${round}  ${range}${waitingText(waiting)}`) > 0;
  });
  cached.every(({ core, page, frame, rights }) => {
    const what = `page ${pageText(page)} as frame ${frame}, ${rightsText(rights)}`;
    return lines.push(`core ${core}  keeps ${what}`) > 0;
  });
  return lines;
}

function seenLines({ shown, kept, tables }: ReturnType<MachineSession["subject"]["look"]>) {
  return [
    ...shown.map(({ page, frame, isExclusive, rights, isDirty }) => {
      const how = `${isExclusive ? "its own" : "borrowed"} frame ${frame}, ${rightsText(rights)}`;
      return `page ${pageText(page)}  mapped, ${how}${isDirty ? ", written" : ""}`;
    }),
    ...tables.map((frame) => `frame ${frame}  page table`),
    ...kept.map(({ core, page, frame, rights }) => {
      const what = `page ${pageText(page)} as frame ${frame}, ${rightsText(rights)}`;
      return `core ${core}  keeps ${what}`;
    }),
  ];
}

function waitingText(waiting: Cores): string {
  const cores: number[] = [];
  waiting.every((_, core) => cores.push(core) > 0);
  return cores.length === 0 ? "" : `, waits for core ${cores.join(", ")}`;
}

function limited(lines: readonly string[]): readonly string[] {
  if (lines.length <= LINES_MAX) return lines;
  return [...lines.slice(0, LINES_MAX), `… and ${lines.length - LINES_MAX} more`];
}
