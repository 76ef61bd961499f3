/** A canvas that is as sharp as its screen, and the colours that the page has in the light it is in. */
import type { Brush, PageElement } from "./document.ts";

/** What the page draws with; the names are those of the style's variables. */
export interface Colours {
  readonly paper: string;
  readonly hole: string;
  readonly line: string;
  readonly ink: string;
  readonly faint: string;
  readonly fault: string;
  readonly onTone: string;
  readonly tones: readonly string[];
}

/** Reads the colours, where `read` gives the value of a variable of the style. */
export function coloursFrom(read: (name: string) => string): Colours {
  const value = (name: string): string => read(`--${name}`).trim();
  return {
    paper: value("paper"),
    hole: value("hole"),
    line: value("line"),
    ink: value("ink"),
    faint: value("faint"),
    fault: value("fault"),
    onTone: value("on-tone"),
    tones: [0, 1, 2, 3, 4, 5].map((index) => value(`tone-${index}`)),
  };
}

/** The colour of whoever is number `owner`; whoever is nobody has none of their own. */
export function toneOf({ tones, faint }: Colours, owner: number): string {
  return owner < 0 ? faint : (tones[owner % tones.length] ?? faint);
}

/** A brush for `canvas`, made `width` by `height` points; undefined where there is nothing to draw on. */
export function brushFor(
  canvas: PageElement,
  width: number,
  height: number,
  density: number,
): Brush | undefined {
  canvas.width = Math.round(width * density);
  canvas.height = Math.round(height * density);
  canvas.style.height = `${height}px`;
  const brush = canvas.getContext("2d");
  if (brush === null) return undefined;
  brush.setTransform(density, 0, 0, density, 0, 0);
  brush.clearRect(0, 0, width, height);
  return brush;
}
