/**
 * Wrong moves of a machine, and wrong rules about them.
 *
 * Each of them is wrong of one core, one right or one moment only: it lets a frame be reused while a
 * core still reaches it, and every test that has one core, or asks in the usual order, passes.
 */
import type { PlantedFault } from "./planted-fault.ts";

const MACHINE_RULES = "spec/machine/rules.ts";
const MAPPINGS = "spec/machine/mappings.ts";
const TLB = "spec/machine/tlb.ts";

export const WRONG_MACHINE_MOVES: readonly PlantedFault[] = [
  {
    claim: "a page is settled while the first core has not let go of it",
    mistake: {
      file: MACHINE_RULES,
      right: 'held(use === "unmapping" && !waiting.some(() => true))',
      wrong: 'held(use === "unmapping" && !waiting.some((_, core) => core !== 0))',
    },
    theorem: "movesKeepMachineSound",
    fixed: { "move.kind": "page.settle", name: "translation-is-current-or-awaited" },
  },
  {
    claim: "a page that is unmapped waits for nobody",
    mistake: {
      file: MAPPINGS,
      right: 'use: "unmapping", waiting: cores,',
      wrong: 'use: "unmapping", waiting: finiteMap(),',
    },
    theorem: "movesKeepMachineSound",
    fixed: { "move.kind": "page.unmap", name: "translation-is-current-or-awaited" },
  },
  {
    claim: "a core keeps what a page showed that is no longer mapped and does not wait for it",
    mistake: {
      file: MACHINE_RULES,
      right: 'use === "mapped" && includes(rights, move.rights) &&',
      wrong: "includes(rights, move.rights) &&",
    },
    theorem: "movesKeepMachineSound",
    fixed: { "move.kind": "tlb.fill", name: "translation-is-current-or-awaited" },
  },
  {
    claim: "a core acknowledges a round for the core after it",
    mistake: {
      file: TLB,
      right:
        "rounds.get(round);\n  const now = { ...before, waiting: before.waiting.without(core) };",
      wrong:
        "rounds.get(round);\n  const now = { ...before, waiting: before.waiting.without((core + 1) as CoreId) };",
    },
    theorem: "movesKeepRoundsTrue",
    fixed: { "move.kind": "shootdown.acknowledge" },
  },
  {
    claim: "a page that loses the right to be executed waits for nobody",
    mistake: {
      file: MAPPINGS,
      right: "if (includes(rights, before.rights)) {",
      wrong: "if (rights.isWritable || !before.rights.isWritable) {",
    },
    theorem: "movesKeepMachineSound",
    fixed: { "move.kind": "page.remap", name: "translation-is-current-or-awaited" },
  },
  {
    claim: "a frame is given back while a page that does not own it shows it",
    mistake: {
      file: MACHINE_RULES,
      right: '? held(state.frames.get(move.frame).use === "held" && !isShown(state, move.frame))',
      wrong: '? held(state.frames.get(move.frame).use === "held")',
    },
    theorem: "movesKeepMachineSound",
    fixed: { "move.kind": "frame.release", name: "page-shows-a-frame-in-use" },
  },
];
