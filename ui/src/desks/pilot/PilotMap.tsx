import { type ReactNode, useEffect, useMemo, useRef } from "react";
import { useLive } from "../../live/index.js";
import { ageText, clockSpan, heightText, Notice } from "../../parts/index.js";
import { type SceneLid, SceneView, textTwin } from "../../scene/index.js";
import type { DeskProps } from "../desk.js";
import { PlacingChip } from "../placing/PlaceForm.js";
import { lidsKey, lidsOf } from "./lids.js";
import { pilotScene } from "./pilotScene.js";
import { phaseWord } from "./strips.js";
import type { PilotDeskState } from "./usePilotDesk.js";
import { useTimeLines } from "./useTimeLines.js";

export function PilotMap({ desk, state: s }: { readonly desk: DeskProps; readonly state: PilotDeskState }): ReactNode {
  const live = useLive();
  const { city, theme, units } = desk;
  const { fleet, site, incidents, selected, picked, placing, cards } = s;
  const launches = s.pilot?.launches;
  const reach = useTimeLines(true, fleet);
  const lids = useLids(desk, s);
  const mark = placing.now === undefined ? "" : JSON.stringify([placing.now.point, placing.now.radiusM]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: `mark` stands for the place that is being set.
  const model = useMemo(
    () =>
      pilotScene({
        ...{ theme, units, fleet, site, picked, placing: placing.now, launches: launches ?? [], launch: cards.shown },
        ...{
          incidents: incidents?.incidents ?? [],
          selectedUid: selected?.uid,
          timeLines: reach.lines,
          lids,
          samples: live.samples,
        },
      }),
    [theme, units, fleet, site, incidents, cards.shown, launches, selected?.uid, picked, mark, reach.lines, lids, live],
  );
  useShowProposal(s);
  const words = useMemo(() => ({ height: (m: number) => heightText(m, units), age: ageText }), [units]);
  if (city === undefined) return <NoMap problem={desk.cityProblem} />;
  const spoken = (fleet?.aircraft ?? []).map((a) => ({
    uid: a.uid,
    altText: heightText(live.samples.latest(a.uid)?.altAglM ?? 0, units),
    phase: phaseWord(a.phase),
  }));
  return (
    <SceneView
      city={city}
      model={model}
      poses={live.samples}
      words={words}
      twin={textTwin(model, spoken)}
      {...(placing.now === undefined ? { onPickAircraft: s.select } : {})}
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

/** The same array for as long as the same lids are to be drawn. */
function useLids(desk: DeskProps, s: PilotDeskState): readonly SceneLid[] {
  const { samples } = useLive();
  const { ceilingAglM } = s.site ?? {};
  const aircraft = s.fleet?.aircraft ?? [];
  const lids = lidsOf({ ceilingAglM, units: desk.units, planned: s.cards.shown, aircraft, samples });
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
