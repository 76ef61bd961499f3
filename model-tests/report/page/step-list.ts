/**
 * The list of the steps: a page of so many at a time, the one that the reader is at among them. Only
 * that one is a stop of the tab key; from there the arrows go on.
 */

import type { Film } from "../../film/film.ts";
import type { PageDocument, PageElement } from "./document.ts";
import { groupedText } from "./words.ts";

/** A page of the list has so many steps. */
export const STEPS_PER_PAGE = 200;

export class StepList {
  readonly #document: PageDocument;
  readonly #film: Film;
  readonly #onGo: (at: number) => void;
  readonly #list: PageElement;
  readonly #where: PageElement | null;
  #items: readonly PageElement[] = [];
  #page = -1;
  #current = -1;

  constructor(document: PageDocument, film: Film, onGo: (at: number) => void) {
    const list = document.getElementById("steps");
    if (list === null) throw new Error("the page has no list");
    this.#document = document;
    this.#film = film;
    this.#onGo = onGo;
    this.#list = list;
    this.#where = document.getElementById("listed");
    list.addEventListener("click", (event) => {
      const at = event.target.closest("button")?.dataset["at"];
      if (at !== undefined) this.#onGo(Number(at));
    });
  }

  has(element: PageElement): boolean {
    return element.closest("#steps") !== null;
  }

  /** Marks the step that was done last, of `at`. */
  show(at: number): void {
    const index = Math.max(0, at - 1);
    const page = Math.floor(index / STEPS_PER_PAGE);
    if (page !== this.#page) this.#turnTo(page);
    const first = this.#page * STEPS_PER_PAGE;
    const old = this.#items[this.#current - first];
    old?.removeAttribute("aria-current");
    old?.setAttribute("tabindex", "-1");
    this.#current = index;
    const item = this.#items[index - first];
    item?.setAttribute("tabindex", "0");
    if (at > 0) item?.setAttribute("aria-current", "step");
    if (item !== undefined) this.#reveal(item);
  }

  /** Lets the keys go to the step that is shown. */
  focus(): void {
    const first = this.#page * STEPS_PER_PAGE;
    this.#items[this.#current - first]?.focus({ preventScroll: true });
  }

  #turnTo(page: number): void {
    const { steps, before, fault } = this.#film;
    this.#page = page;
    this.#current = -1;
    const first = page * STEPS_PER_PAGE;
    const shown = steps.slice(first, first + STEPS_PER_PAGE);
    this.#items = shown.map(([call, answer], index) => {
      const at = first + index + 1;
      const isFault = fault !== undefined && at === steps.length;
      return this.#item(at, before + at, call, answer, isFault);
    });
    const rows = this.#items.map((button) => {
      const row = this.#document.createElement("li");
      row.append(button);
      return row;
    });
    this.#list.replaceChildren(...rows);
    if (this.#where === null || steps.length <= STEPS_PER_PAGE) return;
    const last = first + shown.length;
    const range = `${groupedText(before + first + 1)} to ${groupedText(before + last)}`;
    this.#where.textContent = `Calls ${range} of ${groupedText(before + steps.length)}; the others as you go there.`;
  }

  #item(at: number, number: number, call: string, answer: string, isFault: boolean): PageElement {
    const button = this.#document.createElement("button");
    button.setAttribute("type", "button");
    button.setAttribute("tabindex", "-1");
    button.dataset["at"] = String(at);
    button.className = isFault ? "step fault" : "step";
    const part = (name: string, text: string): PageElement => {
      const span = this.#document.createElement("span");
      span.className = name;
      span.textContent = text;
      return span;
    };
    button.append(part("number", groupedText(number)), part("call", call), part("answer", answer));
    return button;
  }

  #reveal({ parentElement }: PageElement): void {
    if (parentElement === null) return;
    const { offsetTop, offsetHeight } = parentElement;
    const list = this.#list;
    if (offsetTop < list.scrollTop) list.scrollTop = offsetTop;
    const bottom = offsetTop + offsetHeight;
    if (bottom > list.scrollTop + list.clientHeight) list.scrollTop = bottom - list.clientHeight;
  }
}
