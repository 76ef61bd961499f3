/**
 * Writes a trace as one program in C11 that makes its calls, judges the answers by itself, and exits with
 * 1 if the rule is broken that the trace broke.
 *
 * The calls stand in a table, which is read back before the program is handed out.
 */
import type { Trace, TraceCall } from "#spec";
import { callText } from "../trace/call-text.ts";
import {
  ALIGN_OF_CALLOC,
  answers,
  CASES,
  type CKind,
  FOREIGN,
  FUNCTIONS,
  IS_TAKEN,
  JUDGE_ZEROES,
  MISUSE,
  ON_MISUSE,
} from "./c-calls.ts";
import { BLOCKS, catching, INCLUDES, RULES_OF_PLACING, SETTLING, VERDICTS } from "./c-program.ts";
import { type Language, type Reproducer, reasonOfOneHeap, reproducerOf } from "./reproducer.ts";
import { refuseUnsayable } from "./unsayable-trace.ts";

/** What `malloc` promises on machines of 64 bits; above it another function is asked. */
const ALIGN_OF_MALLOC = 16;
/** The least that it promises anywhere. */
const ALIGN_OF_ANY_MALLOC = 8;
const MISUSES: readonly CKind[] = ["DOUBLE_FREE", "FOREIGN_POINTER", "INTERIOR_POINTER"];

export const C_LANGUAGE: Language = {
  format: "c",
  checks: {
    "call-terminates": "every call returns within 10 seconds",
    "call-returns": "no call crashes, aborts or ends the program",
    "zero-size-as-promised": "the request of no bytes is answered as was promised",
    "block-in-extent": "every byte of a block can be used",
    "block-aligned": "a block starts at a multiple of its alignment",
    "live-blocks-disjoint": "no two live blocks have a byte in common",
    "usable-size-honest": "usable bytes are as many as asked for, and nobody else's",
    "refusal-justified": "the request that was refused there is granted",
    "reclaims-everything": "the request that was refused there is granted",
    "live-block-freeable": "free does not abort or crash on a live block",
    "misuse-rejected": "misuse ends the program on purpose: it aborts, traps or exits",
    "declined-without-effect": "a declined call leaves every byte of every live block as it was",
    "payload-intact": "every byte of every live block is the one that its owner wrote",
    "realloc-keeps-prefix": "a resized block begins with the bytes it had",
    "zeroed-is-zero": "every byte that calloc grants is zero",
  },
  reason: (call) => reasonOfOneHeap(call) ?? reasonOfC(call),
};

/** The program that makes the calls of `trace`; `prefix` is what the names of its allocator begin with. */
export function cText(trace: Trace, prefix = ""): { text: string; notes: readonly string[] } {
  const program = reproducerOf(trace, C_LANGUAGE);
  refuseUnsayable("c", program.calls, (call, index) => reasonOfAlign(program, call, index));
  const used = new Set(program.calls.map(cKind));
  const kinds = kindsOf(used);
  const isMisused = MISUSES.some((kind) => used.has(kind));
  const text = [
    commentOf(program),
    INCLUDES,
    settingsOf(program, prefix),
    ...kinds.map((kind) => FUNCTIONS[kind] ?? ""),
    tableOf(program, kinds),
    BLOCKS,
    VERDICTS,
    RULES_OF_PLACING,
    catching(crashRule(program), isMisused ? ON_MISUSE : ""),
    SETTLING,
    answers(
      onRefusal(program),
      onGrant(program, used),
      used.has("CALL_ALLOC_ZEROED") ? ALIGN_OF_CALLOC : "step->align",
    ),
    used.has("DOUBLE_FREE") ? IS_TAKEN : "",
    used.has("FOREIGN_POINTER") ? FOREIGN : "",
    isMisused ? MISUSE : "",
    makingOf(kinds),
    MAIN,
  ].join("");
  return { text, notes: program.notes };
}

function reasonOfC({ kind, misuse, align }: TraceCall): string | undefined {
  if (misuse === "wrong-layout") return "claims a layout, and free in C takes none";
  if (kind !== "allocZeroed" || align <= ALIGN_OF_MALLOC) return undefined;
  return "asks for zeroes at an alignment, and calloc in C takes none";
}

/** Where an alignment that was not kept is all that matters, it has to be one that C promises. */
function reasonOfAlign(
  { rule, judged, alignDefault }: Reproducer,
  { kind, size, align }: TraceCall,
  index: number,
): string | undefined {
  if (rule !== "block-aligned" || index !== judged || alignDefault > 1) return undefined;
  if (kind === "realloc") return "is to keep an alignment, which realloc in C does not";
  if (kind !== "allocZeroed" || size >= align) return undefined;
  return "asks for an alignment, and calloc in C takes none";
}

/** The kind of row that a call is. */
function cKind({ kind, misuse, align }: TraceCall): CKind {
  if (misuse === "double-free") return "DOUBLE_FREE";
  if (misuse === "foreign-pointer") return "FOREIGN_POINTER";
  if (misuse === "interior-pointer") return "INTERIOR_POINTER";
  if (kind === "alloc") return align > ALIGN_OF_ANY_MALLOC ? "CALL_ALLOC_ALIGNED" : "CALL_ALLOC";
  if (kind === "allocZeroed") return "CALL_ALLOC_ZEROED";
  if (kind === "realloc") return "CALL_REALLOC";
  return kind === "usableSize" ? "CALL_USABLE_SIZE" : "CALL_DEALLOC";
}

/** The kinds that the program knows, in the order of its table: those that are used, and two always. */
function kindsOf(used: ReadonlySet<CKind>): readonly CKind[] {
  const all: readonly CKind[] = [
    "CALL_ALLOC",
    "CALL_ALLOC_ALIGNED",
    "CALL_ALLOC_ZEROED",
    "CALL_REALLOC",
    "CALL_DEALLOC",
    "CALL_USABLE_SIZE",
    ...MISUSES,
  ];
  return all.filter((kind) => kind === "CALL_ALLOC" || kind === "CALL_DEALLOC" || used.has(kind));
}

function commentOf({ decides, checks, others, origin }: Reproducer): string {
  return `${[
    "/*",
    " * Makes the calls of one trace and judges the answers of the allocator, with nothing else installed.",
    " *",
    ...origin.map((line) => ` *     ${line}`),
    ...(origin.length === 0 ? [] : [" *"]),
    ` * ${decides}`,
    ...checks.map((line) => ` *     ${line}.`),
    ...others.map((line) => ` * ${line}`),
    " *",
    " *     cc -std=c11 this.c -o judged && ./judged             judges the malloc of the C library",
    " *     cc -std=c11 this.c -DPREFIX=mi_ -lmimalloc ...       judges mi_malloc, mi_free and so on",
    " *     cc -std=c11 this.c mine.c -DMALLOC=get -DFREE=put    judges single functions by their names",
    " *",
    " * Exit 1: broken. 0: kept. 2: another rule is broken first, so that this one says nothing.",
    " */",
  ].join("\n")}\n`;
}

function settingsOf(program: Reproducer, prefix: string): string {
  const { rule, calls, judged, alignDefault, blockCount, isSwept } = program;
  const isZeroJudged = calls[judged]?.size === 0 && rule === "live-blocks-disjoint";
  return `
#ifndef PREFIX
#define PREFIX${prefix === "" ? "" : ` ${prefix}`}
#endif
#ifndef CALL_SECONDS
#define CALL_SECONDS 10
#endif
/* What every block is aligned to, asked or not. */
#ifndef ALIGN_DEFAULT
#define ALIGN_DEFAULT ${alignDefault}
#endif
/* 1 if a block of no bytes has an address of its own. */
#ifndef ZERO_SIZE_BYTES
#define ZERO_SIZE_BYTES ${isZeroJudged ? 1 : 0}
#endif
/* 1 if every block is looked at after every call; else one of them, in turn. */
#ifndef SWEEPS
#define SWEEPS ${isSwept ? 1 : 0}
#endif
#define BLOCK_COUNT ${blockCount}

static const char RULE[] = "${rule ?? ""}";
`;
}

function tableOf({ calls }: Reproducer, kinds: readonly CKind[]): string {
  const first = kinds.find((kind) => MISUSES.includes(kind));
  const biggest = calls.reduce((most, { size, align }) => Math.max(most, size, align), 0);
  return `
enum kind { ${kinds.join(", ")}${first === undefined ? "" : `, FIRST_MISUSE = ${first}`} };

struct step {
    enum kind kind;
    size_t block;
    size_t size;
    size_t align;
    size_t offset;
    const char *text;
};
${biggest > 0xffff_ffff ? `\n_Static_assert(SIZE_MAX >= ${biggest}, "size_t is wide enough");\n` : ""}
static const struct step steps[] = {
${calls.map(rowOf).join("\n")}
};
`;
}

function rowOf(call: TraceCall): string {
  const { name, size, align, offset } = call;
  const fields = [cKind(call), Math.max(0, name), size, align, offset];
  return `    {${fields.join(", ")}, "${callText({ ...call, core: 0, entity: 0 })}"},`;
}

/** A free that does not return is how an allocator in C declines it. */
function crashRule({ rule }: Reproducer): string {
  const isFree = rule === "live-block-freeable";
  return isFree
    ? 'current->kind == CALL_DEALLOC ? "live-block-freeable" : "call-returns"'
    : '"call-returns"';
}

function onRefusal({ must, judged }: Reproducer): string {
  return must === "grant" ? `if (step == &steps[${judged}]) broken(RULE, "it is refused");` : "";
}

function onGrant({ must, judged }: Reproducer, used: ReadonlySet<CKind>): string {
  const refuse = `\n    if (step == &steps[${judged}]) broken(RULE, "it is granted");`;
  return (must === "refuse" ? refuse : "") + (used.has("CALL_ALLOC_ZEROED") ? JUDGE_ZEROES : "");
}

function makingOf(kinds: readonly CKind[]): string {
  const usable = kinds.includes("CALL_USABLE_SIZE") ? "\n    size_t usable;" : "";
  return `
static void make(const struct step *step) {
    struct block *block = &blocks[step->block];
    unsigned char *start;${usable}
    switch (step->kind) {${kinds.map((kind) => CASES[kind]).join("")}
    }
}
`;
}

const MAIN = `
int main(void) {
    watch();
    for (; current < steps + sizeof steps / sizeof steps[0]; current++) make(current);
    current--;
    for (size_t i = 0; i < live_count; i++) judge_own(live[i]);
    kept("every rule that is checked here is kept");
}
`;
