/**
 * A page in one file: its style, its script and its data are in it, and it may load nothing else.
 *
 * The policy names the style and the script by their hashes, so that even a text that got into the page
 * as markup could not run, and nothing can be sent anywhere.
 */
import { createHash } from "node:crypto";
import { Html, html } from "./html-text.ts";
import { scriptJson } from "./script-json.ts";

export interface PageParts {
  readonly title: string;
  readonly style: string;
  readonly body: Html;
  readonly script?: string;
  /** What the script reads, by the id of its element. */
  readonly data?: Readonly<Record<string, unknown>>;
}

/** The text of the page. */
export function pageText({ title, style, body, script = "", data = {} }: PageParts): string {
  const rules = ["default-src 'none'", `style-src ${hashOf(style)}`, "base-uri 'none'"];
  if (script !== "") rules.push(`script-src ${hashOf(script)}`);
  const blocks = Object.entries(data).map(
    ([id, value]) =>
      html`<script type="application/json" id="${id}">${new Html(scriptJson(value))}</script>\n`,
  );
  const code = script === "" ? "" : html`<script>${new Html(script)}</script>\n`;
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${[...rules, "form-action 'none'"].join("; ")}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${title}</title>
<style>${new Html(style)}</style>
</head>
<body>
${body}
${blocks}${code}</body>
</html>
`.markup;
}

function hashOf(text: string): string {
  return `'sha256-${createHash("sha256").update(text).digest("base64")}'`;
}
