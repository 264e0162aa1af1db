import { type ReactNode, useMemo } from "react";
import { useLive } from "../../live/index.js";
import { ageText, clockSpan, heightText, Notice } from "../../parts/index.js";
import { type Box, SceneView, textTwin } from "../../scene/index.js";
import type { DeskProps } from "../desk.js";
import { pilotReach, pilotScene, reachKey } from "./pilotScene.js";
import { phaseWord } from "./strips.js";
import type { PilotDeskState } from "./usePilotDesk.js";

/** Names stay clear of the legend below and of the picture in the upper right corner. */
const LEGEND: readonly Box[] = [[0, 600, 290, 400]];

export function PilotMap({ desk, state: s }: { readonly desk: DeskProps; readonly state: PilotDeskState }): ReactNode {
  const live = useLive();
  const { city, theme, units } = desk;
  const { fleet, site, incidents, selected, picked, cards } = s;
  const launches = s.pilot?.launches;
  const reachOf = reachKey(fleet);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the key stands for the few things in the fleet that reach depends on.
  const reach = useMemo(
    () => (city === undefined || fleet === undefined ? undefined : pilotReach(city, fleet)),
    [city, reachOf],
  );
  const model = useMemo(
    () =>
      pilotScene({
        ...{ theme, units, fleet, site, picked, launches: launches ?? [], launch: cards.shown },
        ...{
          incidents: incidents?.incidents ?? [],
          selectedUid: selected?.uid,
          reach: reach?.reach,
          samples: live.samples,
        },
      }),
    [theme, units, fleet, site, incidents, cards.shown, launches, selected?.uid, picked, reach, live],
  );
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
      keepOut={LEGEND}
      onPickAircraft={s.select}
      onPickGround={s.pick}
      handle={s.scene}
    >
      {reach !== undefined && (
        <p className="scene-chip">
          <b>Time to arrive</b>
          {reach.words}
        </p>
      )}
      {cards.shown !== undefined && (
        <span className="sr-only">Proposed time to camera {clockSpan(cards.shown.choice.etaS)}</span>
      )}
    </SceneView>
  );
}

function NoMap({ problem }: { readonly problem: string }): ReactNode {
  if (problem === "")
    return <Notice title="Waiting for the map" text="Usual: 3 s. Strips, alarms and orders work without it." />;
  return <Notice title="No map" text={`${problem} Strips, alarms and orders still work.`} tone="caution" />;
}
