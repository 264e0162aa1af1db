import type { AircraftView } from "@outrider/contract";
import { type ReactNode, useCallback, useRef } from "react";
import { LiveVideo, useLive, useRoom, type VideoNews } from "../../live/index.js";
import { compassPoint, heightText, type Units, type VideoLook, VideoPane } from "../../parts/index.js";
import { AGE_LIMITS } from "../../theme/index.js";

/** The selected aircraft's picture over the map's corner; Tab makes it large. */
export function InsetVideo({
  aircraft,
  units,
  big,
}: {
  readonly aircraft: AircraftView;
  readonly units: Units;
  readonly big: boolean;
}): ReactNode {
  const live = useLive();
  const health = useRoom("health");
  const stream = health?.streams.find((s) => s.uid === aircraft.uid);
  const shown = useRef<{ wallMs: number; capturedMs: number | undefined; cannot: string }>({
    wallMs: 0,
    capturedMs: undefined,
    cannot: "",
  });
  const onNews = useCallback((news: VideoNews) => {
    if (news.kind === "shown")
      shown.current = { wallMs: performance.now(), capturedMs: news.frame.capturedMs, cannot: "" };
    if (news.kind === "cannot") shown.current = { ...shown.current, cannot: news.why };
  }, []);
  if (stream === undefined) return null;
  const sample = live.samples.latest(aircraft.uid);
  const sinceMs = performance.now() - shown.current.wallMs;
  const nowMs = live.nowMs();
  const latencyMs =
    shown.current.capturedMs === undefined || nowMs === undefined
      ? undefined
      : Math.max(0, nowMs - shown.current.capturedMs);
  return (
    <div className={big ? "inset big" : "inset"} data-over-map={big ? undefined : ""}>
      <VideoPane
        name={aircraft.callSign}
        mode="colour"
        looking={
          sample === undefined
            ? ""
            : `looking ${compassPoint(sample.gimbalYawDeg)}, ${heightText(sample.altAglM ?? 0, units)}`
        }
        look={lookOf(
          shown.current.cannot,
          shown.current.wallMs,
          sinceMs,
          latencyMs,
          stream.state,
          stream.why,
          aircraft.callSign,
        )}
        masked={false}
        timeKnown={stream.timeKnown}
        picture={
          <LiveVideo cameraId={stream.cameraId} label={`Live picture of ${aircraft.callSign}`} onNews={onNews} />
        }
      />
    </div>
  );
}

function lookOf(
  cannot: string,
  wallMs: number,
  sinceMs: number,
  latencyMs: number | undefined,
  state: string,
  why: string,
  callSign: string,
): VideoLook {
  if (cannot !== "") return { kind: "none", why: cannot };
  // The canvas must stay mounted while it waits, or nothing would ever be watched.
  if (wallMs === 0)
    return state === "none"
      ? { kind: "none", why: why === "" ? `${callSign} sends no picture.` : why }
      : { kind: "late", ageMs: 0 };
  if (sinceMs >= AGE_LIMITS.video.lostMs) return { kind: "frozen", ageMs: sinceMs };
  if (sinceMs >= AGE_LIMITS.video.lateMs) return { kind: "late", ageMs: sinceMs };
  // A picture that comes late is late, however regularly it comes.
  if (latencyMs !== undefined && latencyMs >= AGE_LIMITS.video.lateMs) return { kind: "late", ageMs: latencyMs };
  return { kind: "live", latencyMs };
}
