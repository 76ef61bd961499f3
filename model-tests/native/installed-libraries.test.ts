/** Published allocators of this machine keep the rules; the C library's own is on every one. */
import { spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, expect, test } from "vitest";
import { check } from "../campaign/check.ts";
import { replay } from "../campaign/replay.ts";
import { needed } from "../needs/needed.fixture.ts";
import { findLibrary } from "./find-library.ts";
import { HAS_KOFFI } from "./has-koffi.fixture.ts";
import { KNOWN_ALLOCATORS } from "./known-allocators.ts";

const isLinux = process.platform === "linux";
const REGRESSIONS = fileURLToPath(new URL("../regressions/", import.meta.url));

let folder = "";

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "ariadne-"));
});

afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

for (const { name, reference, options } of KNOWN_ALLOCATORS) {
  const isFound = isLinux && findLibrary(reference, ".") !== undefined;
  const { isThere, title } = needed({ [reference]: isFound, koffi: HAS_KOFFI });

  test.skipIf(!isThere)(`${title}${name} keeps the rules`, async () => {
    const limits = { seed: 0x5eed, runs: 60, calls: 120, workers: 1 };

    const report = await check({ subject: reference, directory: folder, options, ...limits });

    expect(report.violation).toBeUndefined();
    expect(report.verdict).toBe("passed");
    expect(report.rules).toMatchObject({
      "block-aligned": "held",
      "live-blocks-disjoint": "held",
      "payload-intact": "held",
      "realloc-keeps-prefix": "held",
    });
  });
}

/**
 * `libmimalloc2.0_2.0.9+ds-2_block-aligned.trace.jsonl`: a package of Debian, its version, the rule; or, of what is
 * compiled from its source, `tlsf_3.1_block-in-extent.trace.jsonl`, for the library `libtlsf-3.1.so`.
 */
for (const path of readdirSync(REGRESSIONS).filter((file) => file.split("_").length === 3)) {
  const [pack = "", version = "", rule = ""] = basename(path, ".trace.jsonl").split("_");
  const compiled = isLinux ? findLibrary(`lib${pack}-${version}.so`, ".") : undefined;
  const isFound = compiled !== undefined || installed(pack) === version;
  const { isThere, title } = needed({ [`${pack} ${version}`]: isFound, koffi: HAS_KOFFI });

  test.skipIf(!isThere)(`${title}${pack} ${version} breaks ${rule}`, async () => {
    const report = await replay({ trace: join(REGRESSIONS, path), directory: folder });

    expect([report.verdict, report.violation?.rule]).toEqual(["violated", rule]);
  });
}

/** The version of a package of Debian that is installed. */
function installed(name: string): string | undefined {
  const { stdout } = spawnSync("dpkg-query", ["-s", name], { encoding: "utf8" });
  return /^Version: (.*)$/m.exec(stdout ?? "")?.[1];
}
