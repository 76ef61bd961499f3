/**
 * Whoever watches is handed in.
 *
 * Code says that it reached a situation worth reaching; what that is good for (coverage, a required
 * mark, a witness) is the watcher's business. Without a watcher the word costs one empty call.
 */

/** Is told the name of every situation that is reached. */
export interface Observer {
  reached(name: string): void;
}

/** Hears nothing. */
export const DEAF: Observer = { reached: () => {} };
