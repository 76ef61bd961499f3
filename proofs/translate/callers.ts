/**
 * Calls inside of calls. A call means the body of its function, so a function that calls itself would
 * have a meaning without end: it is refused, with the way from it to itself.
 */
import { Node } from "ts-morph";
import { OutsideDialect } from "./dialect.ts";
import type { Place } from "./value.ts";

/** The place inside a call of `node`, which is not one of those that are being called. */
export function entered(node: Node, place: Place): Place {
  const { callers } = place;
  if (callers.includes(node)) {
    const cycle = [...callers.slice(callers.indexOf(node)), node].map(nameOf).join(" -> ");
    throw new OutsideDialect(
      node,
      `${cycle} calls itself: go through a list that is written out, or write the cases out`,
    );
  }
  return { ...place, callers: [...callers, node] };
}

function nameOf(node: Node): string {
  const owner = Node.isFunctionDeclaration(node) ? node : node.getParent();
  const isNamed =
    Node.isFunctionDeclaration(owner) ||
    Node.isVariableDeclaration(owner) ||
    Node.isPropertyAssignment(owner);
  return (isNamed ? owner.getName() : undefined) ?? `line ${node.getStartLineNumber()}`;
}
