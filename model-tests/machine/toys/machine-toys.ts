/** Every toy machine, with the rule that it breaks and the fewest calls in which it can be seen to. */
import type { MachineCall } from "../machine-call.ts";
import type {
  MachineMaker,
  MachineSubject,
  MoveListener,
  SubjectConfig,
} from "../machine-subject.ts";
import * as allocating from "./allocating-toys.ts";
import * as calling from "./calling-toys.ts";
import * as hardware from "./hardware-toys.ts";
import * as mapping from "./mapping-toys.ts";
import * as shootdown from "./shootdown-toys.ts";
import {
  access,
  borrow,
  CORE_0,
  CORE_1,
  close,
  map,
  mapAt,
  READ,
  release,
  remap,
  SPACE,
  WRITE,
} from "./toy-calls.ts";

export interface MachineToy {
  readonly name: string;
  /** The only rule that it breaks. */
  readonly rule: string;
  readonly make: MachineMaker;
  /** A shortest list of calls in which it is caught. */
  readonly calls: readonly MachineCall[];
  /** The rule that finds the same calls where `rule` is missing, if one does. */
  readonly otherwise: string | undefined;
}

/** How many frames a toy has. */
export const TOY_FRAMES = 8;

const ONE_CORE = [SPACE, CORE_0] as const;
const TWO_CORES = [...ONE_CORE, CORE_1] as const;
const INTERRUPT_0: MachineCall = { call: "interrupt", core: 0 };
const INTERRUPT_1: MachineCall = { call: "interrupt", core: 1 };

/** Toys whose software is wrong. */
const SOFTWARE: readonly MachineToy[] = [
  toy("frame-has-one-holder", allocating.DoublingMachine, [SPACE, map(0)], "frame-has-one-page"),
  toy("page-has-one-holder", allocating.OverlappingMachine, [SPACE, mapAt(0, 2, 1), map(1, 2)]),
  toy(
    "frame-let-go",
    allocating.HastyFramesMachine,
    [...ONE_CORE, map(0), release(1, 0)],
    "machine-as-announced",
  ),
  toy(
    "frame-let-go",
    allocating.UnfaithfulMachine,
    [...ONE_CORE, map(0), borrow(1, 0), release(2, 1)],
    "released-as-asked",
  ),
  toy(
    "page-let-go",
    allocating.HastyPagesMachine,
    [...ONE_CORE, map(0), release(1, 0)],
    "move-is-possible",
  ),
  toy(
    "page-mapped-once",
    allocating.OverwritingMachine,
    [SPACE, mapAt(0, 1, 1), mapAt(1, 1, 1)],
    "call-keeps-to-its-pages",
  ),
  toy(
    "frame-has-one-page",
    mapping.ClaimingMachine,
    [SPACE, map(0), borrow(1, 0)],
    "borrowed-as-asked",
  ),
  toy(
    "frame-has-one-page",
    mapping.CannibalMachine,
    [SPACE, map(0, TOY_FRAMES - 1)],
    "machine-as-announced",
  ),
  toy(
    "mapping-is-there",
    allocating.OverzealousMachine,
    [SPACE, map(0, TOY_FRAMES)],
    "page-let-go",
  ),
  toy("reuse-awaits-every-core", shootdown.LonelyMachine, [...TWO_CORES, map(0), release(1, 0)]),
  toy("reuse-awaits-every-core", shootdown.FirstPageMachine, [
    ...ONE_CORE,
    map(0, 2),
    release(1, 0),
  ]),
  toy("reuse-awaits-every-core", shootdown.RootlessMachine, [
    ...TWO_CORES,
    { call: "space", id: 1 },
    close(0, 1),
  ]),
  toy("reuse-awaits-every-core", shootdown.WaysideMachine, [...ONE_CORE, map(0), release(1, 0)]),
  toy(
    "table-is-not-shown",
    mapping.SharingMachine,
    [SPACE, { call: "space", id: 1 }],
    "call-keeps-to-its-pages",
  ),
  toy("acknowledged-once", shootdown.RepeatingMachine, [
    ...TWO_CORES,
    map(0),
    release(1, 0),
    INTERRUPT_0,
  ]),
  toy(
    "acknowledged-when-forgotten",
    shootdown.LazyCoreMachine,
    [...ONE_CORE, map(0, 2), release(1, 0)],
    "reuse-awaits-every-core",
  ),
  toy("acknowledged-when-forgotten", shootdown.EagerMachine, [...ONE_CORE, map(0), release(1, 0)]),
  toy("acknowledged-when-forgotten", shootdown.SkippingMachine, [
    ...TWO_CORES,
    map(0),
    release(1, 0),
    INTERRUPT_1,
  ]),
  toy("acknowledged-when-forgotten", shootdown.CountingMachine, [
    ...TWO_CORES,
    map(0),
    release(1, 0),
    INTERRUPT_0,
  ]),
  toy(
    "round-awaits-every-core",
    shootdown.ImpatientMachine,
    [...TWO_CORES, map(0), release(1, 0)],
    "reuse-awaits-every-core",
  ),
  toy(
    "round-awaits-every-core",
    shootdown.CrowdedMachine,
    [
      ...TWO_CORES,
      map(0),
      map(1),
      release(2, 0),
      release(3, 1),
      INTERRUPT_1,
      { call: "step", of: 2 },
    ],
    "reuse-awaits-every-core",
  ),
  toy(
    "machine-call-returns",
    calling.ThrowingMachine,
    [SPACE, map(0, TOY_FRAMES)],
    "everything-comes-back",
  ),
  toy("operation-ends", shootdown.EndlessMachine, [...ONE_CORE, map(0), release(1, 0)]),
  toy(
    "refused-without-effect",
    allocating.ForgetfulMachine,
    [SPACE, map(0, TOY_FRAMES)],
    "everything-comes-back",
  ),
  toy("call-keeps-to-its-pages", calling.OverreachingMachine, [
    ...ONE_CORE,
    map(0),
    map(1),
    remap(2, 0, WRITE),
  ]),
  toy(
    "call-keeps-to-its-pages",
    calling.DuplicatingMachine,
    [...ONE_CORE, map(0, 2), { call: "split", of: 0, at: 1, first: 1, second: 2 }, release(3, 2)],
    "released-as-asked",
  ),
  toy("mapped-as-asked", calling.ContentMachine, [SPACE, map(0, TOY_FRAMES)]),
  toy("borrowed-as-asked", calling.ReversingMachine, [SPACE, map(0, 2), borrow(1, 0)]),
  toy("remapped-as-asked", mapping.StoppingShortMachine, [...ONE_CORE, map(0), remap(1, 0, WRITE)]),
  toy("remapped-as-asked", mapping.QuietMachine, [
    ...ONE_CORE,
    map(0, 1, WRITE),
    remap(1, 0, READ),
  ]),
  toy(
    "released-as-asked",
    allocating.HoardingMachine,
    [...ONE_CORE, map(0), release(1, 0)],
    "everything-comes-back",
  ),
  toy("mapping-cut-where-it-fits", calling.CarelessMachine, [
    SPACE,
    mapAt(0, 1, 1),
    mapAt(1, 3, 1),
    { call: "merge", id: 2, of: 0, with: 1 },
  ]),
  toy("access-is-told", calling.UnderstatingMachine, [...ONE_CORE, access(0, 1, "write")]),
  toy("machine-as-announced", mapping.LeakingRightsMachine, [SPACE, map(0), map(1, 1, WRITE)]),
  toy("machine-as-announced", mapping.PretendingMachine, [
    ...ONE_CORE,
    map(0, 2),
    remap(1, 0, WRITE),
  ]),
  toy("machine-as-announced", mapping.CleaningMachine, [
    ...ONE_CORE,
    map(0, 1, WRITE),
    access(0, 1, "write"),
    remap(1, 0, WRITE),
  ]),
  toy("machine-as-announced", mapping.GhostlyMachine, [
    ...ONE_CORE,
    map(0, 1, WRITE),
    access(0, 1, "write"),
    release(1, 0),
    { call: "space", id: 1 },
  ]),
  toy("everything-comes-back", calling.TableKeepingMachine, [...ONE_CORE, map(0), release(1, 0)]),
  toy(
    "released-as-asked",
    calling.RootKeepingMachine,
    [...ONE_CORE, { call: "space", id: 1 }, close(0, 1)],
    "everything-comes-back",
  ),
  toy("no-failure-sticks", calling.SulkingMachine, [SPACE, map(0, TOY_FRAMES), map(0)]),
];

/** Toys whose processor is wrong. */
const HARDWARE: readonly MachineToy[] = [
  toy(
    "mapping-is-there",
    hardware.RememberingCore,
    [...TWO_CORES, map(0), access(1, 1, "read"), release(1, 0), access(1, 1, "write")],
    "access-follows-translation",
  ),
  toy("translation-from-a-walk", hardware.ForwardCore, [
    ...ONE_CORE,
    map(0, 1, WRITE),
    access(0, 1, "read"),
  ]),
  toy("invalidation-forgets", hardware.StubbornCore, [
    ...ONE_CORE,
    map(0, 1, WRITE),
    access(0, 1, "write"),
    release(1, 0),
  ]),
  toy("invalidation-forgets", hardware.WayfaringCore, [
    ...ONE_CORE,
    map(0),
    access(0, 1, "read"),
    release(1, 0),
  ]),
  toy("access-follows-translation", hardware.IgnorantCore, [
    ...ONE_CORE,
    map(0),
    access(0, 1, "write"),
  ]),
  toy("access-follows-translation", hardware.UnmarkingCore, [
    ...ONE_CORE,
    map(0, 1, WRITE),
    access(0, 1, "write"),
  ]),
];

export const MACHINE_TOYS: readonly MachineToy[] = [...SOFTWARE, ...HARDWARE];

type MachineClass = new (listener: MoveListener, config: SubjectConfig) => MachineSubject;

function toy(
  rule: string,
  machine: MachineClass,
  calls: readonly MachineCall[],
  otherwise?: string,
): MachineToy {
  const make: MachineMaker = (listener, config) => new machine(listener, config);
  const name = machine.name.replaceAll(/\B[A-Z]/g, "-$&").toLowerCase();
  return { name, rule, make, calls, otherwise };
}
