/**
 * Name of a value in one of the dialect's tables, for people to read: `nameOf(MavResult, 2)` is "DENIED". A value that
 * the table lacks gives its number: newer aircraft send what we do not know.
 */
export function nameOf(table: { readonly [name: string]: number }, value: number): string {
  return Object.keys(table).find((name) => table[name] === value) ?? String(value);
}
