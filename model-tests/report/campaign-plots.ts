/**
 * The plots of a campaign, as the text of SVG elements. They are drawn when the page is made, by a library
 * that needs a document to draw in; the one that it gets has no browser behind it.
 *
 * Every bar has its count beside it, so that nothing has to be read off an axis.
 */
import type * as Plots from "@observablehq/plot";
import { DOMImplementation, XMLSerializer } from "@xmldom/xmldom";
import { grouped } from "./check-text.ts";
import { Html } from "./html-text.ts";

/** One bar. */
export interface Bar {
  readonly name: string;
  readonly count: number;
  /** Whether it is about what is wrong. */
  readonly isFault?: boolean;
}

export interface BarPlot {
  /** What is counted, for who does not see the plot. */
  readonly label: string;
  readonly bars: readonly Bar[];
  readonly isLogarithmic: boolean;
}

/** How often each range of sizes came up, one bar a range, those that never did among them. */
export interface Histogram {
  readonly label: string;
  /** What each range begins with, and its count. */
  readonly bars: readonly Bar[];
  /** Which bars have their name below them. */
  readonly named: readonly number[];
}

export interface Plotter {
  readonly bars: (plot: BarPlot) => Html;
  readonly histogram: (plot: Histogram) => Html;
}

const WIDTH = 540;
const HISTOGRAM_HEIGHT = 240;
const BAR_HEIGHT = 22;
const NAME_LENGTH_MAX = 34;
const SIGN_WIDTH = 7.3;

/** Loads the library and answers what draws. */
export async function plotter(): Promise<Plotter> {
  const library = await import("@observablehq/plot");
  return {
    bars: (plot) => drawnBars(library, plot),
    histogram: (plot) => drawnHistogram(library, plot),
  };
}

function drawnHistogram(library: typeof Plots, { label, bars, named }: Histogram): Html {
  const data = bars.map((bar, place) => ({ ...bar, place }));
  const most = Math.max(1, ...data.map(({ count }) => count));
  const options = {
    document: emptyPage(),
    className: "plot",
    width: WIDTH,
    height: HISTOGRAM_HEIGHT,
    marginLeft: 14 + SIGN_WIDTH * grouped(most).length,
    marginTop: 8,
    marginBottom: 28,
    ariaLabel: label,
    x: { type: "band" as const, domain: data.map(({ place }) => place), padding: 0.15 },
    y: { domain: [0, most], nice: true },
    marks: [
      library.gridY({ ticks: 4 }),
      library.axisY({ ticks: 4, tickSize: 0, label: null, tickFormat: grouped }),
      library.barY(data, { x: "place", y: "count", fill: "var(--tone-0)" }),
      library.ruleY([0]),
      library.axisX({
        ticks: named,
        tickSize: 4,
        label: null,
        tickFormat: (place: number) => bars[place]?.name ?? "",
      }),
    ],
  };
  return markupOf(library.plot(options));
}

/** The library asks for the document of a browser; of that it uses what any document has. */
function emptyPage(): never {
  const implementation = new DOMImplementation();
  return implementation.createDocument("http://www.w3.org/1999/xhtml", "html", null) as never;
}

function drawnBars(library: typeof Plots, { label, bars, isLogarithmic }: BarPlot): Html {
  // Names that are equal once they are short are still bars of their own.
  const data = bars.map((bar, index) => ({ ...bar, place: index }));
  const names = data.map(({ name }) => shortened(name));
  const widest = Math.max(4, ...names.map((name) => name.length));
  const most = Math.max(1, ...data.map(({ count }) => count));
  const x = isLogarithmic
    ? { type: "log" as const, domain: [LOG_START, Math.max(2, most)] }
    : { domain: [0, most] };
  const bar = {
    x1: isLogarithmic ? LOG_START : 0,
    x2: "count",
    y: "place",
    insetTop: 2,
    insetBottom: 2,
  };
  const ofFaults = data.filter(({ isFault }) => isFault === true);
  const options = {
    document: emptyPage(),
    className: "plot",
    width: WIDTH,
    height: BAR_HEIGHT * data.length + 4,
    marginLeft: 10 + SIGN_WIDTH * widest,
    marginRight: 16 + SIGN_WIDTH * grouped(most).length,
    marginTop: 2,
    marginBottom: 2,
    ariaLabel: label,
    x: { ...x, axis: null },
    y: { type: "band" as const, label: null, domain: data.map(({ place }) => place), padding: 0 },
    marks: [
      library.barX(
        data.filter(({ isFault }) => isFault !== true),
        { ...bar, fill: "var(--tone-0)" },
      ),
      library.barX(ofFaults, { ...bar, fill: "var(--fault)" }),
      library.axisY({
        tickSize: 0,
        tickFormat: (place: number) => names[place] ?? "",
        label: null,
      }),
      library.text(data, {
        x: "count",
        y: "place",
        text: ({ count }: Bar) => grouped(count),
        textAnchor: "start",
        dx: 6,
      }),
    ],
  };
  return markupOf(library.plot(options));
}

/** One bar of a logarithmic plot is as long as from here to its count, so that a count of 1 is seen. */
const LOG_START = 0.5;

function shortened(name: string): string {
  return name.length <= NAME_LENGTH_MAX ? name : `${name.slice(0, NAME_LENGTH_MAX - 1)}…`;
}

/** The text of an element; its style, which the page has, is taken out. */
function markupOf(element: object): Html {
  const svg = element as Element;
  svg.setAttribute("font-size", "12");
  svg.setAttribute("role", "img");
  const first = svg.firstChild;
  if (first?.nodeName === "style") svg.removeChild(first);
  return new Html(new XMLSerializer().serializeToString(svg as never));
}

/** Of an element, what is needed of it here. */
interface Element {
  readonly firstChild: { readonly nodeName: string } | null;
  setAttribute(name: string, value: string): void;
  removeChild(child: object): void;
}
