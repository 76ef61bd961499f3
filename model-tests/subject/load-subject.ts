/** From what a user typed to a subject: a built-in name, or the path of a module. */
import { existsSync } from "node:fs";
import { basename, isAbsolute, relative, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { Thrown } from "../conformance/adapter.ts";
import { BUILT_INS } from "./built-in.ts";
import { UnusableSubject } from "./contract.ts";
import type { Subject } from "./subject.ts";

/** Loads the subject that `reference` means when it is typed in the folder `directory`. */
export async function loadSubject(reference: string, directory: string): Promise<Subject> {
  const builtIn = BUILT_INS.find(({ name }) => name === reference);
  if (builtIn !== undefined) {
    try {
      return await builtIn.load();
    } catch (error) {
      const { needs } = builtIn;
      if (needs === undefined) throw error;
      throw new UnusableSubject(`${reference} wraps ${needs}, which is missing: npm i ${needs}`);
    }
  }
  if (!/[/\\]|\.[cm]?[jt]s$/.test(reference)) {
    const known = BUILT_INS.map(({ name }) => name).join(", ");
    throw new UnusableSubject(`"${reference}" is no built-in subject (${known}) and no path`);
  }
  return validated(await importModule(reference, directory), reference);
}

/** `reference` as it may stand in a file that travels: never absolute. */
export function portableReference(reference: string, directory: string): string {
  if (!isAbsolute(reference)) return reference;
  const path = relative(directory, reference);
  return path.startsWith("..") ? path : `./${path}`;
}

/** What the module at `reference` exports, whether it is written in JavaScript or TypeScript. */
export async function importModule(reference: string, directory: string): Promise<unknown> {
  const path = resolve(directory, reference);
  if (!existsSync(path)) throw new UnusableSubject(`there is no file ${reference}`);
  if (/\.(wasm|so|dylib)$/.test(path)) {
    throw new UnusableSubject(`${reference} is no JavaScript or TypeScript module`);
  }
  try {
    if (!/\.[cm]?ts$/.test(path)) return await import(pathToFileURL(path).href);

    const { createJiti } = await import("jiti");
    const loader = createJiti(import.meta.url, { fsCache: false, sourceMaps: true });
    return await loader.import(path);
  } catch (error) {
    throw new UnusableSubject(`${reference} could not be loaded: ${new Thrown(error).reason}`);
  }
}

function validated(module: unknown, reference: string): Subject {
  const exported = (module as { readonly default?: unknown } | null)?.default;
  if (typeof exported !== "object" || exported === null) {
    throw new UnusableSubject(`${reference} has no default export that is an object`);
  }
  const subject = exported as Partial<Subject>;
  if (typeof subject.create !== "function") {
    throw new UnusableSubject(`the default export of ${reference} has no method create`);
  }
  const name = subject.name ?? basename(reference).replace(/\.[cm]?[jt]s$/, "");
  return { ...subject, name, create: subject.create.bind(exported) };
}
