/** Modules put together byte by byte, for what no compiler that is installed makes. */

const TEXT = new TextEncoder();
const HEADER = [0, 0x61, 0x73, 0x6d, 1, 0, 0, 0];

/** The module of these sections, each of which is its id and its entries. */
export function moduleBytes(
  ...sections: readonly (readonly [id: number, entries: readonly (readonly number[])[]])[]
): Uint8Array {
  const bytes = sections.flatMap(([id, entries]) => {
    const content = [entries.length, ...entries.flat()];
    return [id, content.length, ...content];
  });
  return new Uint8Array([...HEADER, ...bytes]);
}

/** A name as it stands in a module. */
export function nameBytes(name: string): readonly number[] {
  return [name.length, ...TEXT.encode(name)];
}
