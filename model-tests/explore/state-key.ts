/**
 * When two sequences of calls have led to the same place.
 *
 * They have if whatever is asked next is answered alike and judged alike. What the subject will answer,
 * its fingerprint says. What the judge goes by is written out: where the live blocks are and how they
 * were asked for, what could be freed twice, the first request, the bytes in use, who owns which page.
 * Blocks are listed by address and not by name, so heaps that differ in names alone are one.
 */
import type { Heap } from "../conformance/heap.ts";
import type { Session } from "../conformance/session.ts";
import { UnusableSubject } from "../subject/contract.ts";
import { deadLayouts } from "./dead-layouts.ts";

/** Whether states of this session's subject can be told apart, and so can be merged. */
export function hasKey(session: Session): boolean {
  return session.heaps.every(({ instance }) => instance.fingerprint !== undefined);
}

/** Equal for sessions with equal futures; `hasSwitched` says that a system has switched. */
export async function stateKey(session: Session, hasSwitched: boolean): Promise<string> {
  const parts = [hasSwitched ? "switched" : ""];
  for (const heap of session.heaps) {
    parts.push(await fingerprintOf(heap), viewOf(heap, session.promises.rejects ?? []));
  }
  return parts.join("\n");
}

async function fingerprintOf({ instance }: Heap): Promise<string> {
  const fingerprint = await instance.fingerprint?.();
  if (typeof fingerprint === "string") return fingerprint;
  const text = typeof fingerprint === "object" ? JSON.stringify(fingerprint) : undefined;
  if (fingerprint === undefined || fingerprint === null) {
    throw new UnusableSubject("fingerprint() answers nothing");
  }
  return text ?? String(fingerprint);
}

/** What the judge knows of one heap. */
function viewOf(heap: Heap, rejects: readonly string[]): string {
  const { index, state, instance } = heap;
  const blocks: string[] = [];
  index.forEach(({ block: { start, size, align, reach } }) => {
    const owner = instance.ownerOf === undefined ? "" : ` ${instance.ownerOf(start)}`;
    blocks.push(`${start} ${size} ${align} ${reach}${owner}`);
  });
  const dead = rejects.includes("double-free")
    ? deadLayouts(heap).map(({ start, size, align }) => `${start} ${size} ${align}`)
    : [];
  const extent = state.extent.map(({ start, size }) => `${start} ${size}`);
  const { first, requested } = state;
  const facts = [first === undefined ? "" : `${first.size} ${first.align}`, String(requested)];
  const pages = instance.pages === undefined ? "" : JSON.stringify(instance.pages());
  return [blocks.sort(), dead, extent, facts].map((list) => list.join(",")).join(";") + pages;
}
