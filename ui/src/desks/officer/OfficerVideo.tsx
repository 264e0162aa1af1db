import type { OfficerView } from "@outrider/contract";
import { type ReactNode, useEffect, useRef, useState } from "react";
import { monotonicMs, playWhep, useTick, type WhepNews, type WhepPlayer } from "../../live/index.js";
import { ageText } from "../../parts/index.js";
import { type PictureLook, pictureLook } from "./phonePicture.js";

export interface OfficerVideoProps {
  readonly view: OfficerView;
  /** The station's time in the last answer, and this phone's monotonic time when it came. */
  readonly answeredMs: number;
  readonly atMs: number;
}

const PATH = "/officer/whep";
/** A step of the station's clock this large is another run, not a faster answer. */
const OTHER_RUN_MS = 10_000;

/** The aircraft's live picture with the age of what is on the screen, or the reason why there is none. */
export function OfficerVideo({ view, answeredMs, atMs }: OfficerVideoProps): ReactNode {
  useTick(4);
  const camera = view.aircraft?.camera;
  const video = useRef<HTMLVideoElement>(null);
  const player = useRef<WhepPlayer>(undefined);
  const [news, setNews] = useState<WhepNews>({ kind: "asking" });
  useEffect(() => {
    if (camera === undefined || video.current === null) return;
    const mine = playWhep(video.current, PATH, setNews);
    player.current = mine;
    return () => {
      mine.close();
      player.current = undefined;
    };
  }, [camera]);
  const aheadMs = useStationAhead(answeredMs, atMs);
  if (view.aircraft === undefined) return <p className="officer-nopicture">No aircraft is on this call.</p>;
  const { callSign, phase } = view.aircraft;
  const nowMs = monotonicMs();
  const shown = player.current?.shown();
  const look: PictureLook =
    camera === undefined
      ? { state: "none", ageMs: undefined, why: "Not in the air" }
      : pictureLook({ shown, news, station: view.picture, nowMs, stationNowMs: nowMs + aheadMs });
  const start = (): void => void video.current?.play().catch(() => undefined);
  return (
    <figure className={`officer-picture ${look.state === "none" ? "small" : look.state}`}>
      {camera !== undefined && (
        <video ref={video} autoPlay muted playsInline aria-label={`Live picture of ${callSign}`} onClick={start} />
      )}
      <figcaption onClick={start} onKeyDown={start}>
        <b>{callSign}</b> {phaseWords(phase)}
        <span className="grow" />
        <PictureState look={look} />
      </figcaption>
      {look.why !== "" && <p className="officer-why">{look.why}.</p>}
    </figure>
  );
}

/** How far the station's clock is ahead of this phone's. Every way takes time, so that the largest seen is the nearest. */
function useStationAhead(answeredMs: number, atMs: number): number {
  const held = useRef(answeredMs - atMs);
  const seen = answeredMs - atMs;
  if (seen > held.current || held.current - seen > OTHER_RUN_MS) held.current = seen;
  return held.current;
}

function PictureState({ look }: { readonly look: PictureLook }): ReactNode {
  const age = look.ageMs === undefined ? "" : ageText(look.ageMs);
  switch (look.state) {
    case "live":
      return (
        <span className="officer-age">
          <i className="live-dot" />
          <span className="green">Live</span> {age}
        </span>
      );
    case "late":
      return <span className="officer-age amber">Late, {age} old</span>;
    case "frozen":
      return <span className="officer-age red">Frozen, {age} old</span>;
    case "none":
      return <span className="officer-age">No picture</span>;
  }
}

const PHASES: Readonly<Record<string, string>> = {
  onScene: "is overhead",
  enRoute: "is on its way",
  climbing: "is on its way",
  returning: "is going home",
};
const phaseWords = (phase: string): string => PHASES[phase] ?? "";
