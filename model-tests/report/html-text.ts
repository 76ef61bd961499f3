/** Texts as HTML: whatever a name, a path or a reason has in it stays a text. */

/** `text` where HTML has text or a quoted attribute; signs that HTML has no place for become another. */
export function escapedHtml(text: string): string {
  return text
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;")
    .replaceAll("'", "&#39;")
    .replaceAll(
      /[^\t\n\r\u{20}-\u{7e}\u{a0}-\u{d7ff}\u{e000}-\u{fffd}\u{10000}-\u{10ffff}]/gu,
      "\ufffd",
    );
}

/** Joins markup, escaping whatever is put into it; what `html` made itself is put in as it is. */
export function html(parts: TemplateStringsArray, ...values: readonly HtmlValue[]): Html {
  const texts = parts.map((part, index) => {
    return index < values.length ? `${part}${markupOf(values[index] ?? "")}` : part;
  });
  return new Html(texts.join(""));
}

type HtmlValue = string | number | Html | readonly (string | number | Html)[];

/** Markup in which every text is escaped. */
export class Html {
  readonly markup: string;

  /** Takes `markup` as it is: it must not have anything in it that came from outside. */
  constructor(markup: string) {
    this.markup = markup;
  }
}

function markupOf(value: HtmlValue): string {
  if (value instanceof Html) return value.markup;
  if (typeof value === "string" || typeof value === "number") return escapedHtml(String(value));
  return value.map(markupOf).join("");
}
