/** The words of the dialect whose meaning is given, not read: finite maps and lists. */
import { NotModelled } from "./dialect.ts";
import {
  and,
  apply,
  arithmetic,
  FALSE,
  integer,
  not,
  or,
  quantified,
  type Term,
  TRUE,
} from "./term.ts";
import {
  call,
  choose,
  newPlace,
  numberOf,
  owe,
  type Place,
  reading,
  same,
  termValue,
  truthOf,
  under,
  type Value,
  type Values,
} from "./value.ts";

/** What a finite map holds: whether it has a key, and under which value. */
export interface Content {
  /** The index sort of its keys. */
  readonly over: string;
  readonly has: (key: Term) => Term;
  readonly get: (key: Term) => Value;
}

/** A finite map of unknown size. */
export function mapValue({ over, has, get }: Content): Value {
  const isKey = (other: Term, key: Value): Term => same(termValue(other), key);
  const nameOf = (key: Value, place: Place): Term => {
    const name = numberOf(key, place);
    place.keys.note(over, name);
    return name;
  };
  const members = {
    has: fixed(1, ([key], place) => termValue(has(nameOf(key as Value, place)))),
    get: fixed(1, ([key], place) => {
      const name = nameOf(key as Value, place);
      owe(place, has(name));
      return get(name);
    }),
    some: quantifier("exists", { over, has, get }),
    every: quantifier("forall", { over, has, get }),
    with: fixed(2, ([key, value], place) => {
      nameOf(key as Value, place);
      return mapValue({
        over,
        has: (other) => or(isKey(other, key as Value), has(other)),
        get: (other) => choose(isKey(other, key as Value), value as Value, get(other)),
      });
    }),
    without: fixed(1, ([key], place) => {
      nameOf(key as Value, place);
      const isLeft = (other: Term): Term => and(not(isKey(other, key as Value)), has(other));
      return mapValue({ over, has: isLeft, get });
    }),
  };
  return { kind: "map", fields: new Map(Object.entries(members)) };
}

/** The numbers from `first` to `last`. */
export function intervalValue(over: string, first: Term, last: Term): Value {
  const has = (number: Term): Term =>
    and(arithmetic("<=", first, number), arithmetic("<=", number, last));
  const content = { over, has, get: termValue };
  const members = { some: quantifier("exists", content), every: quantifier("forall", content) };
  return { kind: "map", fields: new Map(Object.entries(members)) };
}

/** A list of unknown length: only what is true of some or every element can be asked. */
export function listValue(content: Content): Value {
  const includes = (element: Term): Term => apply("Bool", `${content.over} includes`, element);
  const members = {
    some: quantifier("exists", content),
    every: quantifier("forall", content),
    includes: fixed(1, ([element], place) =>
      termValue(includes(numberOf(element as Value, place))),
    ),
  };
  return { kind: "map", fields: new Map(Object.entries(members)) };
}

/** The members of a list that is written out. */
export function listMember(elements: Values, name: string): Value | undefined {
  const claims = (claim: Value, place: Place): Term[] =>
    elements.map((each, index) =>
      truthOf(call(claim, [each, termValue(integer(index))], reading(place))),
    );
  if (name === "includes") {
    return fixed(1, ([element]) =>
      termValue(elements.map((each) => same(each, element as Value)).reduce(or, FALSE)),
    );
  }
  if (name === "some") {
    return fixed(1, ([claim], place) => termValue(claims(claim as Value, place).reduce(or, FALSE)));
  }
  if (name !== "every") return undefined;
  return fixed(1, ([claim], place) => termValue(claims(claim as Value, place).reduce(and, TRUE)));
}

/** `some` or `every`: what the claim owes for any element is owed once, for one of which nothing is known. */
function quantifier(operator: "exists" | "forall", { over, has, get }: Content): Value {
  return fixed(1, ([claim], now) => {
    const place = reading(now);
    if (!place.isInstance) {
      place.keys.keepIf(() => {
        const element = apply("Int", `${over}?${place.keys.next()}`);
        const before = place.owed.length;
        place.keys.note(over, element);
        call(claim as Value, [get(element), termValue(element)], under(place, has(element)));
        return place.owed.length > before;
      });
    }

    const body = (key: Term): Term => {
      const { keys, numbers, opaque, writes } = place;
      const instance = { ...newPlace(keys, true, numbers), opaque, writes };
      const holds = truthOf(call(claim as Value, [get(key), termValue(key)], instance));
      return operator === "exists" ? and(has(key), holds) : or(not(has(key)), holds);
    };
    return termValue(place.keys.sameClaim(quantified(operator, over, body)));
  });
}

function fixed(count: number, body: (operands: Values, place: Place) => Value): Value {
  const call = (operands: Values, place: Place): Value => {
    if (operands.length !== count)
      throw new NotModelled(`give ${count} of what it takes, no more and no less`);
    return body(operands, place);
  };
  return { kind: "function", call };
}
