/**
 * Which functions of a library are its allocator. Two families are known: that of C, where a block is freed
 * by its address alone, and that of Rust's `GlobalAlloc`, where its size and alignment are said again.
 */
import { UnusableSubject } from "../subject/contract.ts";
import type { SubjectOptions } from "../subject/subject-options.ts";

export interface AllocatorFamily {
  readonly kind: "c" | "rust";
  readonly alloc: string;
  readonly dealloc: string;
  readonly realloc?: string;
  readonly allocZeroed?: string;
  /** The functions of C that take an alignment, of those that there are. */
  readonly aligned: readonly AlignedFunction[];
  readonly usableSize?: string;
}

export interface AlignedFunction {
  readonly name: string;
  readonly form: "aligned_alloc" | "memalign" | "posix_memalign";
}

const FORMS = ["posix_memalign", "memalign", "aligned_alloc"] as const;
/** What the names of well-known allocators begin with, where they do not stand in for those of C. */
const PREFIXES = ["", "mi_", "je_", "tc_", "rp", "sn_", "dl", "nedgcc_", "scalable_"];
const LISTED_MAX = 8;

/** The allocator among `functions`, as `options` say or as its names tell. */
export function allocatorFamily(
  reference: string,
  functions: ReadonlySet<string>,
  options: SubjectOptions,
): AllocatorFamily {
  const prefixes = options.prefix === undefined ? PREFIXES : [options.prefix];
  for (const prefix of prefixes) {
    const family = familyOf(functions, prefix, options);
    if (family !== undefined) return demandNamed(reference, functions, family, options);
  }
  const begun = options.prefix === undefined ? "" : ` that begin with ${options.prefix}`;
  throw new UnusableSubject(
    `${reference} exports no allocator, neither malloc and free nor alloc and dealloc${begun}; ` +
      lookalikes(functions),
  );
}

function familyOf(
  functions: ReadonlySet<string>,
  prefix: string,
  options: SubjectOptions,
): AllocatorFamily | undefined {
  const first = (...names: readonly string[]): string | undefined =>
    names.map((name) => `${prefix}${name}`).find((name) => functions.has(name));
  // What a function takes cannot be seen in a library: of one that was named, the promises say it.
  const isNamed = options.alloc !== undefined || options.dealloc !== undefined;
  const isRust = isNamed
    ? options.promises === "rust-global-alloc"
    : first("malloc") === undefined && first("dealloc") !== undefined;
  const alloc = options.alloc ?? first(isRust ? "alloc" : "malloc");
  const dealloc = options.dealloc ?? first(isRust ? "dealloc" : "free");
  if (alloc === undefined || dealloc === undefined) return undefined;

  const realloc = options.realloc ?? first("realloc");
  // Of functions that were named, nothing else is known to belong to them.
  const isWhole = !isNamed;
  const allocZeroed = isWhole ? first(isRust ? "alloc_zeroed" : "calloc") : undefined;
  const usableSize = isWhole ? first("malloc_usable_size", "usable_size") : undefined;
  const isUsed = realloc !== undefined && (isWhole || options.realloc !== undefined);
  return {
    kind: isRust ? "rust" : "c",
    alloc,
    dealloc,
    ...(isUsed ? { realloc } : {}),
    ...(allocZeroed === undefined ? {} : { allocZeroed }),
    ...(usableSize === undefined || isRust ? {} : { usableSize }),
    aligned: isRust || !isWhole ? [] : alignedFunctions(first),
  };
}

function alignedFunctions(first: (name: string) => string | undefined): readonly AlignedFunction[] {
  return FORMS.flatMap((form) => {
    const name = first(form);
    return name === undefined ? [] : [{ name, form }];
  });
}

/** What was named must be there. */
function demandNamed(
  reference: string,
  functions: ReadonlySet<string>,
  family: AllocatorFamily,
  { alloc, dealloc, realloc }: SubjectOptions,
): AllocatorFamily {
  for (const name of [alloc, dealloc, realloc]) {
    if (name === undefined || functions.has(name)) continue;
    throw new UnusableSubject(`${reference} exports no function ${name}; ${lookalikes(functions)}`);
  }
  return family;
}

/** What somebody may have meant: names that are not meant for others come last. */
function lookalikes(functions: ReadonlySet<string>): string {
  const isInner = (name: string): number => (name.startsWith("_") ? 1 : 0);
  const alike = [...functions]
    .filter((name) => /alloc|free/i.test(name))
    .sort((one, other) => isInner(one) - isInner(other) || (one < other ? -1 : 1));
  if (alike.length === 0) return "and nothing that looks like one";
  const more = alike.length > LISTED_MAX ? ` and ${alike.length - LISTED_MAX} more` : "";
  const listed = alike.slice(0, LISTED_MAX).join(", ");
  return `what looks like one is ${listed}${more}: --prefix, or --alloc and --dealloc, say which`;
}
