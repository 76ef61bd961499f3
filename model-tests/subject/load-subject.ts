/** From what a user typed to a subject: a built-in name, or the path of something that can be loaded. */
import { existsSync, readFileSync, statSync } from "node:fs";
import { basename, isAbsolute, relative, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { assert, unreachable } from "#support";
import { Thrown } from "../conformance/adapter.ts";
import { BUILT_INS } from "./built-in.ts";
import { UnusableSubject } from "./contract.ts";
import { promised } from "./promised.ts";
import type { Subject } from "./subject.ts";
import { kindOf } from "./subject-kind.ts";
import { NO_OPTIONS, type SubjectOptions } from "./subject-options.ts";

/** Loads the subject that `reference` and `options` mean when they are typed in the folder `directory`. */
export async function loadSubject(
  reference: string,
  directory: string,
  options: SubjectOptions = NO_OPTIONS,
): Promise<Subject> {
  return promised(await loaded(reference, directory, options), options);
}

async function loaded(
  reference: string,
  directory: string,
  options: SubjectOptions,
): Promise<Subject> {
  const kind = kindOf(reference, options);
  switch (kind) {
    case "built-in":
      demandNoNames(reference, options);
      return await loadBuiltIn(reference);
    case "wasm":
      return await loadModuleOfWasm(reference, directory, options);
    case "native":
      throw new UnusableSubject(
        `${reference} is a native library, which is judged in a process of its own: not here`,
      );
    case "module":
      demandNoNames(reference, options);
      return validated(await importModule(reference, directory), reference);
    case "stdio":
      demandNoNames(reference, options);
      return await (await import("../stdio/load-driver.ts")).loadDriver(reference, directory);
    case "unknown": {
      const known = BUILT_INS.map(({ name }) => name).join(", ");
      throw new UnusableSubject(`"${reference}" is no built-in subject (${known}) and no path`);
    }
    default:
      return unreachable(kind);
  }
}

async function loadBuiltIn(reference: string): Promise<Subject> {
  const builtIn = BUILT_INS.find(({ name }) => name === reference);
  assert(builtIn !== undefined, "a built-in subject is listed");
  try {
    return await builtIn.load();
  } catch (error) {
    const { needs } = builtIn;
    if (needs === undefined) throw error;
    throw new UnusableSubject(`${reference} wraps ${needs}, which is missing: npm i ${needs}`);
  }
}

async function loadModuleOfWasm(
  reference: string,
  directory: string,
  options: SubjectOptions,
): Promise<Subject> {
  const path = resolve(directory, reference);
  if (!existsSync(path)) throw new UnusableSubject(`there is no file ${reference}`);
  if (!statSync(path).isFile()) throw new UnusableSubject(`${reference} is no file`);
  if (options.alignDefault !== undefined && options.alignDefault < WASM_ALIGN_MIN) {
    throw new UnusableSubject(
      `${reference} is asked for ${WASM_ALIGN_MIN} bytes of alignment like for none: --align-default is that or more`,
    );
  }
  const { wasmSubject } = await import("../wasm/wasm-subject.ts");
  return wasmSubject(readFileSync(path), reference, options);
}

/** Up to this alignment the plain function of a WASM module is asked. */
const WASM_ALIGN_MIN = 8;

/** The methods of a module have names already, and it says itself what it promises. */
function demandNoNames(
  reference: string,
  { prefix, alloc, dealloc, realloc, alignDefault }: SubjectOptions,
): void {
  const named = { prefix, alloc, dealloc, realloc, "align-default": alignDefault };
  for (const [flag, name] of Object.entries(named)) {
    if (name === undefined) continue;
    throw new UnusableSubject(
      `${reference} is asked through its own methods: --${flag} is of WASM modules and native libraries`,
    );
  }
}

/**
 * `reference` as it may stand in a file that travels: never absolute. A command is nothing that lies
 * somewhere, and stands as it was typed.
 */
export function portableReference(
  reference: string,
  directory: string,
  { stdio }: SubjectOptions = NO_OPTIONS,
): string {
  if (stdio === true || !isAbsolute(reference)) return reference;
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
