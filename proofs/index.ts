/** The door of the proofs, for the command that runs them. */
export { ledgerText } from "./ledger/ledger-text.ts";
export { NoSuchTheorem, type ProveReport, proveReport, reportJson } from "./ledger/prove-report.ts";
