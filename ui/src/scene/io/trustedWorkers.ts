interface TrustedTypes {
  createPolicy(name: string, rules: { createScriptURL(url: string): string }): { createScriptURL(url: string): string };
}

/**
 * The page demands Trusted Types, so a worker's address must come from a policy. This one lets through only scripts
 * of this origin, and it is the only policy the product has: `outrider`.
 */
export function trustedScriptUrl(url: string): string {
  const full = new URL(url, location.href);
  if (full.origin !== location.origin)
    throw new Error(`Refused a worker from ${full.origin}: scripts come from this origin only.`);
  const types = (globalThis as { trustedTypes?: TrustedTypes }).trustedTypes; // Not yet in the DOM library's types.
  if (types === undefined) return full.href;
  return types.createPolicy("outrider", { createScriptURL: (u) => u }).createScriptURL(full.href);
}
