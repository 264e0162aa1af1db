import type {
  AircraftView,
  GeoPoint,
  IncidentView,
  RoomViews,
  StreamView,
  TurningCameraView,
} from "@outrider/contract";
import { useEffect, useMemo, useRef, useState } from "react";
import {
  type Heat,
  monotonicMs,
  problemText,
  readStation,
  useHeat,
  useLive,
  useRoom,
  useRoomState,
} from "../../live/index.js";
import { cameraNumbers, openingStream } from "./cameraOrder.js";
import { camerasNow, presentAim } from "./cameraTurning.js";
import { groundAnswer } from "./readAnswers.js";
import type { PickedPlace } from "./regionScene.js";

/** What the crime center looks at now, out of its rooms. */
export interface Rtcc {
  readonly fleet: RoomViews["fleet"] | undefined;
  readonly site: RoomViews["site"] | undefined;
  readonly sky: RoomViews["sky"] | undefined;
  readonly incidents: RoomViews["incidents"] | undefined;
  readonly sightings: RoomViews["sightings"] | undefined;
  readonly incident: IncidentView | undefined;
  readonly incidentId: string | undefined;
  readonly seq: number;
  readonly refused: string | undefined;
  readonly streams: readonly StreamView[];
  readonly health: RoomViews["health"] | undefined;
  /** Fixed cameras that turn, where they look and who turned them. */
  readonly turning: readonly TurningCameraView[];
  readonly aircraft: AircraftView | undefined;
  readonly stream: StreamView | undefined;
  /** Light or heat of the aircraft on the incident, this viewer's own choice. */
  readonly heat: Heat;
  readonly numbers: ReadonlyMap<string, string>;
  readonly awaySinceMs: number | undefined;
  choose(incidentId: string): void;
  /** Shows a fixed camera in the large picture; undefined goes back to the aircraft. */
  openCamera(cameraId: string | undefined): void;
}

/** The most urgent open incident, newest first, unless a person chose. */
export function incidentToShow(
  incidents: readonly {
    readonly incidentId: string;
    readonly closed: boolean;
    readonly urgency: number;
    readonly openedMs: number;
  }[],
  chosen: string | undefined,
): string | undefined {
  if (chosen !== undefined && incidents.some((i) => i.incidentId === chosen)) return chosen;
  const sorted = [...incidents].sort(
    (a, b) => Number(a.closed) - Number(b.closed) || b.urgency - a.urgency || b.openedMs - a.openedMs,
  );
  return sorted[0]?.incidentId;
}

const noneTurning: readonly TurningCameraView[] = [];

export function useRtcc(): Rtcc {
  const live = useLive();
  const fleet = useRoom("fleet");
  const told = useRoom("site");
  const sky = useRoom("sky");
  const incidents = useRoom("incidents");
  const sightings = useRoom("sightings");
  const health = useRoom("health");
  const turning = useRoom("cameras")?.turning ?? noneTurning;
  const site = useSiteNow(told, turning, live.nowMs() ?? 0);
  const [chosen, choose] = useState<string>();
  const [cameraId, openCamera] = useState<string>();
  // What opened first stays open: another call must not take the picture away from the one being worked.
  const shown = useRef<string>(undefined);
  const incidentId = incidentToShow(incidents?.incidents ?? [], chosen ?? shown.current);
  shown.current = incidentId;
  const room = incidentId === undefined ? "" : `incident:${incidentId}`;
  const state = useRoomState(room);
  const incident = state?.view as IncidentView | undefined; // The room's name fixes its view.
  const streams = health?.streams ?? [];
  const uid = incident?.uid;
  const aircraft = (fleet?.aircraft ?? []).find((a) => a.uid === uid);
  const light = streams.find((s) => s.uid !== undefined && s.uid === uid && s.thermal !== true);
  const heat = useHeat(cameraId === undefined ? light : undefined, streams, aircraft?.callSign ?? "");
  const known = cameraId === undefined ? heat.stream : streams.find((s) => s.cameraId === cameraId);
  const fixed = (site?.cameras ?? []).find((c) => c.cameraId === cameraId);
  // A fixed camera has no stream until somebody looks: to look is what opens it.
  const stream = known ?? (fixed === undefined ? undefined : openingStream(fixed.cameraId, fixed.name));
  const numbers = useMemo(() => cameraNumbers(incident?.cameras ?? []), [incident?.cameras]);
  return {
    fleet,
    site,
    sky,
    incidents,
    sightings,
    incident,
    incidentId,
    seq: state?.seq ?? 0,
    refused: live.refusal(room),
    streams,
    health,
    turning,
    aircraft,
    stream,
    heat,
    numbers,
    awaySinceMs: useAway(live.nowMs()),
    choose: (id) => {
      choose(id);
      openCamera(undefined);
    },
    openCamera,
  };
}

/** The site with its cameras as they look now; the same object until one of them looks elsewhere. */
function useSiteNow(
  site: RoomViews["site"] | undefined,
  turning: readonly TurningCameraView[],
  nowMs: number,
): RoomViews["site"] | undefined {
  const looks = turning.map((one) => `${one.cameraId} ${JSON.stringify(presentAim(one, nowMs) ?? "")}`).join();
  // biome-ignore lint/correctness/useExhaustiveDependencies: what is drawn changes with where they look, not with the time.
  return useMemo(() => site && { ...site, cameras: camerasNow(site.cameras, turning, nowMs) }, [site, looks]);
}

/** Run time at which this page was last left for a while; facts after it are marked when a person comes back. */
function useAway(nowMs: number | undefined): number | undefined {
  const [away, setAway] = useState<number>();
  const now = useRef(nowMs);
  now.current = nowMs;
  useEffect(() => {
    let leftMs: number | undefined;
    const change = (): void => {
      if (document.visibilityState === "hidden") leftMs = now.current;
      else if (leftMs !== undefined && (now.current ?? 0) - leftMs > 10_000) setAway(leftMs);
    };
    document.addEventListener("visibilitychange", change);
    return () => document.removeEventListener("visibilitychange", change);
  }, []);
  return away;
}

export interface Pointing {
  readonly picked: PickedPlace | undefined;
  readonly problem: string;
  fromPicture(cameraId: string, u: number, v: number, capturedMs: number): void;
  fromMap(at: GeoPoint): void;
  clear(): void;
}

/** A person's finger on the picture or the map. From the picture, the station says which ground lies there. */
export function usePointing(): Pointing {
  const [picked, setPicked] = useState<PickedPlace>();
  const [problem, setProblem] = useState("");
  const askedMs = useRef(0);
  return {
    picked,
    problem,
    fromPicture(cameraId, u, v, capturedMs) {
      const mine = monotonicMs();
      askedMs.current = mine;
      const query = `u=${u.toFixed(5)}&v=${v.toFixed(5)}&capturedMs=${Math.round(capturedMs)}`;
      void readStation(`/cameras/${encodeURIComponent(cameraId)}/ground?${query}`).then((answer) => {
        if (askedMs.current !== mine) return;
        if (answer.kind === "problem") return setProblem(problemText(answer.problem));
        const ground = groundAnswer(answer.body);
        setProblem(ground.kind === "none" ? ground.why : "");
        if (ground.kind === "place")
          setPicked({ point: ground.point, errorM: ground.error.semiMajorM, label: ground.label, from: "picture" });
      });
    },
    fromMap(at) {
      setProblem("");
      // A finger on the map is no better than a few metres, whatever the zoom.
      setPicked({ point: at, errorM: 5, label: "", from: "map" });
    },
    clear() {
      setPicked(undefined);
      setProblem("");
    },
  };
}
