/**
 * Theorems that are stated in a test: a text with a function `stated`, read as if it stood beside the
 * obligations. All texts of a table are added at once, since the compiler begins anew after each.
 */
import type { FunctionDeclaration, SourceFile } from "ts-morph";
import { solve } from "../solver/z3.ts";
import { loadSource, ROOT } from "../source.ts";
import { type Case, obligationText } from "./theorem.ts";

const IMPORTS = `
  import { assert, DEAF, type FiniteMap, finiteMap, unreachable } from "#support";
  import { type Address, type Alignment, type BlockName, type ByteCount, interval } from "#units";
  import { assume } from "./assume.ts";
`;

/** The text of a theorem over `parameters`, with what stands `before` it in the file. */
export function given(parameters: string, body: string, before = ""): string {
  return `${before} export function stated(${parameters}): boolean { ${body} }`;
}

/** The text of a theorem of bits. */
export function givenBits(parameters: string, body: string, before = ""): string {
  return `${before}\n/** @mode bits */\nexport function stated(${parameters}): boolean { ${body} }`;
}

/** A table of titles and texts, with the theorem of each. */
export class StatedTheorems {
  readonly #files = new Map<string, SourceFile>();

  constructor(name: string, texts: readonly string[]) {
    for (const [index, text] of texts.entries()) {
      const path = `${ROOT}proofs/obligations/stated-${name}-${index}.ts`;
      this.#files.set(text, loadSource().createSourceFile(path, `${IMPORTS}${text}`));
    }
  }

  /** The theorem that `text` states. */
  theorem(text: string): FunctionDeclaration {
    const file = this.#files.get(text);
    if (file === undefined) throw new Error("only a text of the table is a theorem");
    return file.getFunctionOrThrow("stated");
  }

  /** Whether the theorem of `text` has a counterexample. */
  async verdictOn(text: string, fixed: Case = {}): Promise<string> {
    return (await solve(obligationText(this.theorem(text), { fixed }))).kind;
  }

  /** Takes the texts out of the project again. */
  remove(): void {
    for (const file of this.#files.values()) loadSource().removeSourceFile(file);
  }
}
