import type { RoomViews } from "@outrider/contract";
import { type ReactNode, useEffect, useMemo, useRef } from "react";
import { useLive } from "../../live/index.js";
import { ageText, heightText, Key, Notice } from "../../parts/index.js";
import { type SceneHandle, SceneView, textTwin } from "../../scene/index.js";
import type { CityModel } from "../../world/index.js";
import type { DeskProps } from "../desk.js";
import { pilotScene } from "../pilot/pilotScene.js";
import { TruthPoses, truthScene } from "./truthScene.js";

interface MapProps {
  readonly desk: DeskProps;
  readonly view: RoomViews["trainer"] | undefined;
  readonly fleet: RoomViews["fleet"] | undefined;
  readonly incidents: RoomViews["incidents"] | undefined;
  readonly truth: boolean;
  readonly onTruth: () => void;
}

/** What is true, or what the trainee sees, on one map. */
export function TrainerMap(p: MapProps): ReactNode {
  const { city, cityProblem } = p.desk;
  if (city === undefined)
    return cityProblem === "" ? (
      <Notice title="Waiting for the map" text="Usual: 3 s. Injects and expectations work without it." />
    ) : (
      <Notice title="No map" text={`${cityProblem} Injects and expectations still work.`} tone="caution" />
    );
  return <TruthOrTrainee {...p} city={city} />;
}

function TruthOrTrainee(p: MapProps & { readonly city: CityModel }): ReactNode {
  const { desk, city, view, fleet } = p;
  const { theme, units } = desk;
  const live = useLive();
  const handle = useRef<SceneHandle>(null);
  const poses = useMemo(() => new TruthPoses(city), [city]);
  useEffect(() => poses.take(view?.truth), [poses, view?.truth]);
  const open = p.incidents?.incidents ?? [];
  // biome-ignore lint/correctness/useExhaustiveDependencies: `open` is new on each render; its room decides.
  const model = useMemo(
    () =>
      p.truth
        ? truthScene({ theme, units, city, truth: view?.truth, fleet, incidents: open })
        : pilotScene({
            theme,
            units,
            fleet,
            site: undefined,
            incidents: open,
            launch: undefined,
            launches: [],
            selectedUid: undefined,
            picked: undefined,
            reach: undefined,
            samples: live.samples,
          }),
    [p.truth, theme, units, city, view?.truth, fleet, p.incidents, live],
  );
  const words = useMemo(() => ({ height: (m: number) => heightText(m, units), age: ageText }), [units]);
  const noTruth = p.truth && view?.truth === undefined;
  return (
    <SceneView
      city={city}
      model={model}
      poses={p.truth ? poses : live.samples}
      words={words}
      handle={handle}
      twin={textTwin(
        model,
        (view?.truth?.aircraft ?? []).map((a) => ({
          uid: a.uid,
          altText: "",
          phase: `${Math.round(a.batteryPct)} percent`,
        })),
      )}
    >
      <button type="button" className="truth-chip" onClick={p.onTruth} aria-pressed={p.truth}>
        <b>{p.truth ? "Truth" : "Trainee"}</b>
        {noTruth
          ? "waiting for the simulator"
          : p.truth
            ? "what is, not what the trainee sees"
            : "what the trainee’s map shows"}{" "}
        <Key>V</Key>
      </button>
    </SceneView>
  );
}
