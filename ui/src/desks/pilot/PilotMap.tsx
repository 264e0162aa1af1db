import { type ReactNode, useEffect, useMemo, useRef } from "react";
import { useLive } from "../../live/index.js";
import { ageText, clockSpan, heightText, Notice, type Units } from "../../parts/index.js";
import { type SceneLid, type SceneModel, type SceneTimeLine, SceneView, textTwin } from "../../scene/index.js";
import type { DeskProps } from "../desk.js";
import { PlacingChip } from "../placing/PlaceForm.js";
import { strangerTwins, useSkyPoses } from "../sky/index.js";
import { lidsKey, lidsOf } from "./lids.js";
import { pilotScene } from "./pilotScene.js";
import { phaseWord } from "./strips.js";
import type { PilotDeskState } from "./usePilotDesk.js";
import { useTimeLines } from "./useTimeLines.js";

export function PilotMap({ desk, state: s }: { readonly desk: DeskProps; readonly state: PilotDeskState }): ReactNode {
  const { city, units } = desk;
  const { placing, cards } = s;
  const reach = useTimeLines(true, s.fleet);
  const model = useModel(desk, s, reach.lines);
  const poses = useSkyPoses(s.sky);
  const twin = useTwin(model, s, units);
  useShowProposal(s);
  const words = useMemo(() => ({ height: (m: number) => heightText(m, units), age: ageText }), [units]);
  if (city === undefined) return <NoMap problem={desk.cityProblem} />;
  return (
    <SceneView
      city={city}
      model={model}
      poses={poses}
      words={words}
      twin={twin}
      {...(placing.now === undefined ? { onPickAircraft: (uid: string) => pickOurs(uid, s) } : {})}
      onPickGround={placing.now === undefined ? s.pick : placing.aim}
      handle={s.scene}
    >
      <PlacingChip now={placing.now} />
      <p className="scene-chip">
        <b>Time to arrive</b>
        {reach.words}
      </p>
      {cards.shown !== undefined && (
        <span className="sr-only">Proposed time to camera {clockSpan(cards.shown.choice.etaS)}</span>
      )}
    </SceneView>
  );
}

function useModel({ theme, units }: DeskProps, s: PilotDeskState, timeLines: readonly SceneTimeLine[]): SceneModel {
  const { samples } = useLive();
  const { fleet, site, sky, incidents, selected, picked, placing, cards } = s;
  const launches = s.pilot?.launches;
  const launch = cards.shown;
  const lids = useLids(units, s);
  const mark = placing.now === undefined ? "" : JSON.stringify([placing.now.point, placing.now.radiusM]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: `mark` stands for the place that is being set.
  return useMemo(
    () =>
      pilotScene({
        ...{ theme, units, fleet, site, sky, picked, placing: placing.now, launches: launches ?? [], launch },
        ...{ incidents: incidents?.incidents ?? [], selectedUid: selected?.uid, timeLines, lids, samples },
      }),
    [
      theme,
      units,
      fleet,
      site,
      sky,
      incidents,
      launch,
      launches,
      selected?.uid,
      picked,
      mark,
      timeLines,
      lids,
      samples,
    ],
  );
}

/** Ours and strangers, for a screen reader. */
function useTwin(model: SceneModel, s: PilotDeskState, units: Units): string {
  const { samples } = useLive();
  const ours = (s.fleet?.aircraft ?? []).map((a) => ({
    uid: a.uid,
    altText: heightText(samples.latest(a.uid)?.altAglM ?? 0, units),
    phase: phaseWord(a.phase),
  }));
  return textTwin(model, [...ours, ...strangerTwins(s.sky, units)]);
}

/** Somebody else's aircraft cannot be chosen. */
function pickOurs(uid: string, s: PilotDeskState): void {
  if (s.fleet?.aircraft.some((a) => a.uid === uid) === true) s.select(uid);
}

/** The same array for as long as the same lids are to be drawn. */
function useLids(units: Units, s: PilotDeskState): readonly SceneLid[] {
  const { samples } = useLive();
  const { ceilingAglM } = s.site ?? {};
  const aircraft = s.fleet?.aircraft ?? [];
  const lids = lidsOf({ ceilingAglM, units, planned: s.cards.shown, aircraft, samples });
  const kept = useRef(lids);
  if (lidsKey(lids) !== lidsKey(kept.current)) kept.current = lids;
  return kept.current;
}

/** A card about a place that nobody sees would be decided blind: the map turns to it once, when the card comes up. */
function useShowProposal({ cards, scene }: PilotDeskState): void {
  const { shown } = cards;
  const key = shown?.phase === "proposed" ? `${shown.launchId}:${shown.choice.uid}` : undefined;
  // biome-ignore lint/correctness/useExhaustiveDependencies: once for each card, not for each change of its numbers.
  useEffect(() => {
    if (key !== undefined && shown !== undefined) scene.current?.show([shown.plan.home.point, shown.plan.scene.point]);
  }, [key, scene]);
}

function NoMap({ problem }: { readonly problem: string }): ReactNode {
  if (problem === "")
    return <Notice title="Waiting for the map" text="Usual: 3 s. Strips, alarms and orders work without it." />;
  return <Notice title="No map" text={`${problem} Strips, alarms and orders still work.`} tone="caution" />;
}
