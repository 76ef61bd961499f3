/** The script of a page that shows a trace: ties the film to the slider, the maps, the list and the keys. */

import type { Film } from "../../film/film.ts";
import { brushFor, type Colours, coloursFrom } from "./canvas.ts";
import type { PageDocument, PageElement, PageEvent } from "./document.ts";
import { heapScene } from "./heap-scene.ts";
import { machineScene } from "./machine-scene.ts";
import { addressAt, drawMap, type MapPlan, planMap } from "./map.ts";
import { Reel } from "./reel.ts";
import type { Scene } from "./scene.ts";
import { StepList } from "./step-list.ts";
import { drawNeedle, drawStrip } from "./strip.ts";
import { showTables } from "./tables.ts";
import { unpack } from "./unpack.ts";
import { positionText } from "./words.ts";

declare const document: PageDocument;
declare const window: {
  readonly devicePixelRatio: number;
  addEventListener(kind: string, listener: () => void): void;
};
declare function getComputedStyle(element: PageElement): {
  getPropertyValue(name: string): string;
};
declare function matchMedia(query: string): {
  addEventListener(kind: string, listener: () => void): void;
};
declare function requestAnimationFrame(draw: () => void): void;

const STRIP_HEIGHT = 132;
/** How wide the thumb of a slider is, about. */
const THUMB = 16;

class ShowPage {
  readonly #film: Film;
  readonly #reel: Reel;
  readonly #scene: Scene;
  readonly #list: StepList;
  #colours: Colours;
  #plan: MapPlan | undefined;
  #isDue = false;

  constructor(film: Film) {
    this.#film = film;
    this.#reel = new Reel(film);
    this.#scene = film.kind === "heap" ? heapScene(film) : machineScene(film);
    this.#list = new StepList(document, film, (at) => this.go(at));
    this.#colours = this.#readColours();
  }

  /** Shows the last step, and listens. */
  start(): void {
    const slider = elementOf("slider");
    slider.addEventListener("input", () => this.go(Number(slider.value)));
    for (const [id, aim] of this.#aims())
      elementOf(id).addEventListener("click", () => this.go(aim()));
    document.addEventListener("keydown", (event) => this.#onKey(event));
    this.#listenToStrip();
    this.#listenToMap();
    window.addEventListener("resize", () => this.#drawSoon());
    matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => {
      this.#colours = this.#readColours();
      this.#drawSoon();
    });
    this.go(this.#film.steps.length);
  }

  /** Goes to where `at` steps are done. */
  go(at: number): void {
    this.#reel.seek(at);
    const now = this.#reel.at;
    const text = positionText(this.#film, now);
    const slider = elementOf("slider");
    slider.value = String(now);
    slider.setAttribute("aria-valuetext", text);
    const isFault = this.#film.fault !== undefined && now === this.#film.steps.length;
    elementOf("now").textContent = text;
    elementOf("now").className = isFault ? "now fault" : "now";
    elementOf("summary").textContent = this.#scene.summary(this.#reel);
    for (const id of ["first", "previous"]) elementOf(id).disabled = now === 0;
    for (const id of ["next", "last"]) elementOf(id).disabled = now === this.#film.steps.length;
    this.#list.show(now);
    this.#drawSoon();
  }

  #aims(): readonly (readonly [string, () => number])[] {
    const { steps } = this.#film;
    return [
      ["first", () => 0],
      ["previous", () => this.#reel.at - 1],
      ["next", () => this.#reel.at + 1],
      ["last", () => steps.length],
    ];
  }

  /** The keys of a slider, wherever the reader is; what an element does with them itself goes first. */
  #onKey(event: PageEvent): void {
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    const { tagName } = event.target;
    if (tagName === "INPUT" || tagName === "SUMMARY") return;
    const page = Math.max(10, Math.round(this.#film.steps.length / 20));
    const aims: Readonly<Record<string, number>> = {
      ArrowLeft: this.#reel.at - 1,
      ArrowRight: this.#reel.at + 1,
      ...(this.#list.has(event.target)
        ? { ArrowUp: this.#reel.at - 1, ArrowDown: this.#reel.at + 1 }
        : {}),
      PageUp: this.#reel.at - page,
      PageDown: this.#reel.at + page,
      Home: 0,
      End: this.#film.steps.length,
    };
    const aim = aims[event.key];
    if (aim === undefined) return;
    event.preventDefault();
    const isInList = this.#list.has(event.target);
    this.go(aim);
    if (isInList) this.#list.focus();
  }

  #listenToStrip(): void {
    const strip = elementOf("strip");
    const follow = (event: PageEvent): void => {
      const { left } = strip.getBoundingClientRect();
      const share = (event.clientX - left) / Math.max(1, strip.clientWidth);
      this.go(Math.floor(share * (this.#film.steps.length + 1)));
    };
    strip.addEventListener("pointerdown", (event) => {
      strip.setPointerCapture(event.pointerId);
      follow(event);
    });
    strip.addEventListener("pointermove", (event) => {
      if (event.buttons > 0) follow(event);
    });
  }

  #listenToMap(): void {
    const map = elementOf("map");
    const line = elementOf("under");
    const usual = line.textContent;
    map.addEventListener("pointermove", (event) => {
      if (this.#plan === undefined) return;
      const { left, top } = map.getBoundingClientRect();
      const { rows, lineAt } = this.#scene;
      const found = addressAt(rows, this.#plan, event.clientX - left, event.clientY - top);
      line.textContent = found ? lineAt(this.#reel, found.space, found.address) : usual;
    });
    map.addEventListener("pointerleave", () => {
      line.textContent = usual;
    });
  }

  /** Draws once a frame at most, however fast the slider is. */
  #drawSoon(): void {
    if (this.#isDue) return;
    this.#isDue = true;
    requestAnimationFrame(() => {
      this.#isDue = false;
      this.#draw();
    });
  }

  #draw(): void {
    const reel = this.#reel;
    const { rows, fine, bars, pieces, bands, inside, tables, hasAddresses } = this.#scene;
    const colours = this.#colours;
    const density = window.devicePixelRatio;
    const strip = elementOf("strip");
    const wide = strip.clientWidth;
    const brush = brushFor(strip, wide, STRIP_HEIGHT, density);
    const view = { film: this.#film, rows: fine, bars, colours };
    this.#alignSlider(wide);
    if (brush !== undefined) {
      drawStrip(brush, view, wide, STRIP_HEIGHT);
      drawNeedle(brush, view, reel.at, wide, STRIP_HEIGHT);
    }
    const map = elementOf("map");
    const plan = planMap(rows, map.clientWidth, hasAddresses);
    this.#plan = plan;
    const mapBrush = brushFor(map, map.clientWidth, plan.height, density);
    if (mapBrush !== undefined) {
      const what = { pieces: pieces(reel), bands: bands(reel), inside: inside(reel) };
      drawMap(mapBrush, { rows, colours, hasAddresses, ...what }, plan);
    }
    showTables(document, elementOf("tables"), tables(reel));
  }

  /** The thumb of the slider stands below the line of the strip. */
  #alignSlider(wide: number): void {
    const { style } = elementOf("slider");
    const inset = Math.max(0, wide / (this.#film.steps.length + 1) / 2 - THUMB / 2);
    style.marginLeft = `${inset}px`;
    style.width = `${wide - 2 * inset}px`;
  }

  #readColours(): Colours {
    const style = getComputedStyle(document.documentElement);
    return coloursFrom((name) => style.getPropertyValue(name));
  }
}

function elementOf(id: string): PageElement {
  const element = document.getElementById(id);
  if (element === null) throw new Error(`the page has no ${id}`);
  return element;
}

unpack(elementOf("film").textContent ?? "").then((film) => new ShowPage(film).start());
