/** The trace that says most about what became worse, as a file that can be replayed. */
import { fileSafe, trySaveText } from "../campaign/failures.ts";
import { formatTrace } from "../trace/format-trace.ts";
import { numberedTrace } from "../trace/numbered-trace.ts";
import type { BudgetFinding, CompareReport } from "./compare-report.ts";
import type { Side } from "./compared-side.ts";
import type { ComparedTrace } from "./compared-trace.ts";
import type { MeasureRow } from "./measures.ts";

const FOLDER = ".ariadne/compare";

/** Of the first budget that is exceeded, or else of the first measure that is worse somewhere. */
export function worstTrace(
  rows: readonly MeasureRow[],
  findings: readonly BudgetFinding[],
  traces: readonly ComparedTrace[],
  { hands, known }: Side,
): CompareReport["worst"] {
  const exceeded = findings.find(({ isExceeded }) => isExceeded)?.measure;
  const row =
    rows.find(({ name, worst }) => name === exceeded && worst) ?? rows.find(({ worst }) => worst);
  const trace = traces.find(({ name }) => name === row?.worst?.trace);
  if (row === undefined || trace === undefined) return undefined;
  const told = { measure: row.name, trace: trace.name };
  const { source } = trace;
  if (source.kind === "file") return { ...told, file: source.path };

  const { reference, options, directory } = hands;
  if (reference === undefined) return undefined;
  const text = formatTrace(
    numberedTrace({
      version: 1,
      config: source.config,
      calls: source.calls,
      subject: reference,
      name: known.name,
      ...(Object.keys(options).length === 0 ? {} : { options: { ...options } }),
    }),
  );
  const file = `${FOLDER}/${fileSafe(`${known.name} ${row.name} ${trace.name}`)}.trace.jsonl`;
  return trySaveText(directory, file, text) ? { ...told, file } : undefined;
}
