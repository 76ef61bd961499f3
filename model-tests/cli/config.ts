/**
 * `ariadne.config.ts`, `.js` or `.json`: flags of `check` that a project always wants.
 *
 * It is looked for from the working directory upwards. Its keys are the flags, in the form that a
 * program writes them (`callTimeout: "2s"`); a flag that is typed wins over it.
 */
import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { pathToFileURL } from "node:url";
import type { Command } from "commander";
import { Thrown } from "../conformance/adapter.ts";
import { UsageError } from "./exit.ts";

/** The flags of `check`, each as it would be typed. */
export interface AriadneConfig {
  /** What is judged when nothing is named. */
  readonly subject?: string;
  readonly [flag: string]: string | number | boolean | readonly string[] | undefined;
}

/** Gives a configuration its type, and changes nothing. */
export function defineConfig(config: AriadneConfig): AriadneConfig {
  return config;
}

const NAMES = ["ariadne.config.ts", "ariadne.config.js", "ariadne.config.json"] as const;

/** The configuration at `given`, or the nearest one from `directory` upwards; empty if there is none. */
export async function loadConfig(
  directory: string,
  given: string | undefined,
): Promise<AriadneConfig> {
  const path = given === undefined ? nearest(directory) : join(directory, given);
  if (path === undefined) return {};
  if (!existsSync(path)) throw new UsageError(`there is no file ${given}`);
  try {
    const config: unknown = await read(path);
    if (typeof config === "object" && config !== null) return config as AriadneConfig;
  } catch (error) {
    throw new UsageError(`${path} could not be loaded: ${new Thrown(error).reason}`);
  }
  throw new UsageError(`${path} has no configuration: an object, as JSON or as the default export`);
}

/** Sets every option of `command` that `config` has and that was not typed. */
export function applyConfig(command: Command, config: AriadneConfig): void {
  for (const [key, value] of Object.entries(config)) {
    if (key === "subject" || value === undefined) continue;
    const option = command.options.find((candidate) => candidate.attributeName() === key);
    if (option === undefined)
      throw new UsageError(`the configuration has ${key}, which is no flag`);
    if (command.getOptionValueSource(key) === "cli") continue;

    const { parseArg } = option;
    const words = Array.isArray(value) ? value.map(String) : [String(value)];
    const parsed =
      typeof value === "boolean" || parseArg === undefined
        ? value
        : words.reduce<unknown>((earlier, word) => parseArg(word, earlier), undefined);
    command.setOptionValueWithSource(key, parsed, "config");
  }
}

function nearest(directory: string): string | undefined {
  for (const name of NAMES) {
    const path = join(directory, name);
    if (existsSync(path)) return path;
  }
  const parent = dirname(directory);
  return parent === directory ? undefined : nearest(parent);
}

async function read(path: string): Promise<unknown> {
  if (path.endsWith(".json")) return JSON.parse(await readFile(path, "utf8"));
  if (path.endsWith(".js")) return (await import(pathToFileURL(path).href)).default;

  const { createJiti } = await import("jiti");
  const loader = createJiti(import.meta.url, { fsCache: false });
  return await loader.import(path, { default: true });
}
