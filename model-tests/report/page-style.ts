/**
 * How pages look: one column of text in the reader's own fonts, ink on paper, and one colour that is kept
 * for what is wrong. Both lights are written out, and a test reads them to see that text can be read.
 */

export const PAGE_STYLE = `
:root {
  --paper: #fbfaf7; --raised: #ffffff; --ink: #1d1c1a; --faint: #6a665f; --line: #dedad2;
  --hole: #edeae3; --fault: #c3271b; --fault-ink: #b01f14; --fault-paper: #fbeae7; --on-tone: #ffffff;
  --tone-0: #3f5f86; --tone-1: #4a7469; --tone-2: #86692f; --tone-3: #6f5482; --tone-4: #3f7585; --tone-5: #8a5a4a;
  color-scheme: light dark;
}
@media (prefers-color-scheme: dark) {
  :root {
    --paper: #16161a; --raised: #1e1e23; --ink: #e9e6df; --faint: #a09b92; --line: #34343b;
    --hole: #25252b; --fault: #ff6a5c; --fault-ink: #ff8a7e; --fault-paper: #3a1d1b; --on-tone: #101014;
    --tone-0: #8fb0da; --tone-1: #8cc0b1; --tone-2: #d1b06c; --tone-3: #c0a3d6; --tone-4: #88c2d3; --tone-5: #d6a491;
  }
}
* { box-sizing: border-box; }
[hidden] { display: none; }
html { background: var(--paper); color: var(--ink); -webkit-text-size-adjust: 100%; }
body { margin: 0; font: 15px/1.5 system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", sans-serif; }
main { max-width: 1180px; margin: 0 auto; padding: 32px 24px 64px; }
code, pre, kbd, .mono { font-family: ui-monospace, SFMono-Regular, Menlo, Consolas, "Liberation Mono", monospace; }
h1, h2, p, ul, ol, figure { margin: 0; padding: 0; }
h2 { font-size: 12px; font-weight: 600; letter-spacing: .06em; text-transform: uppercase; color: var(--faint); margin-bottom: 10px; }
.brand { font-size: 13px; font-weight: 600; color: var(--ink); }
.brand span { font-weight: 400; color: var(--faint); margin-left: 8px; }
.verdict { font: 600 30px/1.2 ui-monospace, SFMono-Regular, Menlo, Consolas, "Liberation Mono", monospace; letter-spacing: -.02em; margin-top: 20px; overflow-wrap: anywhere; }
.verdict.broken { color: var(--fault-ink); }
.verdict .word { font: 600 12px/1 system-ui, -apple-system, sans-serif; letter-spacing: .06em; text-transform: uppercase; color: var(--paper); background: var(--fault-ink); padding: 4px 7px; border-radius: 3px; vertical-align: .42em; margin-right: 6px; }
.sentence { font-size: 18px; line-height: 1.45; margin-top: 8px; max-width: 46em; overflow-wrap: anywhere; }
.facts { list-style: none; margin-top: 12px; }
.facts:empty { display: none; }
.facts li { font: 13px/1.6 ui-monospace, SFMono-Regular, Menlo, Consolas, monospace; padding-left: 12px; border-left: 2px solid var(--fault); overflow-wrap: anywhere; white-space: pre-wrap; }
.origin { margin-top: 16px; color: var(--faint); font-size: 13px; }
.origin span:not(:last-child)::after { content: "\\00b7"; margin: 0 4px 0 8px; }
.origin span { overflow-wrap: anywhere; }
.notice { margin-top: 14px; padding: 8px 12px; border-left: 3px solid var(--line); background: var(--raised); font-size: 14px; max-width: 62em; }
footer { margin-top: 40px; }
pre { margin: 0; padding: 12px 14px; background: var(--raised); border: 1px solid var(--line); border-radius: 4px; overflow-x: auto; font-size: 13px; }
pre code { user-select: all; }
table { border-collapse: collapse; font-size: 13px; font-variant-numeric: tabular-nums; }
th { text-align: left; font-weight: 500; color: var(--faint); padding: 4px 20px 4px 0; white-space: nowrap; }
td { padding: 2px 20px 2px 0; border-top: 1px solid var(--line); font-family: ui-monospace, SFMono-Regular, Menlo, Consolas, monospace; overflow-wrap: anywhere; }
:focus-visible { outline: 2px solid var(--ink); outline-offset: 2px; border-radius: 2px; }
@media (max-width: 640px) { main { padding: 20px 16px 48px; } .verdict { font-size: 23px; } .sentence { font-size: 16px; } }
`;
