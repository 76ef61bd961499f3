/** Of a browser's document, as much as the pages use: the compiler knows no browser here. */

export interface PageEvent {
  readonly key: string;
  readonly target: PageElement;
  readonly clientX: number;
  readonly clientY: number;
  readonly buttons: number;
  readonly pointerId: number;
  readonly altKey: boolean;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  preventDefault(): void;
}

export interface PageElement {
  readonly tagName: string;
  readonly clientWidth: number;
  readonly parentElement: PageElement | null;
  readonly dataset: Record<string, string | undefined>;
  textContent: string | null;
  className: string;
  hidden: boolean;
  value: string;
  max: string;
  disabled: boolean;
  width: number;
  height: number;
  readonly style: { height: string; width: string; marginLeft: string };
  append(...children: (PageElement | string)[]): void;
  replaceChildren(...children: (PageElement | string)[]): void;
  setAttribute(name: string, value: string): void;
  removeAttribute(name: string): void;
  addEventListener(kind: string, listener: (event: PageEvent) => void): void;
  querySelector(selector: string): PageElement | null;
  closest(selector: string): PageElement | null;
  focus(options?: { readonly preventScroll: boolean }): void;
  setPointerCapture(pointer: number): void;
  getBoundingClientRect(): { readonly left: number; readonly top: number };
  getContext(kind: "2d"): Brush | null;
  scrollTop: number;
  readonly offsetTop: number;
  readonly offsetHeight: number;
  readonly clientHeight: number;
}

export interface PageDocument {
  readonly documentElement: PageElement;
  getElementById(id: string): PageElement | null;
  createElement(tag: string): PageElement;
  addEventListener(kind: string, listener: (event: PageEvent) => void): void;
}

/** What draws on a canvas. */
export interface Brush {
  fillStyle: string;
  strokeStyle: string;
  lineWidth: number;
  font: string;
  textBaseline: string;
  textAlign: string;
  globalAlpha: number;
  setTransform(a: number, b: number, c: number, d: number, e: number, f: number): void;
  clearRect(x: number, y: number, width: number, height: number): void;
  fillRect(x: number, y: number, width: number, height: number): void;
  strokeRect(x: number, y: number, width: number, height: number): void;
  fillText(text: string, x: number, y: number): void;
  measureText(text: string): { readonly width: number };
  setLineDash(lengths: readonly number[]): void;
  beginPath(): void;
  moveTo(x: number, y: number): void;
  lineTo(x: number, y: number): void;
  stroke(): void;
  save(): void;
  restore(): void;
  rect(x: number, y: number, width: number, height: number): void;
  clip(): void;
}
