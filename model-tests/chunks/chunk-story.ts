/** A run of an allocator of pages or frames, told line by line. */
import type { ChunkAnswer, ChunkCall, ChunkRequest, Run } from "#spec";
import type { ChunkRun } from "./run-chunks.ts";

/** What was called and answered; if a rule was broken, the rule, and what it says. */
export function chunkStory({ played }: ChunkRun): string {
  const lines = played.map(({ call, answer }) => `${callText(call)}: ${answerText(answer)}`);
  const rule = played.at(-1)?.broken;
  return [...lines, ...(rule === undefined ? [] : [`${rule.name}: ${rule.claim}`])].join("\n");
}

function callText(call: ChunkCall): string {
  switch (call.kind) {
    case "acquire":
      return `#${call.name} acquires ${call.count}${requestText(call.request)}`;
    case "release":
      return `#${call.name} is released`;
    case "split":
      return `#${call.name} is split at ${call.at} into #${call.below} and #${call.above}`;
    case "merge":
      return `#${call.name} takes in #${call.other}`;
    case "misuse":
      return `#${call.name}, used up, is used for a ${call.misuse}`;
  }
}

function requestText(request: ChunkRequest): string {
  switch (request.kind) {
    case "any":
      return "";
    case "at":
      return ` from ${request.first} on`;
    case "aligned":
      return ` from a multiple of ${request.align} on`;
    case "within":
      return ` from ${request.first} to ${request.last}`;
  }
}

function answerText(answer: ChunkAnswer): string {
  switch (answer.kind) {
    case "acquired":
    case "merged":
      return `${answer.kind} ${runText(answer)}`;
    case "split":
      return `split ${runText(answer.below)}, ${runText(answer.above)}`;
    case "released":
    case "refused":
    case "rejected":
    case "threw":
    case "hung":
    case "nonsense":
      return answer.kind;
  }
}

function runText({ first, count }: Run): string {
  return count === 0 ? "none" : `${first}..${first + count - 1}`;
}
