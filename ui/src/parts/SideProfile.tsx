import type { ReactNode } from "react";

/** The route from the side, evenly spaced samples along it. Heights AMSL. */
export interface ProfileView {
  readonly groundAmslM: readonly number[];
  readonly roofAmslM: readonly number[];
  readonly pathAmslM: readonly number[];
  readonly ceilingAglM: number | undefined;
  readonly ceilingText: string;
  readonly fromText: string;
  readonly toText: string;
  readonly lengthText: string;
}

const W = 336;
const H = 92;
/** Room for one line of words: where the ceiling leaves less above itself, they stand below it. */
const LETTERS = 15;

/** Side view of the route over roofs, under the ceiling. */
export function SideProfile({ profile }: { readonly profile: ProfileView }): ReactNode {
  const n = profile.groundAmslM.length;
  if (n < 2) return null;
  const ceiling =
    profile.ceilingAglM === undefined ? undefined : profile.groundAmslM.map((g) => g + (profile.ceilingAglM ?? 0));
  const low = Math.min(...profile.groundAmslM) - 6;
  const high = Math.max(...profile.pathAmslM, ...(ceiling ?? [])) + 16;
  const x = (i: number): string => ((i / (n - 1)) * W).toFixed(1);
  const y = (z: number): string => (H - ((z - low) / (high - low)) * H).toFixed(1);
  const line = (z: readonly number[]): string => `M${z.map((v, i) => `${x(i)} ${y(v)}`).join("L")}`;
  const area = (z: readonly number[]): string => `M0 ${H}L${z.map((v, i) => `${x(i)} ${y(v)}`).join("L")}L${W} ${H}Z`;
  const first = profile.roofAmslM[0] ?? 0;
  const lidY = Number(y(ceiling?.at(-1) ?? 0));
  const path = profile.pathAmslM.map((v, i) => `${i === 0 ? 1 : i === n - 1 ? W - 1 : x(i)} ${y(v)}`).join("L");
  return (
    <svg
      className="profile"
      viewBox={`0 0 ${W} ${H + 18}`}
      role="img"
      aria-label={`Side view, ${profile.fromText} to ${profile.toText}, ${profile.lengthText}, ${profile.ceilingText}`}
    >
      <path className="profile-roofs" d={area(profile.roofAmslM)} />
      <path className="profile-ground" d={area(profile.groundAmslM)} />
      {ceiling !== undefined && (
        <>
          <path className="profile-ceiling" d={line(ceiling)} />
          <text x={W} y={lidY < LETTERS ? lidY + LETTERS : lidY - 5} textAnchor="end" className="profile-lid">
            {profile.ceilingText}
          </text>
        </>
      )}
      <path className="profile-path" d={`M1 ${y(first)}L${path}`} />
      <text x="0" y={H + 14}>
        {profile.fromText}
      </text>
      <text x={W / 2} y={H + 14} textAnchor="middle">
        {profile.lengthText}
      </text>
      <text x={W} y={H + 14} textAnchor="end">
        {profile.toText}
      </text>
    </svg>
  );
}
