/** The situations worth reaching in the heap of one key. */
export const ZONE_MARKS: readonly string[] = [
  "zone.class-exchanged",
  "zone.page-emptied",
  "zone.page-filled",
  "zone.page-has-room-again",
  "zone.page-kept",
  "zone.kept-page-emptied",
];
