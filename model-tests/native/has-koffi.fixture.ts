/** Whether native libraries can be called here; npm may have left out the package that does it. */
import { loadKoffi } from "./load-koffi.ts";

export const HAS_KOFFI: boolean = await loadKoffi().then(
  () => true,
  () => false,
);
