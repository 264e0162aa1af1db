import type { GeoPoint } from "@outrider/contract";
import { type ReactNode, useEffect, useMemo } from "react";
import { ageText, heightText, listText, Notice } from "../../parts/index.js";
import { emptyScene, type SceneModel, SceneView } from "../../scene/index.js";
import type { CityModel } from "../../world/index.js";
import type { DeskProps } from "../desk.js";
import type { ReplayMoment } from "./replayState.js";
import { flownUpTo, placeAt, ReplayPoses, type ReplayTrack, replayTwin } from "./replayTracks.js";
import { trainerHome } from "./trainerHome.js";

const TRAIL_EVERY_MS = 2000;
const EXTENT_EVERY = 20;

export interface DebriefMapProps {
  readonly moment: ReplayMoment;
  readonly tMs: number;
  readonly tracks: readonly ReplayTrack[];
  /** Why there are no recorded places; empty where there are. */
  readonly noTracks: string;
  /** Where anything was reported, for the first look. */
  readonly places: readonly GeoPoint[];
  readonly desk: DeskProps;
}

/** The run on the map at the log's time: recorded places where there are any, else planned ways, and it says which. */
export function DebriefMap(p: DebriefMapProps): ReactNode {
  const { city } = p.desk;
  if (city === undefined) return <Notice title="No map" text="The facts beside it are whole." />;
  return <Replayed {...p} city={city} />;
}

function Replayed(p: DebriefMapProps & { readonly city: CityModel }): ReactNode {
  const { desk, city, moment, tMs, tracks } = p;
  const { units } = desk;
  const poses = useMemo(() => new ReplayPoses(tracks), [tracks]);
  useEffect(() => poses.seek(tMs), [poses, tMs]);
  const model = useReplayModel(p);
  const words = useMemo(() => ({ height: (m: number) => heightText(m, units), age: ageText }), [units]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the first look is taken once; scrubbing must not move it.
  const home = useMemo(
    () =>
      trainerHome(city, [], [...p.places, ...tracks.flatMap((t) => t.rows.filter((_, i) => i % EXTENT_EVERY === 0))]),
    [city, tracks.length > 0],
  );
  const untracked = moment.flights.filter((f) => f.commanded && !tracks.some((t) => t.launchId === f.launchId));
  const words2 =
    p.noTracks !== ""
      ? `Planned ways only: ${p.noTracks}`
      : untracked.length > 0
        ? `${listText(untracked.map((f) => f.callSign))}: planned way, no recorded places`
        : "Recorded places, from the flight’s own track";
  return (
    <>
      <SceneView
        key={tracks.length > 0 ? "tracks" : "plans"}
        city={city}
        model={model}
        poses={poses}
        words={words}
        home={home}
        twin={replayTwin(moment, tracks, tMs, words.height)}
      />
      <p className="debrief-source">{words2}</p>
    </>
  );
}

function useReplayModel({ desk, moment, tMs, tracks }: DebriefMapProps): SceneModel {
  const { theme } = desk;
  const trailMs = Math.floor(tMs / TRAIL_EVERY_MS) * TRAIL_EVERY_MS;
  const flying = tracks.filter((t) => placeAt(t, tMs) !== undefined);
  const flyingKey = flying.map((t) => t.uid).join(",");
  // biome-ignore lint/correctness/useExhaustiveDependencies: the key says which aircraft fly.
  const aircraft = useMemo(
    () =>
      flying.map((t) => ({
        uid: t.uid,
        callSign: t.callSign,
        selected: false,
        docked: false,
        showFootprint: true,
        kind: "drone" as const,
      })),
    [tracks, flyingKey],
  );
  const flown = useMemo(
    () =>
      tracks.map((t) => ({
        id: `flown:${t.uid}:${t.rows[0]?.tMs ?? 0}`,
        state: "flown" as const,
        points: flownUpTo(t, trailMs, TRAIL_EVERY_MS).map((r) => ({ at: r, altAmslM: r.altAmslM })),
      })),
    [tracks, trailMs],
  );
  return useMemo(
    (): SceneModel => ({
      ...emptyScene(theme),
      aircraft,
      incidents: moment.incidents.map((i) => ({
        id: i.incidentId,
        at: i.place.point,
        title: i.title,
        detail: i.place.label,
        certainty: "estimated",
        error: i.place.error,
      })),
      routes: [
        ...flown.filter((f) => f.points.length > 1),
        ...moment.flights
          .filter((f) => f.state === "proposed" || (f.commanded && !tracks.some((t) => t.launchId === f.launchId)))
          .map((f) => ({
            id: f.launchId,
            state: f.commanded ? ("commanded" as const) : ("proposed" as const),
            points: f.route,
          })),
      ],
    }),
    [theme, moment, aircraft, flown, tracks],
  );
}
