/** What the maps draw, as tables: for who reads, and for who cannot see a map. */
import type { PageDocument, PageElement } from "./document.ts";
import type { Table } from "./scene.ts";
import { groupedText } from "./words.ts";

/** A table shows so many rows, and how many it does not. */
const ROWS_MAX = 200;
/** A table that is longer is closed until it is opened. */
const OPEN_ROWS_MAX = 24;

/** Shows `tables` in `place`; which of them are open stays as it is. */
export function showTables(
  document: PageDocument,
  place: PageElement,
  tables: readonly Table[],
): void {
  for (const [index, table] of tables.entries()) {
    const id = `table-${index}`;
    const known = document.getElementById(id);
    const details = known ?? document.createElement("details");
    if (known === null) {
      details.setAttribute("id", id);
      if (table.count <= OPEN_ROWS_MAX) details.setAttribute("open", "");
      details.append(document.createElement("summary"), document.createElement("div"));
      place.append(details);
    }
    const [summary, body] = [details.querySelector("summary"), details.querySelector("div")];
    if (summary !== null) summary.textContent = table.title;
    body?.replaceChildren(table.count === 0 ? nothing(document) : tableOf(document, table));
    if (table.count <= ROWS_MAX) continue;
    const more = document.createElement("p");
    more.className = "more";
    more.textContent = `and ${groupedText(table.count - ROWS_MAX)} more, which are not listed`;
    body?.append(more);
  }
}

function nothing(document: PageDocument): PageElement {
  const line = document.createElement("p");
  line.className = "more";
  line.textContent = "none";
  return line;
}

function tableOf(document: PageDocument, { title, heads, count, row }: Table): PageElement {
  const table = document.createElement("table");
  table.setAttribute("aria-label", title);
  const head = document.createElement("tr");
  for (const text of heads) {
    const cell = document.createElement("th");
    cell.setAttribute("scope", "col");
    cell.textContent = text;
    head.append(cell);
  }
  const top = document.createElement("thead");
  top.append(head);
  const body = document.createElement("tbody");
  for (let index = 0; index < Math.min(count, ROWS_MAX); index++) {
    const line = document.createElement("tr");
    for (const text of row(index)) {
      const cell = document.createElement("td");
      cell.textContent = text;
      line.append(cell);
    }
    body.append(line);
  }
  table.append(top, body);
  return table;
}
