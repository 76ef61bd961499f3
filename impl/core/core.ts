/** A processor core: what it keeps of translations, and the address space that it is in. */
import type { CoreId } from "#units";
import type { Mmu } from "../memory/mmu.ts";
import type { AddressSpace } from "./address-space.ts";

export class Core {
  readonly id: CoreId;
  readonly mmu: Mmu;
  space: AddressSpace;

  constructor(id: CoreId, mmu: Mmu, space: AddressSpace) {
    this.id = id;
    this.mmu = mmu;
    this.space = space;
  }
}
