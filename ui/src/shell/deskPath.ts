import type { DeskId } from "../desks/index.js";

/** Where an address leads: a desk of this person, a desk that his roles do not open, or nowhere. */
export type DeskPath =
  | { readonly kind: "desk"; readonly id: DeskId }
  | { readonly kind: "notYours"; readonly title: string }
  | { readonly kind: "nowhere"; readonly path: string };

interface Known {
  readonly id: DeskId;
  readonly title: string;
}

/** `/` is the first desk of the person; every other address must be a desk's own, with or without a slash at its end. */
export function deskAt(path: string, mine: readonly Known[], all: readonly Known[]): DeskPath {
  const name = path.replace(/^\/+|\/+$/g, "");
  const [first] = mine;
  if (name === "" && first !== undefined) return { kind: "desk", id: first.id };
  const own = mine.find((d) => d.id === name);
  if (own !== undefined) return { kind: "desk", id: own.id };
  const other = all.find((d) => d.id === name);
  return other === undefined ? { kind: "nowhere", path } : { kind: "notYours", title: other.title };
}
