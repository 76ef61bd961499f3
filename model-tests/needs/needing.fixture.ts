/** How a test says in its title what it needs of the machine; it is skipped where there is no such thing. */
const NEED = /needs ([^:]+): /;

/** The beginning of a title, for a test that needs `what`: `needs rustc: `. */
export function needing(what: string): string {
  return `needs ${what}: `;
}

/** What the test of this title needs, if it needs anything. */
export function needOf(title: string): string | undefined {
  return NEED.exec(title)?.[1];
}
