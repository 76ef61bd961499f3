/** Compiles AssemblyScript where it is tested, so that no module is kept whose source is elsewhere. */
import { compileString } from "assemblyscript/asc";

/** The module that `source` compiles to with `options`, which are those of its command line. */
export async function assembled(
  source: string,
  options: Readonly<Record<string, string | boolean>>,
): Promise<Uint8Array> {
  const { error, stderr, binary } = await compileString({ "input.ts": source }, options);
  if (error !== null || binary === null) throw new Error(stderr.toString());
  return binary;
}
