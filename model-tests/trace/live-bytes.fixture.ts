import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";

setFlagsFromString("--expose-gc");
const collect = runInNewContext("gc") as () => void;

/** The bytes of the engine's heap that something still refers to: garbage is collected before they are counted. */
export function liveBytes(): number {
  collect();
  return process.memoryUsage().heapUsed;
}
