/** What the page of a campaign looks like beside what all pages have. */

export const CAMPAIGN_STYLE = `
section { margin-top: 36px; }
.verdict.passed::before { content: "\\2713"; margin-right: 14px; font-weight: 400; color: var(--faint); }
.figures { display: flex; flex-wrap: wrap; gap: 20px 44px; margin: 28px 0 0; }
.figures div { display: flex; flex-direction: column-reverse; }
.figures dt { font-size: 12px; color: var(--faint); }
.figures dd { margin: 0; font-size: 26px; line-height: 1.2; font-weight: 600; font-variant-numeric: tabular-nums; letter-spacing: -.01em; }
.plots { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 500px), 1fr)); gap: 36px 48px; align-items: start; }
figure { min-width: 0; }
figcaption { font-size: 12px; color: var(--faint); margin-top: 6px; }
.scroll { overflow-x: auto; }
.plot { display: block; width: 100%; max-width: 600px; min-width: 430px; height: auto; }
.plot text { white-space: pre; }
.rules { width: 100%; }
.rules th:nth-child(3), .rules td:nth-child(3) { text-align: right; }
.rules tr.violated td { background: var(--fault-paper); color: var(--fault-ink); font-weight: 600; }
.rules tr.untested td { color: var(--faint); }
.rules td { white-space: nowrap; }
.rules td:last-child { white-space: normal; min-width: 26ch; padding-right: 0; }
.story pre { margin-top: 14px; line-height: 1.55; }
.story p { margin-top: 10px; font-size: 14px; }
ul.plain { list-style: none; font-size: 14px; }
`;
