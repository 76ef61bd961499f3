/** The page of a campaign: how much was judged, how fast, what was reached, and which rules held. */
import type { CheckReport, ViolationReport } from "../campaign/check-report.ts";
import type { MachineCheckReport, MachineViolation } from "../campaign/machine-report.ts";
import { type SubjectOptions, subjectText } from "../subject/subject-options.ts";
import { type Bar, type Plotter, plotter } from "./campaign-plots.ts";
import { CAMPAIGN_STYLE } from "./campaign-style.ts";
import { grouped, reproduceText } from "./check-text.ts";
import { heapMapText } from "./heap-map-text.ts";
import { type Html, html } from "./html-text.ts";
import { pageText } from "./page-shell.ts";
import { PAGE_STYLE } from "./page-style.ts";
import { storyLines } from "./story-text.ts";

type AnyReport = CheckReport | MachineCheckReport;
type AnyViolation = ViolationReport | MachineViolation;

/** A plot has so many bars, and says how many it leaves out; so have lists of what anybody may name. */
const BARS_MAX = 40;
const LINES_MAX = 200;

/** The whole page for `report`. */
export async function campaignPage(report: AnyReport): Promise<string> {
  const draw = await plotter();
  const { name, verdict } = report;
  return pageText({
    title: `${report.violation?.rule ?? verdict} – ${name}`,
    style: `${PAGE_STYLE}${CAMPAIGN_STYLE}`,
    body: html`<main>
${headerOf(report)}
${figuresOf(report)}
${report.violation === undefined ? "" : storyOf(report, report.violation)}
<section aria-label="Plots"><div class="plots">
${plotsOf(report, draw)}
</div></section>
${rulesOf(report)}
${tracesOf(report)}
${againOf(report)}
</main>`,
  });
}

function headerOf({ name, seed, verdict, violation, missed, inferred }: AnyReport): Html {
  const notices = [
    ...missed,
    ...(inferred === undefined ? [] : [`measured, not promised: ${JSON.stringify(inferred)}`]),
  ];
  const title =
    violation === undefined
      ? html`<h1 class="verdict ${verdict}">${verdict === "passed" ? "No rule broken" : verdict}</h1>`
      : html`<h1 class="verdict broken"><span class="word">broken</span> ${violation.rule}</h1>
<p class="sentence">${violation.sentence.charAt(0).toUpperCase()}${violation.sentence.slice(1)}.</p>`;
  return html`<header>
<p class="brand">Ariadne <span>a campaign</span></p>
${title}
<p class="origin"><span>${name}</span> <span>seed ${seed}</span></p>
${limited(notices).map((text) => html`<p class="notice">${text}</p>\n`)}
</header>`;
}

function figuresOf({ calls, runs, traces, measured, rules }: AnyReport): Html {
  const found = Object.values(rules);
  const held = found.filter((finding) => finding === "held").length;
  const figures: readonly (readonly [string, string])[] = [
    ["calls judged", grouped(calls.executed)],
    ["calls a second", grouped(measured.callsPerSecond)],
    ["seconds", (measured.milliseconds / 1000).toFixed(1)],
    ["runs", grouped(runs)],
    ["recorded traces", grouped(traces.length)],
    ["refused", grouped(calls.refused)],
    ["skipped", grouped(calls.skipped)],
    ["of the rules held", `${held} of ${found.length}`],
  ];
  return html`<dl class="figures">
${figures.map(([term, value]) => html`<div><dt>${term}</dt><dd>${value}</dd></div>\n`)}</dl>`;
}

/** The calls of the violation, what is wrong, and the memory, as the terminal has them. */
function storyOf(report: AnyReport, violation: AnyViolation): Html {
  const { reason, run, calls, shrunk, trace, unsaved } = violation;
  const from =
    shrunk === undefined || shrunk.callsBefore === calls.length
      ? ""
      : ` of ${grouped(shrunk.callsBefore)}`;
  const where = run === undefined ? "a stored or given trace" : `run ${grouped(run)}`;
  const notes = [
    `${grouped(calls.length)}${from} ${calls.length === 1 ? "call" : "calls"}, from ${where}. A campaign ends with the first failure, so there is one.`,
    ...(reason === undefined ? [] : [reason]),
    ...(trace === undefined
      ? []
      : [
          `Step by step: npx ariadne show ${trace} ${subjectText(report.subject, optionsOf(report))}`,
        ]),
    ...(unsaved === undefined ? [] : [`Not saved: ${unsaved}`]),
  ];
  return html`<section class="story" aria-label="The failure">
<h2>The failure</h2>
<pre tabindex="0">${limited(linesOf(violation)).join("\n")}</pre>
${notes.map((note) => html`<p>${note}</p>\n`)}
</section>`;
}

function linesOf(violation: AnyViolation): readonly string[] {
  const { story } = violation;
  if (isOfMachine(violation)) return violation.story;
  if (story === undefined || isLines(story)) return storyLines(violation.calls, undefined);
  const facts = story.facts.map((fact) => `      ${fact}`);
  const map = heapMapText(story).map((line) => `  ${line}`);
  return [...storyLines(violation.calls, story), ...facts, ...(map.length > 0 ? ["", ...map] : [])];
}

function isOfMachine(violation: AnyViolation): violation is MachineViolation {
  return isLines(violation.story);
}

function isLines(story: AnyViolation["story"]): story is readonly string[] {
  return Array.isArray(story);
}

function plotsOf(report: AnyReport, draw: Plotter): readonly Html[] {
  const { kinds, marks, sizes = {}, tested = {}, rules, violation } = report;
  const failing =
    violation === undefined ? [] : [{ name: violation.rule, count: 1, isFault: true }];
  const known = Object.entries(tested).filter(([name]) => rules[name] === "held");
  return [
    barsOf(draw, "Failures by rule", "how many; a campaign ends with its first", failing, false),
    barsOf(draw, "Call mix", "how often each call was made", mostFirst(kinds), false),
    sizesOf(draw, sizes, "alloc" in kinds || "realloc" in kinds),
    barsOf(draw, "Situations reached", "how often, on a logarithmic scale", mostFirst(marks), true),
    barsOf(
      draw,
      "Rules put to the test",
      "how often each held, on a logarithmic scale",
      mostFirst(Object.fromEntries(known)),
      true,
    ),
  ];
}

function barsOf(
  draw: Plotter,
  title: string,
  caption: string,
  bars: readonly Bar[],
  isLogarithmic: boolean,
): Html {
  if (bars.length === 0) return html``;
  const shown = bars.slice(0, BARS_MAX);
  const left = bars.length - shown.length;
  const more = left === 0 ? "" : `; ${grouped(left)} more, which came up less often, are not drawn`;
  const plot = draw.bars({ label: title, bars: shown, isLogarithmic });
  return figureOf(title, plot, `${caption}${more}`);
}

/** How often each range of sizes was asked for, from nothing to the largest, in powers of two. */
function sizesOf(draw: Plotter, sizes: Readonly<Record<string, number>>, isBytes: boolean): Html {
  const largest = Math.max(0, ...Object.keys(sizes).map(Number));
  if (Object.keys(sizes).length === 0) return html``;
  const count = largest === 0 ? 1 : Math.log2(largest) + 2;
  const bars = Array.from({ length: count }, (_, digits): Bar => {
    const start = digits === 0 ? 0 : 2 ** (digits - 1);
    return { name: sizeText(start, isBytes), count: sizes[String(start)] ?? 0 };
  });
  const stride = count <= 12 ? 1 : count <= 24 ? 2 : 5;
  const named = bars.map((_, place) => place).filter((place) => place % stride === 1 % stride);
  const title = isBytes ? "Sizes asked for" : "Pages mapped at once";
  const caption = "how often; a bar is from the size below it to less than twice as much";
  return figureOf(title, draw.histogram({ label: title, bars, named }), caption);
}

function figureOf(title: string, plot: Html, caption: string): Html {
  return html`<figure>
<h2>${title}</h2>
<div class="scroll" tabindex="0" role="group" aria-label="${title}">${plot}</div>
<figcaption>${caption}</figcaption>
</figure>
`;
}

function mostFirst(counts: Readonly<Record<string, number>>): readonly Bar[] {
  const bars = Object.entries(counts).map(([name, count]) => ({ name, count }));
  return bars.sort((one, other) => other.count - one.count || (one.name < other.name ? -1 : 1));
}

function sizeText(size: number, isBytes: boolean): string {
  if (!isBytes || size < 1024) return String(size);
  const units = ["KiB", "MiB", "GiB", "TiB", "PiB"];
  const power = Math.min(units.length, Math.floor(Math.log2(size) / 10));
  return `${size / 1024 ** power} ${units[power - 1]}`;
}

function rulesOf({ rules, hints, tested = {} }: AnyReport): Html {
  const order = { violated: 0, held: 1, "not tested": 2 } as const;
  const entries = Object.entries(rules).sort(([, one], [, other]) => order[one] - order[other]);
  const rows = entries.map(([name, finding]) => {
    const kind = finding === "not tested" ? "untested" : finding;
    const times = finding === "not tested" ? "" : grouped(tested[name] ?? 0);
    return html`<tr class="${kind}"><td>${name}</td><td>${finding}</td><td>${times}</td><td>${hints[name] ?? ""}</td></tr>
`;
  });
  return html`<section aria-label="Rules">
<h2>Rules</h2>
<div class="scroll" tabindex="0" role="group" aria-label="Rules"><table class="rules">
<thead><tr><th scope="col">rule</th><th scope="col">finding</th><th scope="col">times held</th><th scope="col">why not, or what switches it on</th></tr></thead>
<tbody>
${rows}</tbody>
</table></div>
</section>`;
}

function tracesOf({ traces }: AnyReport): Html {
  if (traces.length === 0) return html``;
  const lines = traces.slice(0, LINES_MAX).map(({ path, calls, skipped }) => {
    return html`<li>${path}: ${grouped(calls)} calls, ${grouped(skipped)} skipped</li>
`;
  });
  return html`<section aria-label="Recorded traces"><h2>Recorded traces</h2><ul class="plain">
${lines}</ul></section>`;
}

function againOf(report: AnyReport): Html {
  const { violation, subject, seed } = report;
  const named = subjectText(subject, optionsOf(report));
  const command =
    violation === undefined
      ? `npx ariadne check ${named} --seed ${seed}`
      : reproduceText(report, placeOf(violation)).replace(/^Reproduce: /, "");
  return html`<footer><h2>${violation === undefined ? "Again" : "Reproduce"}</h2><pre tabindex="0"><code id="reproduce">${command}</code></pre></footer>`;
}

/** A machine is loaded by its name alone. */
function optionsOf(report: AnyReport): SubjectOptions | undefined {
  return "options" in report ? report.options : undefined;
}

function placeOf({ trace, run }: AnyViolation): { trace?: string; run?: number } {
  return { ...(trace === undefined ? {} : { trace }), ...(run === undefined ? {} : { run }) };
}

/** As many of `lines` as a page has room for, and how many there are beside. */
function limited(lines: readonly string[]): readonly string[] {
  if (lines.length <= LINES_MAX) return lines;
  return [...lines.slice(0, LINES_MAX), `… and ${grouped(lines.length - LINES_MAX)} more`];
}
