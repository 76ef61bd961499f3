/**
 * The script of a page as one text: the compiled modules that it is made of, each in a scope of its own,
 * those first that others import.
 *
 * The modules are ours, and the compiler writes them in one way: imports stand in lines of their own at
 * the top, and an export stands before what it exports. What is not so is refused.
 */
import { readFileSync } from "node:fs";
import { assert } from "#support";

/** The script that begins with the module `entry` of the folder `page`. */
export function pageScript(entry: string): string {
  const isSource = import.meta.url.endsWith(".ts");
  const up = isSource ? "../../dist/model-tests/report/page/" : "./page/";
  return joinedModules(new URL(`${up}${entry}.js`, import.meta.url).href, (address) => {
    return readFileSync(new URL(address), "utf8");
  });
}

/** The module at `entry` and all that it imports, as one script; `read` has the text at an address. */
export function joinedModules(entry: string, read: (address: string) => string): string {
  const names = new Map<string, string>();
  const scopes: string[] = [];
  const add = (address: string): string => {
    const known = names.get(address);
    if (known !== undefined) return known;
    const { imports, exported, code } = partsOf(read(address));
    const taken = imports.map(({ words, from }) => {
      return `const {${words}} = ${add(new URL(from, address).href)};\n`;
    });
    const name = `module${names.size}`;
    names.set(address, name);
    const all = exported.join(", ");
    scopes.push(`const ${name} = (() => {\n${taken.join("")}${code}return { ${all} };\n})();\n`);
    return name;
  };
  add(entry);
  const script = `"use strict";\n{\n${scopes.join("")}}\n`;
  assert(!/<\/script|<!--/i.test(script), "the script does not end its own element");
  return script;
}

const IMPORT = /^import \{([^}]*)\} from "([^"]+)";\n/gm;
const EXPORT = /^export (?=(?:class|(?:async )?function|const) (\w+))/gm;

function partsOf(text: string): {
  readonly imports: readonly { readonly words: string; readonly from: string }[];
  readonly exported: readonly string[];
  readonly code: string;
} {
  const plain = text.replaceAll(/^\/\/# sourceMappingURL=.*\n?/gm, "");
  const imports = [...plain.matchAll(IMPORT)].map(([, words = "", from = ""]) => ({
    words: words.replaceAll(" as ", ": "),
    from,
  }));
  const exported = [...plain.matchAll(EXPORT)].map(([, name = ""]) => name);
  const code = plain
    .replaceAll(IMPORT, "")
    .replaceAll(EXPORT, "")
    .replace(/^export \{\};\n?/m, "");
  assert(!/^(import|export) /m.test(code), "a module of a page imports and exports by name");
  return { imports, exported, code };
}
