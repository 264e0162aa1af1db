/** Two points that move, seen from one of them: metres and metres per second, east and north (flight.md 5.2). */
export type Relative = {
  readonly eastM: number;
  readonly northM: number;
  readonly velEastMps: number;
  readonly velNorthMps: number;
};

/** Seconds between which something holds, both included; `toS` may be Infinity. */
export type Span = { readonly fromS: number; readonly toS: number };

/** How near they come from now on, and when. */
export function closestApproach(r: Relative, withinS = Number.POSITIVE_INFINITY): { distanceM: number; inS: number } {
  const speed2 = r.velEastMps * r.velEastMps + r.velNorthMps * r.velNorthMps;
  const closing = -(r.eastM * r.velEastMps + r.northM * r.velNorthMps);
  const inS = speed2 === 0 || closing <= 0 ? 0 : Math.min(withinS, closing / speed2);
  return { inS, distanceM: Math.hypot(r.eastM + r.velEastMps * inS, r.northM + r.velNorthMps * inS) };
}

/** While they are within `radiusM` of each other, from now on; undefined: never. */
export function spanWithin(r: Relative, radiusM: number): Span | undefined {
  const a = r.velEastMps * r.velEastMps + r.velNorthMps * r.velNorthMps;
  const b = r.eastM * r.velEastMps + r.northM * r.velNorthMps;
  const c = r.eastM * r.eastM + r.northM * r.northM - radiusM * radiusM;
  if (a < 1e-9) return c <= 0 ? { fromS: 0, toS: Number.POSITIVE_INFINITY } : undefined;
  const root = b * b - a * c;
  if (root < 0) return undefined;
  const toS = (-b + Math.sqrt(root)) / a;
  return toS < 0 ? undefined : { fromS: Math.max(0, (-b - Math.sqrt(root)) / a), toS };
}

/** A height difference that is only known to lie in a band, and whose ends each move at their own rate. */
export type RelativeHeight = {
  readonly lowM: number;
  readonly highM: number;
  readonly lowMps: number;
  readonly highMps: number;
};

/** While the band reaches into ±`limitM`, from now on; undefined: never. */
export function spanOfHeight(h: RelativeHeight, limitM: number): Span | undefined {
  // The band reaches in while its low end is not above +limit, and its high end not below -limit.
  const below = whileAtMost(h.lowM, h.lowMps, limitM);
  const above = whileAtMost(-h.highM, -h.highMps, limitM);
  return both(below, above);
}

function whileAtMost(valueM: number, rateMps: number, limitM: number): Span | undefined {
  const roomM = limitM - valueM;
  if (rateMps === 0) return roomM >= 0 ? { fromS: 0, toS: Number.POSITIVE_INFINITY } : undefined;
  const atS = roomM / rateMps;
  if (rateMps > 0) return atS < 0 ? undefined : { fromS: 0, toS: atS };
  return { fromS: Math.max(0, atS), toS: Number.POSITIVE_INFINITY };
}

export function both(a: Span | undefined, b: Span | undefined): Span | undefined {
  if (a === undefined || b === undefined) return undefined;
  const fromS = Math.max(a.fromS, b.fromS);
  const toS = Math.min(a.toS, b.toS);
  return fromS <= toS ? { fromS, toS } : undefined;
}
