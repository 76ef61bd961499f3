/**
 * Writes a trace as one program in Rust that makes its calls through `GlobalAlloc`, judges the answers by
 * itself, and exits with 1 if the rule is broken that the trace broke.
 */
import type { Trace, TraceCall } from "#spec";
import { callText } from "../trace/call-text.ts";
import { type Language, type Reproducer, reasonOfOneHeap, reproducerOf } from "./reproducer.ts";
import { RUST_CALLS } from "./rust-calls.ts";
import { RUST_PROGRAM } from "./rust-program.ts";
import { UnsayableTrace } from "./unsayable-trace.ts";

const RUST_LANGUAGE: Language = {
  format: "rust",
  checks: {
    "call-terminates": "every call returns within 10 seconds",
    "call-returns": "no call crashes, panics, aborts or ends the program",
    "block-in-extent": "every byte of a block can be used",
    "block-aligned": "a block starts at a multiple of its alignment, also a resized one",
    "live-blocks-disjoint": "no two live blocks have a byte in common",
    "refusal-justified": "the request that was refused there is granted",
    "reclaims-everything": "the request that was refused there is granted",
    "live-block-freeable": "dealloc does not panic, abort or crash on a live block",
    "misuse-rejected": "misuse ends the program on purpose: it panics, aborts or exits",
    "declined-without-effect": "a declined call leaves every byte of every live block as it was",
    "payload-intact": "every byte of every live block is the one that its owner wrote",
    "realloc-keeps-prefix": "a resized block begins with the bytes it had",
    "zeroed-is-zero": "every byte that alloc_zeroed grants is zero",
  },
  reason: (call) => reasonOfOneHeap(call) ?? reasonOfRust(call),
};

/** The program that makes the calls of `trace`. */
export function rustText(trace: Trace): { text: string; notes: readonly string[] } {
  const program = reproducerOf(trace, RUST_LANGUAGE);
  const { rule, calls, notes } = program;
  if (rule === "declined-without-effect" && calls.at(-1)?.misuse !== "none") {
    throw new UnsayableTrace("as rust, what misuse leaves behind is not seen: it ends the program");
  }
  const text = [
    commentOf(program),
    settingsOf(program),
    tableOf(program),
    RUST_PROGRAM,
    RUST_CALLS,
  ].join("");
  return { text, notes };
}

function reasonOfRust({ kind, misuse, size }: TraceCall): string | undefined {
  if (kind === "usableSize") return "asks for the usable size, and GlobalAlloc does not know it";
  const isAsking = kind === "alloc" || kind === "allocZeroed";
  if (misuse !== "none" || !isAsking || size > 0) return undefined;
  return "asks for no bytes, which GlobalAlloc may not be asked for";
}

function commentOf({ decides, checks, others, origin }: Reproducer): string {
  return `${[
    "// Makes the calls of one trace and judges the answers of an allocator, with nothing else installed.",
    "//",
    ...origin.map((line) => `//     ${line}`),
    ...(origin.length === 0 ? [] : ["//"]),
    `// ${decides}`,
    ...checks.map((line) => `//     ${line}.`),
    ...others.map((line) => `// ${line}`),
    "//",
    "//     rustc this.rs -o judged && ./judged",
    "//",
    "// Exit 1: broken. 0: kept. 2: another rule is broken first, so that this one says nothing.",
  ].join("\n")}\n`;
}

function settingsOf(program: Reproducer): string {
  const { rule, judged, alignDefault, blockCount, isSwept, must } = program;
  return `
// Which of the calls below are made depends on the trace.
#![allow(dead_code)]

use std::alloc::{GlobalAlloc, Layout};
use std::env;
use std::hint::black_box;
use std::io::{BufRead, BufReader};
use std::process::{self, Command, ExitStatus, Stdio};
use std::sync::mpsc;
use std::thread;
use std::time::Duration;

// The allocator to judge. Put your own here: its type, and a value of it.
type Judged = std::alloc::System;
static JUDGED: Judged = std::alloc::System;

const RULE: &'static str = "${rule ?? ""}";
const CALL_LIMIT: Duration = Duration::from_secs(10);
/// What every block is aligned to, asked or not.
const ALIGN_DEFAULT: usize = ${alignDefault};
/// The call that has to be granted, counted from 0.
const MUST_GRANT: Option<usize> = ${must === "grant" ? `Some(${judged})` : "None"};
/// Whether every block is looked at after every call; else one of them, in turn.
const SWEEPS: bool = ${isSwept};
const BLOCK_COUNT: usize = ${blockCount};
`;
}

function tableOf({ calls }: Reproducer): string {
  return `
static STEPS: &'static [Step] = &[
${calls.map(rowOf).join("\n")}
];
`;
}

function rowOf(call: TraceCall): string {
  const { name, size, align, offset } = call;
  const fields = [`Kind::${rustKind(call)}`, Math.max(0, name), size, align, offset];
  return `    step(${fields.join(", ")}, "${callText({ ...call, core: 0, entity: 0 })}"),`;
}

function rustKind({ kind, misuse }: TraceCall): string {
  const word = misuse === "none" ? kind : misuse;
  return word.replace(/(?:^|-)(\w)/g, (_, letter: string) => letter.toUpperCase());
}
