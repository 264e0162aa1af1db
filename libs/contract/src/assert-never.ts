/** Closes a `switch` over a tagged union: a variant added later fails to compile here instead of falling through. */
export function assertNever(value: never): never {
  throw new Error(`Unhandled variant: ${JSON.stringify(value)}`);
}
