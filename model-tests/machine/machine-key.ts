/**
 * A text for what a machine has before it: two sessions with equal keys go on alike, whatever is called.
 *
 * Names of translations and rounds, and numbers of changes, are left out, since only what they compare to
 * matters; and so is what a frame or page says of its past. What an operation has done so far says
 * where in its sections it is.
 */
import type { Cores, Effect } from "#spec";
import type { FiniteMap } from "#support";
import { spaceOf } from "#units";
import type { NamedOperation } from "./machine-book.ts";
import type { MachineSession } from "./machine-session.ts";

export function machineKey({ state, book }: MachineSession): string {
  const { frames, pages, cores, cached, remembered, rounds } = state;
  return [
    listOf(frames, ({ use, owner, waiting }, frame) =>
      use === "held"
        ? `${frame}h`
        : `${frame}${use}${use === "zombie" || use === "mapped" ? owner : spaceOf(owner)}${coresOf(waiting)}`,
    ),
    listOf(pages, (page, name) => {
      if (page.use === "held") return `${name}h`;
      const { use, frame, isExclusive, rights, isDirty, waiting, changed } = page;
      const isWaiting = waiting.some(() => true);
      const about = isWaiting ? listOf(rounds, ({ before }) => `${changed < before}`) : "";
      return `${name}${use}${frame}${[isExclusive, rights.isWritable, rights.isExecutable, isDirty].map(Number).join("")}${coresOf(waiting)}${about}`;
    }),
    listOf(cores, (space, core) => `${core}:${space}`),
    listOf(
      cached,
      ({ core, page, frame, rights }) =>
        `${core}:${page}:${frame}:${Number(rights.isWritable)}${Number(rights.isExecutable)}`,
    ),
    listOf(remembered, ({ core, frame }) => `${core}:${frame}`),
    listOf(rounds, ({ first, last, waiting }) => `${first}-${last}:${coresOf(waiting)}`),
    [...book.spaces]
      .map(([name, space]) => `${name}:${space}`)
      .sort()
      .join(),
    listOf(book.roots, (space, root) => `${root}:${space}`),
    [...book.mappings.values()]
      .map(({ first, count, isExclusive }) => `${first}+${count}${Number(isExclusive)}`)
      .sort()
      .join(),
    [...book.operations.values()].map(operationKey).sort().join(),
  ].join("|");
}

function operationKey({ call, task, effect, moveCount, sectionCount }: NamedOperation): string {
  const asked = JSON.stringify({ ...call, id: 0, of: 0 });
  const range = "first" in task ? `${task.first}` : "";
  return [asked, range, effectKey(effect), moveCount, sectionCount].join(":");
}

function effectKey({ frames, tables, pages, shown }: Effect): string {
  return [frames, tables, pages, shown]
    .map((map: FiniteMap<number, string>) => listOf(map, (how, unit) => `${unit}${how}`))
    .join("/");
}

function coresOf(cores: Cores): string {
  return `[${listOf(cores, (_, core) => `${core}`)}]`;
}

/** The texts of all entries, in an order that does not depend on when they came. */
function listOf<Key, Value>(
  map: FiniteMap<Key, Value>,
  text: (value: Value, key: Key) => string,
): string {
  const texts: string[] = [];
  map.every((value, key) => texts.push(text(value, key)) > 0);
  return texts.sort().join();
}
