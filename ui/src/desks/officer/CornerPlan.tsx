import type { ReactNode } from "react";
import type { LocalPlan, Xy } from "./corner.js";

const REACH_M = 62;
const SIZE = 112;

/** The corner from above: houses, streets, where it is, where the officer stands; north is up. */
export function CornerPlan({
  plan,
  at,
  you,
  words,
}: {
  readonly plan: LocalPlan;
  readonly at: Xy;
  readonly you: Xy | undefined;
  readonly words: string;
}): ReactNode {
  const x = (p: Xy): number => SIZE / 2 + ((p.x - at.x) / REACH_M) * (SIZE / 2);
  const y = (p: Xy): number => SIZE / 2 - ((p.y - at.y) / REACH_M) * (SIZE / 2);
  const path = (points: readonly Xy[]): string =>
    points.map((p, i) => `${i === 0 ? "M" : "L"}${x(p).toFixed(1)} ${y(p).toFixed(1)}`).join("");
  const inside = (p: Xy): boolean => Math.abs(p.x - at.x) < REACH_M && Math.abs(p.y - at.y) < REACH_M;
  return (
    <svg className="corner" viewBox={`0 0 ${SIZE} ${SIZE}`} role="img" aria-label={words}>
      <clipPath id="corner-clip">
        <rect width={SIZE} height={SIZE} rx="8" />
      </clipPath>
      <g clipPath="url(#corner-clip)">
        <rect width={SIZE} height={SIZE} className="corner-ground" />
        {plan.streets.map((s, i) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: pieces of one street have nothing else of their own.
          <path key={i} d={path(s.points)} className="corner-street" />
        ))}
        {plan.buildings.map((ring, i) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: houses of a plan that does not change.
          <path key={i} d={`${path(ring)}Z`} className="corner-house" />
        ))}
      </g>
      <path d={`M${SIZE / 2} ${SIZE / 2 - 8}l8 8-8 8-8-8z`} className="corner-pin" />
      {you !== undefined && inside(you) && <circle cx={x(you)} cy={y(you)} r="5" className="corner-you" />}
      <path d={`M${SIZE - 12} 20v-12m-4 4 4-5 4 5`} className="corner-north" />
    </svg>
  );
}
