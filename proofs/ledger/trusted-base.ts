import { GIVEN_WORDS } from "../translate/words.ts";

const WORDS = GIVEN_WORDS.map((word) => `\`${word}\``).join(" and ");

/** What a proof rests on that is not proved itself, in the words that the tool and the page print. */
export const TRUSTED_BASE: readonly string[] = [
  "ts-morph: that it reads TypeScript as the compiler does, and resolves names as the compiler does",
  "the translation in `proofs/translate`: it is validated against runs of the real code, not proved",
  `the given words, ${WORDS}: the translation supplies their meaning, and their code is tested, not mutated`,
  "Z3, as the npm package `z3-solver`: one engine, unless a second opinion was asked for",
  "V8: that it runs the code as the language says",
  "the types: that a number with a unit is an integer in the range of its unit, and that a field is read only of a record that has it",
  "the lemma that `Math.floor` of a quotient of safe integers is the integer quotient",
  "`impl/interpretation`: what the bytes of the implementation mean",
  "atomicity: that a step is taken as a whole, with no other step inside it",
  "the sentences: that the theorems say what one wants to know",
];
