import { readFileSync } from "node:fs";
import type { ClassDeclaration } from "ts-morph";
import { describe, expect, test } from "vitest";
import { OPERATIONS, VIEWS } from "./ledger/operations.ts";
import { readmeText } from "./ledger/readme-text.ts";
import { allTheorems } from "./ledger/theorem-list.ts";
import { fileAt, loadSource, ROOT } from "./source.ts";

test("the page is the one that is written from the source", () => {
  const page = readFileSync(`${ROOT}proofs/README.md`, "utf8");

  expect(page).toBe(readmeText(allTheorems()));
});

describe("the table of operations", () => {
  test("names every operation of every allocator, once", () => {
    const owners = new Set(OPERATIONS.map(({ owner }) => owner));
    const operations = [...owners].flatMap((owner) =>
      publicMethods(classNamed(owner)).map((method) => `${owner}.${method}`),
    );

    const named = OPERATIONS.map(({ owner, method }) => `${owner}.${method}`);

    expect(named.toSorted()).toEqual(operations.toSorted());
  });

  test("names theorems that there are", () => {
    const names = new Set(allTheorems().map(({ name }) => name));

    const unknown = OPERATIONS.flatMap(({ theorems }) => theorems).filter(
      (name) => !names.has(name),
    );

    expect(unknown).toEqual([]);
  });

  test("names loops that there are", () => {
    const unknown = OPERATIONS.flatMap(({ owner, extent }) =>
      extent.kind !== "up to a loop"
        ? []
        : extent.loops.filter((loop) => !/\b(for|while) \(/.test(methodText(owner, loop))),
    );

    expect(unknown).toEqual([]);
  });

  test("names steps that there are, and that do not loop", () => {
    const steps = new Set(
      OPERATIONS.flatMap(({ extent }) => (extent.kind === "on a path" ? [extent.step] : [])),
    );
    const functions = ["impl/heap/span-steps.ts", "impl/heap/zone-steps.ts"].flatMap((path) =>
      fileAt(path).getFunctions(),
    );

    const whole = functions.filter((each) => steps.has(each.getName() ?? ""));

    expect(whole.map((each) => each.getName()).toSorted()).toEqual([...steps].toSorted());
    expect(whole.filter((each) => /\b(for|while) \(/.test(each.getText()))).toEqual([]);
  });

  test("has theorems wherever it says that something is proved", () => {
    const bare = OPERATIONS.filter(
      ({ extent, theorems }) => extent.kind !== "tested only" && theorems.length === 0,
    );

    expect(bare).toEqual([]);
  });
});

function classNamed(name: string): ClassDeclaration {
  const classes = loadSource()
    .getSourceFiles(`${ROOT}impl/**/*.ts`)
    .flatMap((file) => file.getClasses());
  const found = classes.find((each) => each.getName() === name);
  if (found === undefined) throw new Error(`there is no class ${name}`);
  return found;
}

function publicMethods(owner: ClassDeclaration): readonly string[] {
  const names = owner.getInstanceMethods().map((method) => method.getName());
  return names.filter((name) => !name.startsWith("#") && !VIEWS.includes(name));
}

/** The text of a method, or of a function of the class's file. */
function methodText(owner: string, name: string): string {
  const declared = classNamed(owner);
  const method = declared.getInstanceMethod(name) ?? declared.getSourceFile().getFunction(name);
  return method?.getText() ?? "";
}
