/**
 * Which exports of a module are its allocator: the first family of names that is there, or the names that the
 * user gives.
 *
 * Names say what a function does, and the number of its parameters says how it is asked: the same `dealloc`
 * takes an address, or its size as well, or its alignment too.
 */
import { UnusableSubject } from "../subject/contract.ts";
import type { Promises } from "../subject/subject.ts";
import type { SubjectOptions } from "../subject/subject-options.ts";
import { type ModuleShape, type Signature, signatureText } from "./module-shape.ts";

export type FamilyName =
  | "c"
  | "rust"
  | "assemblyscript"
  | "assemblyscript-collected"
  | "wasm-bindgen"
  | "named";

/** What an exported function is for. */
export type Role = keyof typeof SHAPES;

/** A function that is exported, and how many numbers it takes. */
export interface ExportedCall {
  readonly name: string;
  readonly params: number;
}

export interface Allocator {
  readonly family: FamilyName;
  readonly calls: { readonly alloc: ExportedCall; readonly dealloc: ExportedCall } & {
    readonly [Key in Role]?: ExportedCall;
  };
  /** What would have other methods of a subject found. */
  readonly offering: Readonly<Record<string, string>>;
  /** No size is larger that can be said to its functions. */
  readonly sizeMax: number;
  readonly promises: Promises;
}

/** A size of C is a number without a sign; what else a function of another name takes may have one. */
const SIZE_MAX = 2 ** 32 - 1;
const SIGNED_MAX = 2 ** 31 - 1;

/** How many numbers the function of a role may take, and whether it answers one. */
const SHAPES = {
  alloc: { params: [1, 2], answers: true },
  dealloc: { params: [1, 2, 3], answers: false },
  realloc: { params: [2, 3, 4], answers: true },
  calloc: { params: [2], answers: true },
  memalign: { params: [2], answers: true },
  posixMemalign: { params: [3], answers: true },
  alignedAlloc: { params: [2], answers: true },
  usableSize: { params: [1], answers: true },
  pin: { params: [1], answers: false },
  collect: { params: [0], answers: false },
} as const;

type Names = { readonly [Key in Role]?: string };

interface Family {
  readonly family: FamilyName;
  readonly names: Names & { readonly alloc: string; readonly dealloc: string };
}

const FAMILIES: readonly Family[] = [
  {
    family: "c",
    names: {
      alloc: "malloc",
      dealloc: "free",
      realloc: "realloc",
      calloc: "calloc",
      memalign: "memalign",
      posixMemalign: "posix_memalign",
      alignedAlloc: "aligned_alloc",
      usableSize: "malloc_usable_size",
    },
  },
  { family: "rust", names: { alloc: "alloc", dealloc: "dealloc", realloc: "realloc" } },
  {
    family: "assemblyscript",
    names: { alloc: "__alloc", dealloc: "__free", realloc: "__realloc" },
  },
  {
    family: "assemblyscript-collected",
    names: { alloc: "__new", dealloc: "__unpin", pin: "__pin", collect: "__collect" },
  },
  {
    family: "wasm-bindgen",
    names: {
      alloc: "__wbindgen_malloc",
      dealloc: "__wbindgen_free",
      realloc: "__wbindgen_realloc",
    },
  },
];

/** Finds the allocator of a module of `shape`, or says why there is none. */
export function findAllocator(
  { functions }: Pick<ModuleShape, "functions">,
  options: SubjectOptions,
): Allocator {
  const { alloc, dealloc, realloc, prefix = "" } = options;
  if ((alloc === undefined) !== (dealloc === undefined)) {
    throw new UnusableSubject("--alloc and --dealloc belong together: one is of no use alone");
  }
  const known = FAMILIES.map((each) => prefixed(each, prefix));
  const family =
    alloc === undefined || dealloc === undefined
      ? known.find(({ names }) => isThere(names, functions))
      : (known.find(({ names }) => names.alloc === alloc && names.dealloc === dealloc) ??
        ({ family: "named", names: { alloc, dealloc } } as const));
  if (family === undefined) throw new UnusableSubject(noneText([...functions.keys()], prefix));

  const names: Names = realloc === undefined ? family.names : { ...family.names, realloc };
  const demanded = [alloc, dealloc, realloc];
  const call = (role: Role): ExportedCall | undefined => {
    const name = names[role];
    const signature = name === undefined ? undefined : functions.get(name);
    if (name !== undefined && signature !== undefined) return fitting(role, name, signature);
    if (name === undefined || !demanded.includes(name)) return undefined;
    throw new UnusableSubject(`it exports no function ${name}${likelyText([...functions.keys()])}`);
  };
  const found = Object.fromEntries(
    Object.keys(SHAPES).flatMap((role) => {
      const each = call(role as Role);
      return each === undefined ? [] : [[role, each]];
    }),
  ) as Allocator["calls"];
  const isNamed = prefix !== "" || family.family === "named" || realloc !== undefined;
  return {
    family: family.family,
    calls: found,
    sizeMax: isNamed ? SIGNED_MAX : SIZE_MAX,
    promises: promisesOf(family.family, found),
    offering: offeringOf(family, prefix),
  };
}

/** The promises of everybody who has such functions. */
function promisesOf(family: FamilyName, calls: Allocator["calls"]): Promises {
  const { alloc, memalign, posixMemalign, alignedAlloc } = calls;
  switch (family) {
    case "assemblyscript":
    case "assemblyscript-collected":
      // Its runtime aligns what it places to 16 bytes, and cannot be asked for more.
      return { alignDefault: 16, alignMax: 16, reallocKeepsAlign: true, zeroSize: "any" };
    case "c":
    case "rust":
    case "wasm-bindgen":
    case "named": {
      const takesAlign = alloc.params === 2;
      if (takesAlign) return { alignMax: 4096, reallocKeepsAlign: true, zeroSize: "any" };
      if (family !== "c") return { zeroSize: "any" };
      // Some C libraries align to 16 bytes, the smaller ones to 8.
      const canAlign = (memalign ?? posixMemalign ?? alignedAlloc) !== undefined;
      return { alignDefault: 8, alignMax: canAlign ? 4096 : 8, zeroSize: "any" };
    }
  }
}

/** The exports that are missing; what no family has an export for is left to a module of JavaScript. */
function offeringOf({ family, names }: Family, prefix: string): Allocator["offering"] {
  const wrapped = (method: string): string => `${method}, of a module that wraps this one`;
  const isOfC = family === "c";
  return {
    realloc: names.realloc === undefined ? "--realloc, and the name" : `export ${names.realloc}`,
    allocZeroed: isOfC ? `export ${prefix}calloc` : wrapped("allocZeroed(size, align) {}"),
    usableSize: isOfC ? `export ${prefix}malloc_usable_size` : wrapped("usableSize(address) {}"),
    used: wrapped("used() { return bytes; }"),
  };
}

function prefixed({ family, names }: Family, prefix: string): Family {
  const entries = Object.entries(names).map(([role, name]) => [role, `${prefix}${name}`]);
  return { family, names: Object.fromEntries(entries) as Family["names"] };
}

function isThere({ alloc, dealloc, pin }: Names, functions: ModuleShape["functions"]): boolean {
  return [alloc, dealloc, pin].every((name) => name === undefined || functions.has(name));
}

function fitting(role: Role, name: string, signature: Signature): ExportedCall {
  const { params, results } = signature;
  const shape = SHAPES[role];
  const isNarrow = [...params, ...results].every((type) => type === "i32");
  const isFitting =
    isNarrow &&
    shape.params.some((count) => count === params.length) &&
    (!shape.answers || results.length === 1);
  if (isFitting) return { name, params: params.length };
  throw new UnusableSubject(
    `its ${name} is a function ${signatureText(signature)}; ` +
      `to be asked it has to take ${shape.params.join(" or ")} numbers of 32 bits` +
      (shape.answers ? " and answer one" : ""),
  );
}

const LIKELY = /alloc|free|__new|unpin|release|_new$/i;
const LIKELY_MAX = 8;

function noneText(names: readonly string[], prefix: string): string {
  const families = FAMILIES.map(({ names: { alloc, dealloc, pin } }) =>
    [alloc, ...(pin === undefined ? [] : [pin]), dealloc]
      .map((name) => `${prefix}${name}`)
      .join("/"),
  );
  return `it exports none of ${families.join(", ")}${likelyText(names)}`;
}

function likelyText(names: readonly string[]): string {
  const likely = names.filter((name) => LIKELY.test(name));
  const some = likely.slice(0, LIKELY_MAX).join(", ");
  const more = likely.length > LIKELY_MAX ? ` and ${likely.length - LIKELY_MAX} more` : "";
  return likely.length === 0
    ? "; its functions have other names, of which --alloc and --dealloc say those that are meant"
    : `; --alloc and --dealloc say which functions are meant, maybe of ${some}${more}`;
}
