/** Every limit of the HTTP edge in one place (docs/security.md, "Staying up"); tested at the limit and one above. */
export const httpLimits = {
  jsonBytes: 256 * 1024,
  /** Of one address, signed in or not. A desk makes a handful of requests a second. */
  perAddress: { perS: 100, burst: 400 },
  loginPerAddress: { perS: 0.2, burst: 10 },
  loginPerAccount: { perS: 0.1, burst: 6 },
  /** Machine requests whose secret did not hold, per address: after these, nothing of it is read for a while. */
  badSecretPerAddress: { perS: 0.5, burst: 30 },
  publicPerAddress: { perS: 2, burst: 60 },
} as const;
