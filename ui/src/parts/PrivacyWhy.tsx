import { type GeoPoint, type PrivacyReason, privacyReason, privacyReasonWords } from "@outrider/contract";
import { type ReactNode, useState } from "react";
import { zoneAt } from "./zoneAt.js";

type Zones = Parameters<typeof zoneAt>[1];

export type Why = { readonly zone: string | undefined; readonly reason: PrivacyReason | undefined };

/** Whether a picked place needs a reason, and which one was given: of that place alone, the next one is asked anew. */
export function usePrivacyWhy(point: GeoPoint, zones: Zones) {
  const zone = zoneAt(point, zones);
  const key = `${point.latDeg}:${point.lonDeg}`;
  const [given, give] = useState<{ readonly key: string; readonly reason: PrivacyReason | undefined }>();
  const reason = zone === undefined || given?.key !== key ? undefined : given.reason;
  return {
    ready: zone === undefined || reason !== undefined,
    body: reason === undefined ? {} : { privacyReason: reason },
    why: { zone, reason },
    onReason: (next: PrivacyReason | undefined) => give({ key, reason: next }),
  };
}

/** Nobody looks into a privacy zone by habit: the reason is asked before, and it is on record with a name. */
export function PrivacyWhy({
  why,
  onReason,
}: {
  readonly why: Why;
  readonly onReason: (reason: PrivacyReason | undefined) => void;
}): ReactNode {
  if (why.zone === undefined) return null;
  return (
    <label className="reason amber">
      {`${why.zone} is a privacy zone. Why must it be?`}
      <select
        value={why.reason ?? ""}
        onChange={(e) => onReason(privacyReason.options.find((one) => one === e.target.value))}
      >
        <option value="">Choose a reason</option>
        {privacyReason.options.map((one) => (
          <option key={one} value={one}>
            {privacyReasonWords[one]}
          </option>
        ))}
      </select>
    </label>
  );
}
