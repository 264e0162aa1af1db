import type { GeoPoint, IncidentView, RoomViews } from "@outrider/contract";
import { type ReactNode, type RefObject, useMemo } from "react";
import { useLive, useRead } from "../../live/index.js";
import { ageText, heightText, Key, listText, Notice, timeOfDay } from "../../parts/index.js";
import {
  poseFrom,
  type SceneCoverage,
  type SceneHandle,
  type SceneModel,
  type SceneTimeLine,
  SceneView,
  textTwin,
} from "../../scene/index.js";
import { type CityModel, toLocal } from "../../world/index.js";
import type { DeskProps } from "../desk.js";
import { useTimeLines } from "../pilot/useTimeLines.js";
import { PlacingChip } from "../placing/PlaceForm.js";
import { onMap } from "../placing/placing.js";
import type { Placing } from "../placing/usePlacing.js";
import { strangerTwins, useSkyPoses } from "../sky/index.js";
import { CoverageExport } from "./CoverageExport.js";
import { coverageGrid, polygonsOfGeoJson, unseenGrid } from "./coverageGrid.js";
import { heatLayer, heatWords } from "./heatLayer.js";
import { type CoverageChoice, couldBeWords, type PickedPlace, regionScene } from "./regionScene.js";

export interface RegionMapProps {
  readonly desk: DeskProps;
  readonly fleet: RoomViews["fleet"] | undefined;
  readonly site: RoomViews["site"] | undefined;
  readonly sky: RoomViews["sky"] | undefined;
  readonly incidents: RoomViews["incidents"] | undefined;
  readonly incident: IncidentView | undefined;
  readonly numbers: ReadonlyMap<string, string>;
  readonly picked: PickedPlace | undefined;
  readonly placing: Placing | undefined;
  /** The fixed camera in the large picture. */
  readonly shownId: string | undefined;
  /** Cameras that look elsewhere than at home: what was computed of all cameras together knows nothing of it. */
  readonly turnedAway: readonly string[];
  readonly choice: CoverageChoice;
  readonly nowMs: number;
  readonly scene: RefObject<SceneHandle | null>;
  readonly onChoice: (choice: CoverageChoice) => void;
  readonly onPick: (at: GeoPoint) => void;
}

const CHOICES: readonly { readonly id: CoverageChoice; readonly title: string }[] = [
  { id: "couldBe", title: "Could be here" },
  { id: "timeToArrive", title: "Time to arrive" },
  { id: "whoSees", title: "Who sees" },
  { id: "nobodySees", title: "Nobody sees" },
  { id: "heat", title: "Calls unseen" },
];

/** The region around the incident: where it could be by now, who could be there, and what nobody sees. */
export function RegionMap(p: RegionMapProps): ReactNode {
  const { city, cityProblem, units } = p.desk;
  const live = useLive();
  const poses = useSkyPoses(p.sky);
  const reach = useTimeLines(p.choice === "timeToArrive", p.fleet);
  const coverage = useCoverage(p, city);
  const model = useRegionModel(p, reach.lines, coverage);
  const words = useMemo(() => ({ height: (m: number) => heightText(m, units), age: ageText }), [units]);
  const point = p.incident?.needsPlace === undefined ? p.incident?.place.point : undefined;
  const home = useMemo(
    () => (city === undefined || point === undefined ? undefined : viewOver(city, point)),
    [city, point],
  );
  if (city === undefined)
    return cityProblem === "" ? (
      <Notice title="Waiting for the map" text="Usual: 3 s. Pictures, facts and cards work without it." />
    ) : (
      <Notice title="No map" text={`${cityProblem} Pictures, facts and cards still work.`} tone="caution" />
    );
  const flying = (p.fleet?.aircraft ?? []).map((a) => ({
    uid: a.uid,
    altText: heightText(live.samples.latest(a.uid)?.altAglM ?? 0, units),
    phase: a.job,
  }));
  return (
    <>
      {/* Above the map, not over it: a mark at its edge is as much worth as one in its middle. */}
      <div className="region-bar">
        <CoverageSwitch choice={p.choice} onChoice={p.onChoice} />
        <CoverageExport choice={p.choice} />
      </div>
      <div className="region-scene">
        <SceneView
          key={home === undefined ? "whole" : "incident"}
          city={city}
          model={model}
          poses={poses}
          words={words}
          twin={textTwin(model, [...flying, ...strangerTwins(p.sky, units)])}
          handle={p.scene}
          onPickGround={p.onPick}
          {...(home === undefined ? {} : { home })}
        >
          <PlacingChip now={p.placing} />
          <p className="scene-chip">{chipOf(p, reach.words)}</p>
        </SceneView>
      </div>
    </>
  );
}

function useRegionModel(
  p: RegionMapProps,
  timeLines: readonly SceneTimeLine[],
  coverage: SceneCoverage | undefined,
): SceneModel {
  const minute = Math.floor(p.nowMs / 5000);
  // biome-ignore lint/correctness/useExhaustiveDependencies: ages in names move each 5 s, not each tick.
  return useMemo(
    () => regionScene({ ...inputOf(p), timeLines, coverage }),
    [
      p.desk.theme,
      p.desk.units,
      p.fleet,
      p.site,
      p.sky,
      p.incidents,
      p.incident,
      p.numbers,
      p.picked,
      p.shownId,
      p.placing?.point,
      p.placing?.radiusM,
      p.choice,
      timeLines,
      coverage,
      minute,
    ],
  );
}

function CoverageSwitch({ choice, onChoice }: Pick<RegionMapProps, "choice" | "onChoice">): ReactNode {
  return (
    <div className="coverage-switch" role="radiogroup" aria-label="What the map shows">
      {CHOICES.map((c) => (
        // biome-ignore lint/a11y/useSemanticElements: a row of buttons that act as one choice.
        <button
          type="button"
          key={c.id}
          role="radio"
          aria-checked={c.id === choice}
          className={c.id === choice ? "on" : ""}
          onClick={() => onChoice(c.id)}
        >
          {c.title}
        </button>
      ))}
    </div>
  );
}

const inputOf = (p: RegionMapProps) => ({
  theme: p.desk.theme,
  units: p.desk.units,
  fleet: p.fleet,
  site: p.site,
  sky: p.sky,
  incidents: p.incidents?.incidents ?? [],
  incident: p.incident,
  numbers: p.numbers,
  picked: p.picked,
  shownId: p.shownId,
  placing: p.placing,
  choice: p.choice,
  nowMs: p.nowMs,
});

/** From the south-south-east over the incident, near enough to read streets, far enough for the region. */
function viewOver(city: CityModel, at: GeoPoint) {
  const { xM, yM } = toLocal(city.frame, at);
  return poseFrom([xM - 160, yM - 780, 760], [xM - 190, yM - 60, 60], 36);
}

const READS: Readonly<Record<CoverageChoice, string | undefined>> = {
  couldBe: undefined,
  timeToArrive: undefined,
  whoSees: "/coverage/seen.geojson",
  nobodySees: "/coverage/unseen.geojson",
  heat: "/coverage/unseen.geojson",
};

const TURNED_EVERY_MS = 15_000;

/** What cameras see comes from the station; while that is not there, from the outlines in the site's own view. */
function useCoverage(p: RegionMapProps, city: CityModel | undefined) {
  const { choice } = p;
  const path = READS[choice];
  const turned = p.turnedAway.length > 0;
  // The station counts a turned camera where it looks: that changes with each turn.
  const read = useRead(path, turned ? TURNED_EVERY_MS : undefined);
  const cameras = p.site?.cameras;
  const incidents = p.incidents?.incidents;
  return useMemo(() => {
    if (path === undefined || city === undefined) return undefined;
    const told = polygonsOfGeoJson(read.body);
    if (choice === "heat")
      return heatLayer(
        city,
        told,
        onMap(incidents ?? []).map((i) => i.place.point),
      );
    if (told.length > 0 && !(turned && choice === "whoSees"))
      return choice === "whoSees" ? coverageGrid(city, told, "seen") : unseenGrid(city, told);
    const own = (cameras ?? []).flatMap((c) => (c.kind === "camera" && c.sees.length >= 3 ? [[c.sees]] : []));
    return coverageGrid(city, own, choice === "whoSees" ? "seen" : "nobodySees");
  }, [choice, path, city, read.body, cameras, incidents, turned]);
}

const turnedWords = (names: readonly string[]): string =>
  names.length === 0 ? "" : `, with ${listText(names)} as last told`;

function chipOf(p: RegionMapProps, reachWords: string): ReactNode {
  const key = <Key>R</Key>;
  switch (p.choice) {
    case "couldBe":
      return (
        <>
          <b className="computed">Could be here by now</b>
          {couldBeWords(p.incident, p.nowMs, p.desk.units)} {key}
        </>
      );
    case "timeToArrive":
      return (
        <>
          <b>Time to arrive</b>
          {reachWords}
        </>
      );
    case "whoSees":
      return (
        <>
          <b>Who sees</b>
          ground that fixed cameras see, lighter where more do
        </>
      );
    case "nobodySees":
      return (
        <>
          <b className="computed">Nobody sees</b>
          ground that no fixed camera sees, computed from walls and hills{turnedWords(p.turnedAway)}
        </>
      );
    case "heat":
      return (
        <>
          <b>Calls unseen</b>
          {heatWords(p.incidents?.incidents ?? [], timeOfDay)}
          {turnedWords(p.turnedAway)}
        </>
      );
  }
}
