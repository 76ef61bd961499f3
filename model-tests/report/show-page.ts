/** The page of a trace: the verdict in words, and the heap or the machine at every step. */
import { FILMED_STEPS_MAX, type Film } from "../film/film.ts";
import { shellWord } from "../subject/shell-word.ts";
import { type SubjectOptions, subjectText } from "../subject/subject-options.ts";
import { grouped } from "./check-text.ts";
import { type Html, html } from "./html-text.ts";
import { packedFilm } from "./packed-film.ts";
import { FRAME_USES } from "./page/machine-scene.ts";
import { pageScript } from "./page-script.ts";
import { pageText } from "./page-shell.ts";
import { PAGE_STYLE } from "./page-style.ts";
import { SHOW_STYLE } from "./show-style.ts";

/** What is known of a trace beside its film. */
export interface ShownFacts {
  /** What loads the subject, and its name. */
  readonly subject: string | undefined;
  /** What else loads it. */
  readonly options?: SubjectOptions;
  readonly name: string | undefined;
  readonly path: string | undefined;
  readonly seed: string | undefined;
  readonly conditions: string;
  /** How many calls the trace has. */
  readonly calls: number;
  readonly source: "subject" | "recorded answers";
}

/** The page, and how many calls it lists. */
export function showPage(
  facts: ShownFacts,
  whole: Film,
): { readonly html: string; readonly listed: number } {
  const { film, data } = packedFilm(whole);
  const { name = "a trace" } = facts;
  const verdict = film.fault === undefined ? "no rule broken" : film.fault.rule;
  const text = pageText({
    title: `${verdict} – ${name}`,
    style: `${PAGE_STYLE}${SHOW_STYLE}`,
    body: bodyOf(facts, film),
    script: pageScript("show-script"),
    data: { film: data },
  });
  return { html: text, listed: film.steps.length };
}

function bodyOf(facts: ShownFacts, film: Film): Html {
  return html`<main>
${headerOf(facts, film)}
${noticesOf(facts, film)}
<noscript><p class="notice">The map and the list of steps need the script of this page, which is in it and loads nothing.</p></noscript>
<section class="time" aria-label="All steps">
<h2>${film.kind === "heap" ? "The heap over time" : "The frames over time"}</h2>
<canvas id="strip" aria-hidden="true"></canvas>
<input id="slider" type="range" min="0" max="${film.steps.length}" step="1" value="${film.steps.length}" aria-label="Step" aria-describedby="keys">
<div class="controls">
<div class="buttons" role="group" aria-label="Go to">
<button id="first" type="button" aria-label="Before the first step">|‹</button><button id="previous" type="button" aria-label="Previous step">‹</button><button id="next" type="button" aria-label="Next step">›</button><button id="last" type="button" aria-label="${film.fault === undefined ? "Last step" : "Offending step"}">›|</button>
</div>
<output id="now" class="now" for="slider" aria-live="polite"></output>
</div>
<p id="keys" class="keys"><kbd>←</kbd> <kbd>→</kbd> a step, <kbd>Page Up</kbd> <kbd>Page Down</kbd> many, <kbd>Home</kbd> <kbd>End</kbd> the first and the last</p>
</section>
<div class="columns">
<section class="memory" aria-label="Memory at this step">
<h2>${film.kind === "heap" ? "Memory at this step" : "Frames at this step"}</h2>
<p id="summary" class="summary"></p>
<canvas id="map" role="img" aria-label="A map of memory; the tables below say the same"></canvas>
<p id="under" class="under">${legendOf(film)}</p>
</section>
<section class="calls" aria-label="Steps">
<h2>Calls</h2>
<ol id="steps" class="${film.before + film.steps.length > 999 ? "many" : "few"}"></ol>
<p id="listed" class="listed"></p>
</section>
</div>
<section id="tables" class="tables" aria-label="What there is at this step"></section>
${reproduceOf(facts)}
</main>`;
}

function headerOf({ name, subject, path, seed, conditions, calls }: ShownFacts, film: Film): Html {
  const { fault, kind } = film;
  const judged = kind === "heap" ? "a trace of a heap" : "a trace of a machine";
  const origin = [
    name ?? subject ?? "unknown subject",
    `${grouped(calls)} ${calls === 1 ? "call" : "calls"}`,
    conditions,
    ...(seed === undefined ? [] : [`seed ${seed}`]),
    ...(path === undefined ? [] : [path]),
  ];
  const facts = (fault?.facts ?? []).map((fact) => html`<li>${fact}</li>\n`);
  return html`<header>
<p class="brand">Ariadne <span>${judged}</span></p>
${
  fault === undefined
    ? html`<h1 class="verdict held">No rule broken</h1>`
    : html`<h1 class="verdict broken"><span class="word">broken</span> ${fault.rule}</h1>
<p class="sentence">${sentenceText(fault.sentence)}</p>`
}
<ul class="facts">
${facts}</ul>
<p class="origin">${origin.map((text) => html`<span>${text}</span> `)}</p>
</header>`;
}

/** What the page does not show, each in a sentence. */
function noticesOf({ source, calls }: ShownFacts, film: Film): readonly Html[] {
  const { before, untold, steps, fault } = film;
  const notices: string[] = [];
  if (source === "recorded answers") {
    notices.push(
      "No subject was asked: blocks are where the recorded answers say. Nothing here was judged again.",
    );
  }
  if (before > 0) {
    const why = before + steps.length > FILMED_STEPS_MAX ? "" : ", so that the page stays small";
    notices.push(
      `The first ${grouped(before)} of ${grouped(calls)} calls are not listed${why}; the map begins with what they left.`,
    );
  }
  const behind = calls - before - steps.length;
  if (behind > 0) {
    const noun = behind === 1 ? "call" : "calls";
    const reason = fault === undefined ? "were not made" : "come after the broken rule";
    notices.push(`${grouped(behind)} ${noun} of the trace ${reason} and are not shown.`);
  }
  if (untold > 0) {
    notices.push(
      `${grouped(untold)} things that lie far from the last call are not drawn: there is no room for them.`,
    );
  }
  return notices.map((text) => html`<p class="notice">${text}</p>\n`);
}

/** What the colours mean. */
function legendOf({ kind, base, steps }: Film): Html {
  if (kind === "machine") {
    return html`${FRAME_USES.map((use, index) => html`<span class="key tone-${index}">${use}</span> `)}`;
  }
  const owners = new Set<number>();
  for (const [thing, , , , , owner] of base) if (thing === 0) owners.add(Number(owner));
  for (const [, , ...changes] of steps) {
    for (const [thing, , , , , owner] of changes) if (thing === 0) owners.add(Number(owner));
  }
  const known = [...owners].filter((owner) => owner >= 0).sort((one, other) => one - other);
  if (known.length < 2) return html`Point at the map to see what lies there.`;
  const keys = known.slice(0, 12).map((owner) => {
    return html`<span class="key tone-${owner % 6}">owner ${owner}</span> `;
  });
  return html`${keys}`;
}

function reproduceOf({ path, subject, options, source }: ShownFacts): Html {
  if (path === undefined) return html``;
  const named = subject === undefined ? "" : ` ${subjectText(subject, options)}`;
  const command = `npx ariadne replay ${shellWord(path)}${named}`;
  const label = source === "subject" ? "Reproduce" : "To judge it again";
  return html`<footer><h2>${label}</h2><pre tabindex="0"><code id="reproduce">${command}</code></pre></footer>`;
}

function sentenceText(sentence: string): string {
  if (sentence === "") return "";
  return `${sentence.charAt(0).toUpperCase()}${sentence.slice(1)}.`;
}
