/**
 * The parts of a reproducer in C11 that are the same for every trace, by what they are for.
 *
 * The program allocates nothing itself: it may share its `malloc` with what it judges. The functions of the
 * allocator are asked through volatile pointers, because compilers presume that the one of the C library
 * keeps the rules, and leave out what looks whether it does. A call that crashes, ends the program or never
 * comes back is caught by a signal on a stack of its own.
 */

/** What is included, and what is told of the machine. */
export const INCLUDES: string = `
#define _XOPEN_SOURCE 700
#include <signal.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define PASTED(prefix, name) prefix##name
#define NAMED(prefix, name) PASTED(prefix, name)
`;

/** The function of the allocator that plays `role`, `name` unless its user says otherwise. */
export function allocatorFunction(
  role: string,
  name: string,
  result: string,
  takes: string,
): string {
  return `
#ifndef ${role}
#define ${role} NAMED(PREFIX, ${name})
#endif
${result}${role}(${takes});
static ${result}(*volatile const ask_${role.toLowerCase()})(${takes}) = ${role};
`;
}

/** Blocks, and what their owner writes into them. */
export const BLOCKS: string = `
struct block {
    unsigned char *start;     /* also of a block that was freed */
    size_t size;
    size_t reach;             /* the bytes that nobody else may have */
    size_t seed;              /* what was written */
    const struct step *since; /* the call that placed it */
    size_t place;             /* among the live blocks */
    int is_live;
};

static struct block blocks[BLOCK_COUNT];
static struct block *live[BLOCK_COUNT];
static size_t live_count;
static const struct step *current = steps;
static const char *volatile touching = "payload-intact";
static volatile sig_atomic_t is_asking;
static volatile sig_atomic_t is_over;
static size_t seeds;

/* Of a block above 16 MiB both ends are used, of any other every byte. */
static size_t after(size_t index, size_t size) {
    const size_t end = (size_t)1 << 23;
    return index + 1 == end && size > 2 * end ? size - end : index + 1;
}

/* Never zero, and different in neighbouring blocks and places. */
static unsigned char written(size_t seed, size_t index) {
    return (unsigned char)(1 + (seed * 7 + index + (index >> 8) * 5) % 255);
}

static void enlist(struct block *block) {
    if (block->is_live) return;
    block->is_live = 1;
    block->place = live_count;
    live[live_count++] = block;
}

static void delist(struct block *block) {
    block->is_live = 0;
    live[block->place] = live[--live_count];
    live[block->place]->place = block->place;
}

static void fill(struct block *block) {
    volatile unsigned char *bytes = block->start;
    block->seed = ++seeds;
    /* The last byte first: what is beyond all memory ends here, before anything else is lost. */
    if (block->size > 0) bytes[block->size - 1] = 0;
    for (size_t i = 0; i < block->size; i = after(i, block->size)) {
        block->start[i] = written(block->seed, i);
    }
}

/* Whether the first bytes from start, so many, are those of the block. */
static int is_kept(const struct block *block, const unsigned char *start, size_t count) {
    for (size_t i = 0; i < count; i = after(i, block->size)) {
        if (start[i] != written(block->seed, i)) return 0;
    }
    return 1;
}
`;

/** The end of the program: what is said, and with which code. */
export const VERDICTS: string = String.raw`
static _Noreturn void finish(const char *text, int code) {
    is_over = 1;
    _exit(write(STDOUT_FILENO, text, strlen(text)) < 0 ? 3 : code);
}

/* Exit 1 if the rule is the one that decides, 2 if it is another. */
static _Noreturn void broken(const char *rule, const char *fact) {
    char text[512];
    const int is_decisive = RULE[0] == '\0' || strcmp(rule, RULE) == 0;
    snprintf(text, sizeof text, "%s: call %zu (%s) breaks %s: %s\n",
             is_decisive ? "reproduced" : "not decided, another rule is broken",
             (size_t)(current - steps) + 1, current->text, rule, fact);
    finish(text, is_decisive ? 1 : 2);
}

static _Noreturn void kept(const char *how) {
    char text[512];
    snprintf(text, sizeof text, "not reproduced: %s\n", how);
    finish(text, 0);
}
`;

/** What becomes of a call that does not return; `onMisuse` stands where one would be misuse. */
export function catching(crashRule: string, onMisuse: string): string {
  return `
static _Noreturn void lost(int is_declined, const char *how) {
    if (!is_asking) broken(touching, "a byte of a live block cannot be used");
    is_asking = 0;
    ${onMisuse}${onMisuse === "" ? "(void)is_declined;\n    " : ""}broken(${crashRule}, how);
}

static void on_signal(int number) {
    if (is_over) _exit(3);
    if (number == SIGALRM) broken("call-terminates", "it does not return");
    lost(number == SIGABRT || number == SIGILL || number == SIGTRAP,
         number == SIGABRT ? "it aborts" : "it crashes");
}

static void on_exit_of_allocator(void) {
    if (!is_over) lost(1, "it ends the program");
}

static void watch(void) {
    static char stack[65536];
    static const int numbers[] = {SIGSEGV, SIGBUS, SIGFPE, SIGILL, SIGABRT, SIGTRAP, SIGALRM};
    stack_t other = {0};
    struct sigaction action;
    other.ss_sp = stack;
    other.ss_size = sizeof stack;
    sigaltstack(&other, NULL);
    memset(&action, 0, sizeof action);
    action.sa_handler = on_signal;
    action.sa_flags = SA_ONSTACK;
    for (size_t i = 0; i < sizeof numbers / sizeof numbers[0]; i++) {
        sigaction(numbers[i], &action, NULL);
    }
    atexit(on_exit_of_allocator);
}

static void ask(void) {
    alarm(CALL_SECONDS);
    is_asking = 1;
}

static void answered(void) {
    is_asking = 0;
    alarm(0);
}
`;
}

/** The rules of a block that is placed, and of the bytes of all others. */
export const RULES_OF_PLACING: string = `
static void judge_apart(const struct block *own, const unsigned char *start, size_t count,
                        const char *rule) {
    const uintptr_t first = (uintptr_t)start;
    char fact[160];
    for (size_t i = 0; i < live_count; i++) {
        const struct block *other = live[i];
        const uintptr_t begin = (uintptr_t)other->start;
        if (other == own || first >= begin + other->reach) continue;
        if (begin >= first + count) continue;
        snprintf(fact, sizeof fact, "%zu bytes at %p have a byte of the block of call %zu", count,
                 (const void *)start, (size_t)(other->since - steps) + 1);
        broken(rule, fact);
    }
}

static void judge_place(const struct block *own, const unsigned char *start, size_t size,
                        size_t align) {
    const uintptr_t first = (uintptr_t)start;
    const size_t reach = size == 0 ? ZERO_SIZE_BYTES : size;
    char fact[160];
    if (reach == 0) return;
    if (size > UINTPTR_MAX - first) broken("block-in-extent", "it ends beyond the last address");
    if (align < ALIGN_DEFAULT) align = ALIGN_DEFAULT;
    if (first % align != 0) {
        snprintf(fact, sizeof fact, "%p is %zu above a multiple of %zu", (const void *)start,
                 (size_t)(first % align), align);
        broken("block-aligned", fact);
    }
    judge_apart(own, start, reach, "live-blocks-disjoint");
}

/* Whether the bytes of the live blocks but one are what their owner wrote. */
static void judge_bytes(const struct block *except, const char *rule) {
    static size_t turn;
    char fact[160];
    turn = turn + 1 < live_count ? turn + 1 : 0;
    for (size_t i = SWEEPS ? 0 : turn; i < live_count; i = SWEEPS ? i + 1 : live_count) {
        const struct block *block = live[i];
        if (block == except) continue;
        if (is_kept(block, block->start, block->size)) continue;
        snprintf(fact, sizeof fact, "%zu bytes at %p, placed by call %zu, have changed", block->size,
                 (void *)block->start, (size_t)(block->since - steps) + 1);
        broken(rule, fact);
    }
}

/* A block that is not swept is looked at before it goes. */
static void judge_own(const struct block *block) {
    if (!is_kept(block, block->start, block->size)) broken("payload-intact", "its bytes have changed");
}
`;

/** A request that is granted becomes a block. */
export const SETTLING: string = `
static void settle(struct block *block, unsigned char *start, const struct step *step) {
    block->start = start;
    block->size = step->size;
    block->reach = step->size == 0 ? ZERO_SIZE_BYTES : step->size;
    block->since = step;
    enlist(block);
    touching = "block-in-extent";
    fill(block);
    touching = "payload-intact";
}
`;
