/** Everything that a module imports, provided: memory, tables, known functions, and stand-ins for the others. */
import { unreachable } from "#support";
import { UnusableSubject } from "../subject/contract.ts";
import { ENGINE, type Imports, type WasmMemory } from "./engine.ts";
import { knownImport } from "./known-imports.ts";
import { pagesMax } from "./limited-module.ts";
import type { ImportShape, Limits } from "./module-shape.ts";
import type { Outside } from "./outside.ts";

export interface Provided {
  readonly imports: Imports;
  /** The memory that is among them, the first one if there are several. */
  readonly memory: WasmMemory | undefined;
}

/** Throws a sentence if one of `shapes` is something that nobody but the module's own program has. */
export function demandProvidable(shapes: readonly ImportShape[]): void {
  const other = shapes.find(({ kind }) => kind === "global" || kind === "tag");
  if (other === undefined) return;
  const { kind, module, name } = other;
  throw new UnusableSubject(
    `it imports the ${kind} ${module}.${name}, which only another part of its program has`,
  );
}

/** What stands for the imports `shapes`, where memories may grow by `growth` pages. */
export function provideImports(
  shapes: readonly ImportShape[],
  outside: Outside,
  growth: number,
): Provided {
  // A module may choose any names, and those of what all objects have as well.
  const imports: Record<string, Record<string, unknown>> = Object.create(null);
  let first: WasmMemory | undefined;
  for (const shape of shapes) {
    const { module, name, kind } = shape;
    const place: Record<string, unknown> = imports[module] ?? Object.create(null);
    imports[module] = place;
    switch (kind) {
      case "function":
        place[name] = functionFor(shape, outside);
        break;
      case "memory": {
        const memory = memoryFor(shape.limits, growth);
        first ??= memory;
        place[name] = memory;
        break;
      }
      case "table": {
        const { initial, maximum } = shape.limits;
        const atMost = maximum === undefined ? {} : { maximum };
        place[name] = new ENGINE.Table({ initial, ...atMost, element: shape.element });
        break;
      }
      case "global":
      case "tag":
        break;
      default:
        unreachable(shape);
    }
  }
  return { imports, memory: first };
}

function memoryFor(limits: Limits, growth: number): WasmMemory {
  const maximum = pagesMax(limits, growth);
  return new ENGINE.Memory({ initial: limits.initial, maximum, shared: limits.isShared });
}

function functionFor(
  { module, name, signature }: ImportShape & { readonly kind: "function" },
  outside: Outside,
): (...args: number[]) => unknown {
  const known = knownImport(module, name);
  if (known !== undefined) return (...args) => known(outside, ...args);

  const isWide = signature.results.includes("i64");
  return () => {
    outside.standIn(`${module}.${name}`);
    if (isWide) throw new TypeError("an answer of 64 bits is expected");
    return signature.results.length > 1 ? signature.results.map(() => 0) : 0;
  };
}
