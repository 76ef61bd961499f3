import { defineConfig } from "vitest/config";

export default defineConfig({
  resolve: { conditions: ["source"] },
  ssr: { resolve: { conditions: ["source"] } },
  test: {
    include: ["{spec,impl,model-tests,proofs,coverage}/**/*.test.ts"],
    testTimeout: 120_000,
  },
});
