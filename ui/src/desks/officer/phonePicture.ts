import type { OfficerPicture } from "@outrider/contract";
import type { ShownPicture, WhepNews } from "../../live/index.js";
import { AGE_LIMITS } from "../../theme/index.js";

/** What the phone says of its picture. `ageMs` is of the picture on the screen, whatever the station has by then. */
export interface PictureLook {
  readonly state: "live" | "late" | "frozen" | "none";
  readonly ageMs: number | undefined;
  /** Why it is not live; empty where it is. */
  readonly why: string;
}

export interface PictureFacts {
  readonly shown: ShownPicture | undefined;
  readonly news: WhepNews;
  readonly station: OfficerPicture | undefined;
  /** This phone's monotonic clock. */
  readonly nowMs: number;
  /** The station's clock at this moment, as well as this phone knows it. */
  readonly stationNowMs: number;
}

/** RTP times wrap at 32 bit: the signed difference is right for half a day to either side. */
const rtpMs = (a: number, b: number): number => ((a - b) | 0) / 90;

/**
 * Time since the picture on the screen was taken. With the station's mark (one picture's RTP and capture time) it is
 * exact to the clocks; without it, at least the age that the station saw and the time since it came here.
 */
export function shownAgeMs({ shown, station, nowMs, stationNowMs }: PictureFacts): number | undefined {
  if (shown === undefined) return undefined;
  const hereMs = Math.max(0, nowMs - shown.atMs);
  const mark = station?.mark;
  if (mark === undefined || shown.rtpTime === undefined) return hereMs + (station?.ageMs ?? 0);
  return Math.max(hereMs, stationNowMs - (mark.capturedMs + rtpMs(shown.rtpTime, mark.rtpTime)));
}

export function pictureLook(facts: PictureFacts): PictureLook {
  const { shown, nowMs } = facts;
  const why = reason(facts);
  const ageMs = shownAgeMs(facts);
  if (shown === undefined || ageMs === undefined) return { state: "none", ageMs: undefined, why };
  const { lateMs, lostMs } = AGE_LIMITS.phoneVideo;
  if (nowMs - shown.atMs >= lostMs) return { state: "frozen", ageMs, why };
  return ageMs >= lateMs ? { state: "late", ageMs, why: lateWhy(facts) } : { state: "live", ageMs, why: "" };
}

const lateWhy = ({ station }: PictureFacts): string =>
  station?.state === "late" ? station.why.replace(/\.$/, "") : "The way to this phone is slow";

/** The first cause on the way from the aircraft to this screen. */
function reason({ news, station, shown }: PictureFacts): string {
  if (station !== undefined && (station.state === "none" || station.state === "frozen"))
    return station.why.replace(/\.$/, "");
  switch (news.kind) {
    case "stopped":
      return news.why;
    case "needsTap":
      return "Tap here to start the picture";
    case "asking":
      return "Asking the station, usual: 2 s";
    case "connected":
      return shown === undefined ? "Waiting for a whole picture, usual: 2 s" : "No pictures reach this phone";
  }
}
