/**
 * Which known weakness of the original a rejection shows. A refusal is told from others by what was
 * asked for, and by whether one unit more would have been there too:
 *
 *     W-04   the last unit of a free run is not counted, so what just fits is refused
 *     W-06   units are lost behind a request at a place; no others are refused there, for that path puts
 *            any number of free neighbours together
 *     W-14   reserved frames are only extended behind the last free piece of them
 *     W-30   free neighbours are not put together, so that longer runs are there than are found
 */
import type { ChunkLog } from "./chunk-log.ts";
import type { Rejection } from "./chunk-replay.ts";

/** The weaknesses that explain `rejection`, all of which may have played a part. */
export function weaknessOf(
  { component }: ChunkLog,
  rejection: Rejection,
  mayLose: boolean,
): string {
  const { call, rule, reason, isRoomier } = rejection;
  if (call.kind !== "acquire") return "none";
  const isAt = call.request.kind === "at";
  if (component === "frames") {
    if (isAt) return reason === "reserved-overlap" ? "W-14" : "none";
    return reason === "out-of-space" ? "W-30" : "none";
  }
  // What was given from a designated area was refused in the general one, nearly all of which is free.
  if (rule !== "chunk-refusal-justified" || isAt) return mayLose ? "W-06" : "none";
  if (!isRoomier) return "W-04";
  return mayLose ? "W-06 or W-30" : "W-30";
}
