/** Small machines that can be reached: what random moves, where they are admitted, make of nothing. */
import fc from "fast-check";
import {
  emptyMachine,
  isPossibleMove,
  judgeMachine,
  type MachineMove,
  type MachineState,
} from "#spec";

const kinds = fc.constantFrom(
  ...(["frame.acquire", "page.acquire", "page.map", "page.map", "page.unmap", "tlb.fill"] as const),
  ...(["tlb.fill", "page.remap", "page.mark-dirty", "tlb.invalidate", "tlb.evict"] as const),
  ...(["page.settle", "frame.release", "page.release", "table.link", "table.unlink"] as const),
  ...(["table.settle", "walk.fill", "walk.evict", "walk.invalidate", "core.enter"] as const),
  ...(["core.start", "shootdown.request", "shootdown.acknowledge", "shootdown.close"] as const),
  ...(["tlb.invalidate", "page.settle", "shootdown.acknowledge", "walk.invalidate"] as const),
  "access" as const,
);
const rights = fc.record({ isWritable: fc.boolean(), isExecutable: fc.boolean() });
const small = fc.nat(1);
const where = { frame: fc.nat(2), page: fc.nat(2), core: small, space: small, first: fc.nat(2) };

/** Any move, of few frames, pages and cores: what it does not need, it has too. */
const aMachineMove = fc
  .record({
    kind: kinds,
    ...where,
    more: small,
    entry: fc.nat(3),
    round: small,
    rights,
    needs: rights,
    isExclusive: fc.boolean(),
    outcome: fc.constantFrom("reached", "reached", "fault"),
  })
  .map(({ more, ...move }) => ({
    ...move,
    last: move.first + more,
  })) as fc.Arbitrary<unknown> as fc.Arbitrary<MachineMove>;

const rightsOfAll = { isWritable: true, isExecutable: true };

/** A core, to which another may come, with a frame and a page. */
const BEGUN = [
  { kind: "core.start", core: 0, space: 1 },
  { kind: "frame.acquire", frame: 0 },
  { kind: "page.acquire", page: 0 },
] as unknown as readonly MachineMove[];

/** The same, where a page table was taken out of the tree. */
const PRUNED = [
  ...BEGUN,
  { kind: "frame.acquire", frame: 1 },
  { kind: "table.link", frame: 1, page: 0 },
  { kind: "walk.fill", entry: 0, core: 0, frame: 1 },
  { kind: "table.unlink", frame: 1 },
  { kind: "walk.evict", entry: 0 },
  { kind: "walk.invalidate", core: 0, frame: 1 },
] as unknown as readonly MachineMove[];

/** The same, where the page was mapped, and is shot down. */
const IN_A_ROUND = [
  ...BEGUN,
  { kind: "page.map", page: 0, frame: 0, isExclusive: true, rights: rightsOfAll },
  { kind: "page.unmap", page: 0 },
  { kind: "shootdown.request", round: 0, first: 0, last: 1 },
  { kind: "tlb.invalidate", core: 0, page: 0 },
  { kind: "shootdown.acknowledge", round: 0, core: 0 },
] as unknown as readonly MachineMove[];

/** A machine that can be reached, and a move that may be anything. */
export const aMachineAndMove: fc.Arbitrary<[MachineState, MachineMove]> = fc
  .tuple(
    fc.constantFrom(BEGUN, PRUNED, IN_A_ROUND),
    fc.array(aMachineMove, { maxLength: 160, size: "max" }),
    aMachineMove,
  )
  .map(([begun, moves, move]) => [
    [...begun, ...moves].reduce(afterAdmitted, emptyMachine()),
    move,
  ]);

function afterAdmitted(state: MachineState, move: MachineMove): MachineState {
  if (!isPossibleMove(state, move)) return state;
  const verdict = judgeMachine(state, move);
  return verdict.kind === "admitted" ? verdict.state : state;
}
