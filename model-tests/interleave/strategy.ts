/** Who moves next: a strategy makes one schedule after the other. */

export interface Strategy {
  /** Begins another schedule; false when there is none left. */
  begin(): boolean;
  /** One of `ready`, the cores that can move, of which there is at least one. */
  pick(ready: readonly number[]): number;
}
