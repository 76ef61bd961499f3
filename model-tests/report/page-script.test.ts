import { Script } from "node:vm";
import { expect, test } from "vitest";
import { joinedModules, pageScript } from "./page-script.ts";

test("the script of a page is one text that a browser can read", () => {
  const script = pageScript("show-script");

  expect(() => new Script(script)).not.toThrow();
  expect(script).not.toMatch(/^\s*(import|export) /m);
  expect(script).not.toContain("sourceMappingURL");
});

test("modules that have the same names inside do not meet", () => {
  const modules: Readonly<Record<string, string>> = {
    "file:///a.js": `import { one as first } from "./b.js";\nimport { two } from "./c.js";\nresult = first() + two;\n`,
    "file:///b.js": `import { two } from "./c.js";\nconst inner = 40;\nexport function one() { return inner + two; }\n`,
    "file:///c.js": "const inner = 1;\nexport const two = inner;\n",
  };

  const script = joinedModules("file:///a.js", (address) => modules[address] ?? "");
  const context = { result: 0 };
  new Script(script).runInNewContext(context);

  expect(context.result).toBe(42);
});

test("a module that exports in another way is refused", () => {
  const read = (): string => "const a = 1;\nexport default a;\n";

  expect(() => joinedModules("file:///a.js", read)).toThrow("by name");
});
