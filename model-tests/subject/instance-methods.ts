/** Every method that an instance may have, by name: for whoever stands between a subject and its user. */
import type { SubjectInstance } from "./subject.ts";

const METHODS: Readonly<Record<keyof SubjectInstance, true>> = {
  alloc: true,
  dealloc: true,
  realloc: true,
  allocZeroed: true,
  memory: true,
  extent: true,
  usableSize: true,
  used: true,
  fingerprint: true,
  switch: true,
  close: true,
  pages: true,
  changedPages: true,
  ownerOf: true,
  heapOf: true,
  deallocThrough: true,
  sections: true,
  costs: true,
  destroy: true,
};

const NAMES: readonly string[] = Object.keys(METHODS);

/**
 * The methods that `instance` has, each of which may be called on its own: they may come from a class, so a
 * copy of what an object itself has would lose them.
 */
export function boundMethods(instance: SubjectInstance): SubjectInstance {
  const bound: Record<string, unknown> = {};
  for (const name of NAMES) {
    const method: unknown = instance[name as keyof SubjectInstance];
    if (typeof method === "function") bound[name] = method.bind(instance);
  }
  return bound as object as SubjectInstance;
}
