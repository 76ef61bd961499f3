/** The reports that are made in the same way of a heap and of a machine, by the name of the reporter. */
import { type AnyCheck, githubText } from "./github-text.ts";
import { ndjsonText } from "./ndjson.ts";
import { sarifText } from "./sarif.ts";

/** How each of them is made of `report`. */
export function sharedForms(
  report: AnyCheck,
): Readonly<Record<"ndjson" | "sarif" | "github", () => string>> {
  return {
    ndjson: () => ndjsonText(report),
    sarif: () => sarifText(report),
    github: () => githubText(report),
  };
}
