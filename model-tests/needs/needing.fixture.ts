/** How a test says in its title what it needs of the machine; it is skipped where there is no such thing. */
const NEED = /(?<=^| > |: )needs ([^:]+): /g;

/** The beginning of a title, for a test that needs `what`: `needs rustc: `. */
export function needing(what: string): string {
  return `needs ${what}: `;
}

/** All that the test of this title needs. */
export function needsOf(title: string): readonly string[] {
  return [...title.matchAll(NEED)].map(([, need = ""]) => need);
}
