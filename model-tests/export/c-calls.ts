/** The parts of a reproducer in C11 that make the calls: only those that its trace has. */
import { allocatorFunction } from "./c-program.ts";

/** The kinds of call that a program in C can make, as its table names them. */
export type CKind =
  | "CALL_ALLOC"
  | "CALL_ALLOC_ALIGNED"
  | "CALL_ALLOC_ZEROED"
  | "CALL_REALLOC"
  | "CALL_DEALLOC"
  | "CALL_USABLE_SIZE"
  | "DOUBLE_FREE"
  | "FOREIGN_POINTER"
  | "INTERIOR_POINTER";

/** The functions of the allocator that calls of `kind` need. */
export const FUNCTIONS: Readonly<Partial<Record<CKind, string>>> = {
  CALL_ALLOC: allocatorFunction("MALLOC", "malloc", "void *", "size_t"),
  CALL_ALLOC_ALIGNED: `
/* With -DALIGNED_ALLOC=name a function like the aligned_alloc of C11 is asked instead. */
#ifdef ALIGNED_ALLOC
void *ALIGNED_ALLOC(size_t, size_t);
static void *(*volatile const ask_aligned_alloc)(size_t, size_t) = ALIGNED_ALLOC;

static void *allocate_aligned(size_t align, size_t size) {
    const size_t rest = size % align; /* C11 wants a multiple. */
    return ask_aligned_alloc(align, rest == 0 ? size : size + (align - rest));
}
#else
#ifndef POSIX_MEMALIGN
#define POSIX_MEMALIGN NAMED(PREFIX, posix_memalign)
#endif
int POSIX_MEMALIGN(void **, size_t, size_t);
static int (*volatile const ask_posix_memalign)(void **, size_t, size_t) = POSIX_MEMALIGN;

static void *allocate_aligned(size_t align, size_t size) {
    void *start = NULL;
    return ask_posix_memalign(&start, align, size) == 0 ? start : NULL;
}
#endif
`,
  CALL_ALLOC_ZEROED: allocatorFunction("CALLOC", "calloc", "void *", "size_t, size_t"),
  CALL_REALLOC: allocatorFunction("REALLOC", "realloc", "void *", "void *, size_t"),
  CALL_DEALLOC: allocatorFunction("FREE", "free", "void ", "void *"),
  CALL_USABLE_SIZE: allocatorFunction("USABLE_SIZE", "malloc_usable_size", "size_t ", "void *"),
};

/** What follows when a request is refused or granted. */
export function answers(onRefusal: string, onGrant: string, align: string): string {
  return `
static void decline(const struct step *step) {
    ${onRefusal === "" ? "(void)step;" : onRefusal}
    judge_bytes(NULL, "declined-without-effect");
}

static void grant(const struct step *step, unsigned char *start) {
    struct block *block = &blocks[step->block];
    if (start == NULL) {
        decline(step);
        return;
    }
    judge_place(block, start, step->size, ${align});
    judge_bytes(block, "payload-intact");${onGrant}
    settle(block, start, step);
}
`;
}

/** Nobody can ask calloc for an alignment: it aligns for what fits into the block. */
export const ALIGN_OF_CALLOC: string =
  "step->kind == CALL_ALLOC_ZEROED && step->size < step->align ? 1 : step->align";

/** Looks at bytes that have to be zero, where a block is granted. */
export const JUDGE_ZEROES: string = `
    touching = "block-in-extent";
    for (size_t i = 0; step->kind == CALL_ALLOC_ZEROED && i < step->size; i = after(i, step->size)) {
        if (start[i] != 0) broken("zeroed-is-zero", "it has a byte that is not zero");
    }`;

/** The case of each kind of call. */
export const CASES: Readonly<Record<CKind, string>> = {
  CALL_ALLOC: `
    case CALL_ALLOC:
        if (block->is_live) return;
        ask();
        start = ask_malloc(step->size);
        answered();
        grant(step, start);
        return;`,
  CALL_ALLOC_ALIGNED: `
    case CALL_ALLOC_ALIGNED: /* malloc aligns for what fits into the block, and not beyond */
        if (block->is_live) return;
        ask();
        start = step->align > _Alignof(max_align_t) || step->align > step->size
                    ? allocate_aligned(step->align, step->size)
                    : ask_malloc(step->size);
        answered();
        grant(step, start);
        return;`,
  CALL_ALLOC_ZEROED: `
    case CALL_ALLOC_ZEROED:
        if (block->is_live) return;
        ask();
        start = ask_calloc(1, step->size);
        answered();
        grant(step, start);
        return;`,
  CALL_REALLOC: `
    case CALL_REALLOC:
        if (!block->is_live || block->size == 0 || step->size == 0) return;
        if (!SWEEPS) judge_own(block);
        ask();
        start = ask_realloc(block->start, step->size);
        answered();
        if (start == NULL) {
            decline(step);
            return;
        }
        judge_place(block, start, step->size, 1);
        judge_bytes(block, "payload-intact");
        touching = "block-in-extent";
        if (!is_kept(block, start, block->size < step->size ? block->size : step->size)) {
            broken("realloc-keeps-prefix", "a byte that it had has changed");
        }
        settle(block, start, step);
        return;`,
  CALL_DEALLOC: `
    case CALL_DEALLOC:
        if (!block->is_live) return;
        if (!SWEEPS) judge_own(block);
        ask();
        ask_free(block->start);
        answered();
        delist(block);
        judge_bytes(NULL, "payload-intact");
        return;`,
  CALL_USABLE_SIZE: `
    case CALL_USABLE_SIZE:
        if (!block->is_live || block->size == 0) return;
        ask();
        usable = ask_usable_size(block->start);
        answered();
        if (usable < block->size) broken("usable-size-honest", "fewer bytes than were asked for");
        judge_apart(block, block->start, usable, "usable-size-honest");
        block->reach = usable;
        judge_bytes(NULL, "payload-intact");
        return;`,
  DOUBLE_FREE: `
    case DOUBLE_FREE: /* An address that is live again is none. */
        if (block->since == NULL || block->is_live || is_taken(block->start)) return;
        misuse(block->start);
        return;`,
  FOREIGN_POINTER: `
    case FOREIGN_POINTER:
        misuse(foreign);
        return;`,
  INTERIOR_POINTER: `
    case INTERIOR_POINTER:
        if (!block->is_live || step->offset == 0 || step->offset >= block->size) return;
        misuse(block->start + step->offset);
        return;`,
};

/** What misuse needs: to be accepted is to break a rule. */
export const MISUSE: string = `
static void misuse(unsigned char *start) {
    ask();
    ask_free(start);
    answered();
    broken("misuse-rejected", "it is accepted");
}
`;

export const IS_TAKEN: string = `
static int is_taken(const unsigned char *start) {
    for (size_t i = 0; i < live_count; i++) {
        if ((uintptr_t)start - (uintptr_t)live[i]->start < live[i]->reach) return 1;
    }
    return 0;
}
`;

/** An address that no allocator has handed out. */
export const FOREIGN: string = `
static unsigned char foreign_bytes[64];
static unsigned char *volatile foreign = foreign_bytes + 16;
`;

/** Where a call of misuse ends that does not return. */
export const ON_MISUSE: string = `if (current->kind >= FIRST_MISUSE) {
        if (!is_declined) broken("misuse-rejected", "it crashes, and is not rejected");
        judge_bytes(NULL, "declined-without-effect");
        kept("the misuse is rejected");
    }
    `;
