/** The recorded traces that come with the project, as paths from the working directory. */
import { readdirSync } from "node:fs";
import { relative } from "node:path";
import { fileURLToPath } from "node:url";

/** Their paths, in the order of their names. */
export function shippedTraces(): readonly string[] {
  const isSource = import.meta.url.endsWith(".ts");
  const up = isSource ? "../traces/" : "../../../model-tests/traces/";
  const folder = fileURLToPath(new URL(up, import.meta.url));
  return readdirSync(folder)
    .filter((name) => name.endsWith(".calls.gz"))
    .sort()
    .map((name) => relative(process.cwd(), `${folder}${name}`));
}
