/**
 * The contract's schema library probes for `eval` when it first makes a schema. The page's policy forbids eval, and
 * each probe would be reported as a breach. Must be imported before anything of the contract.
 */
Object.assign(globalThis, { __zod_globalConfig: { jitless: true } });
