/**
 * How tests run while coverage is measured: compiled, and as the engine sees them.
 *
 * Branches come out wrong when the runner transforms what is measured. So everything is built first;
 * only the test files go through the runner, and whatever they import is loaded as it is. In child
 * processes the engine's counts would be lost: threads keep them. The toys are the tests of the
 * rules, exploring is one of both allocators, the vectors are the tests of the page walk; other tests
 * read files that are not built.
 */
const config: Readonly<Record<string, unknown>> = {
  resolve: { conditions: ["default"] },
  ssr: { resolve: { conditions: ["default"], externalConditions: ["default"] } },
  test: {
    include: [
      "dist/{spec,impl}/**/*.test.js",
      "dist/model-tests/{explore/explore,toys/toys}.test.js",
      "dist/model-tests/{chunks/chunk-toys,hardware/walk-vectors,machine/toys/machine-toys}.test.js",
    ],
    exclude: ["**/node_modules/**"],
    pool: "threads",
    testTimeout: 300_000,
    server: { deps: { external: [/\/dist\/(?!.*\.test\.js$).*\.js$/] } },
  },
};

export default config;
