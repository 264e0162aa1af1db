import type { AircraftView, StreamView } from "@outrider/contract";
import { type ReactNode, useCallback, useRef, useState } from "react";
import { type Heat, heatButton, LiveVideo, useLive, type VideoNews } from "../../live/index.js";
import { compassPoint, heightText, Key, type Units, type VideoLook, VideoPane } from "../../parts/index.js";
import { AGE_LIMITS } from "../../theme/index.js";

const USUAL_HEAT_MS = 2_500;

export interface InsetVideoProps {
  readonly aircraft: AircraftView;
  readonly units: Units;
  readonly big: boolean;
  /** Which of its pictures this pilot sees. */
  readonly heat: Heat;
}

/** The selected aircraft's picture over the map's corner; Tab makes it large, I shows heat. */
export function InsetVideo(props: InsetVideoProps): ReactNode {
  const { stream } = props.heat;
  // Another camera begins anew: the age of the one before says nothing of it.
  return stream === undefined ? null : <Inset key={stream.cameraId} {...props} stream={stream} />;
}

function Inset({ aircraft, units, big, heat, stream }: InsetVideoProps & { readonly stream: StreamView }): ReactNode {
  const live = useLive();
  const [askedMs] = useState(() => performance.now());
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
        heat={heat.heat}
        mode={heat.heat ? "" : "colour"}
        looking={
          sample === undefined
            ? ""
            : `looking ${compassPoint(sample.gimbalYawDeg)}, ${heightText(sample.altAglM ?? 0, units)}`
        }
        look={
          heat.heat && shown.current.wallMs === 0 && shown.current.cannot === ""
            ? // A heat camera is opened by looking at it: that it sends nothing yet is no fault.
              { kind: "asked", waitedMs: performance.now() - askedMs, usualMs: USUAL_HEAT_MS, name: aircraft.callSign }
            : lookOf(
                shown.current.cannot,
                shown.current.wallMs,
                sinceMs,
                latencyMs,
                stream.state,
                stream.why,
                aircraft.callSign,
              )
        }
        masked={false}
        timeKnown={stream.timeKnown}
        picture={
          <LiveVideo
            cameraId={stream.cameraId}
            label={`Live ${heat.heat ? "heat " : ""}picture of ${aircraft.callSign}`}
            onNews={onNews}
          />
        }
        foot={heat.offered || heat.wanted ? <InsetFoot heat={heat} /> : undefined}
      />
    </div>
  );
}

function InsetFoot({ heat }: { readonly heat: Heat }): ReactNode {
  return (
    <>
      {heat.words !== "" && (
        <>
          <span className="amber inset-why">{heat.words}</span>
          <span className="amber inset-short">Visible light</span>
        </>
      )}
      <span className="grow" />
      <button type="button" className="inset-heat" aria-pressed={heat.heat} onClick={heat.toggle}>
        {heatButton(heat)} <Key>I</Key>
      </button>
    </>
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
