/** What the page of a trace looks like beside what all pages have. */

export const SHOW_STYLE = `
section { margin-top: 28px; }
canvas { display: block; width: 100%; }
#strip { border: 1px solid var(--line); border-radius: 3px; cursor: ew-resize; touch-action: pan-y; }
#slider { display: block; width: 100%; margin: 10px 0 0; height: 28px; accent-color: var(--ink); cursor: ew-resize; }
.controls { display: flex; gap: 16px; align-items: center; margin-top: 4px; }
.buttons { display: flex; flex: none; }
.buttons button { font: 16px/1 ui-monospace, Menlo, Consolas, monospace; width: 40px; height: 34px; color: var(--ink); background: var(--raised); border: 1px solid var(--line); margin-left: -1px; cursor: pointer; }
.buttons button:first-child { border-radius: 4px 0 0 4px; margin-left: 0; }
.buttons button:last-child { border-radius: 0 4px 4px 0; }
.buttons button:disabled { color: var(--faint); cursor: default; }
.buttons button:focus-visible { position: relative; z-index: 1; }
.now { font: 14px/1.4 ui-monospace, SFMono-Regular, Menlo, Consolas, monospace; overflow-wrap: anywhere; min-height: 1.4em; }
.now.fault { color: var(--fault-ink); font-weight: 600; }
.keys { margin-top: 10px; font-size: 12px; color: var(--faint); }
kbd { font-size: 11px; border: 1px solid var(--line); border-bottom-width: 2px; border-radius: 3px; padding: 0 4px; background: var(--raised); }
.columns { display: grid; grid-template-columns: minmax(0, 1fr) 360px; gap: 40px; }
.summary { font-size: 14px; margin-bottom: 10px; }
.under { font: 12px/1.5 ui-monospace, SFMono-Regular, Menlo, Consolas, monospace; color: var(--faint); min-height: 1.5em; margin-top: 6px; overflow-wrap: anywhere; }
.key { white-space: nowrap; margin-right: 12px; }
.key::before { content: ""; display: inline-block; width: 10px; height: 10px; margin-right: 6px; border-radius: 2px; vertical-align: -1px; background: currentColor; }
.tone-0::before { background: var(--tone-0); } .tone-1::before { background: var(--tone-1); } .tone-2::before { background: var(--tone-2); }
.tone-3::before { background: var(--tone-3); } .tone-4::before { background: var(--tone-4); } .tone-5::before { background: var(--tone-5); }
#steps { list-style: none; max-height: 460px; overflow-y: auto; border-top: 1px solid var(--line); border-bottom: 1px solid var(--line); position: relative; }
.step { display: grid; grid-template-columns: 3ch minmax(0, 1fr) auto; gap: 12px; width: 100%; padding: 4px 8px 4px 0; font: 13px/1.5 ui-monospace, SFMono-Regular, Menlo, Consolas, monospace; text-align: left; color: var(--ink); background: none; border: 0; border-left: 3px solid transparent; cursor: pointer; }
#steps.many .step { grid-template-columns: 6.5ch minmax(0, 1fr) auto; }
.step .number { text-align: right; color: var(--faint); }
.step .call { overflow-wrap: anywhere; }
.step .answer { color: var(--faint); max-width: 16ch; overflow-wrap: anywhere; text-align: right; }
.step:hover { background: var(--hole); }
.step[aria-current] { background: var(--hole); border-left-color: var(--ink); }
.step.fault { background: var(--fault-paper); border-left-color: var(--fault); font-weight: 600; }
.step.fault .answer, .step.fault .number { color: var(--fault-ink); }
.step.fault[aria-current] { border-left-color: var(--ink); }
.step:focus-visible { outline-offset: -2px; }
.listed { font-size: 12px; color: var(--faint); margin-top: 6px; min-height: 1.5em; }
.tables { display: flex; flex-wrap: wrap; gap: 16px 48px; align-items: flex-start; }
.tables details { max-width: 100%; overflow-x: auto; }
.tables td { white-space: nowrap; }
summary { cursor: pointer; font-size: 13px; font-weight: 600; padding: 4px 0; }
.more { font-size: 12px; color: var(--faint); margin-top: 4px; }
@media (max-width: 860px) { .columns { grid-template-columns: minmax(0, 1fr); gap: 0; } #steps { max-height: 320px; } }
@media (max-width: 480px) { .controls { flex-direction: column; align-items: flex-start; gap: 8px; } .keys { display: none; } }
@media print { .controls, .keys, #slider { display: none; } #steps { max-height: none; } }
`;
