import { defineConfig } from "vitest/config";
import { NeedsReporter } from "./model-tests/needs/needs-reporter.fixture.ts";

export default defineConfig({
  resolve: { conditions: ["source"] },
  ssr: { resolve: { conditions: ["source"] } },
  test: {
    include: ["{spec,impl,model-tests,proofs,coverage}/**/*.test.ts"],
    reporters: ["default", new NeedsReporter()],
    testTimeout: 120_000,
    // One worker for each core; by itself Vitest leaves one core to itself, which is half of two.
    maxWorkers: "100%",
    // A worker loads a module once, and not once for every file: no module here keeps anything of a test.
    isolate: false,
  },
});
