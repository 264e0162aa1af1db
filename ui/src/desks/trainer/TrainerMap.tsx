import { type DragEvent, type ReactNode, useEffect, useMemo, useRef, useState } from "react";
import { useLive } from "../../live/index.js";
import { ageText, heightText, Key, Notice, useHotkeys } from "../../parts/index.js";
import { type SceneHandle, type SceneModel, type SceneTimeLine, SceneView, textTwin } from "../../scene/index.js";
import type { CityModel } from "../../world/index.js";
import type { DeskProps } from "../desk.js";
import { pilotScene } from "../pilot/pilotScene.js";
import { onMap } from "../placing/placing.js";
import { strangerTwins, useSkyPoses } from "../sky/index.js";
import { droppedInject } from "./dropOnMap.js";
import { INJECT_DRAG } from "./InjectPalette.js";
import { injectIdOf, injectWord } from "./injects.js";
import { trainerHome } from "./trainerHome.js";
import { TruthPoses, truthScene } from "./truthScene.js";
import type { Trainer } from "./useTrainer.js";

interface MapProps {
  readonly desk: DeskProps;
  readonly t: Trainer;
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
  // The first look is taken from the docks, so they are waited for.
  if (p.t.fleet === undefined || p.t.incidents === undefined)
    return <Notice title="Waiting for the fleet" text="Usual: under 1 s." />;
  return <TruthOrTrainee {...p} city={city} />;
}

const NO_LINES: readonly SceneTimeLine[] = [];
const NO_LIDS: Parameters<typeof pilotScene>[0]["lids"] = [];

function TruthOrTrainee(p: MapProps & { readonly city: CityModel }): ReactNode {
  const { desk, city, t } = p;
  const { view, fleet } = t;
  const { units } = desk;
  const handle = useRef<SceneHandle>(null);
  const { truth } = t;
  const truePoses = useMemo(() => new TruthPoses(city), [city]);
  useEffect(() => truePoses.take(view?.truth), [truePoses, view?.truth]);
  const poses = useSkyPoses(t.sky, truth ? truePoses : undefined);

  const model = useTrainerModel(p);
  const words = useMemo(() => ({ height: (m: number) => heightText(m, units), age: ageText }), [units]);
  // Read once by the scene: what comes later must not move the trainer's camera.
  const home = useMemo(
    () =>
      trainerHome(
        city,
        fleet?.docks ?? [],
        onMap(t.incidents?.incidents ?? [])
          .filter((i) => !i.closed)
          .map((i) => i.place.point),
      ),
    [city, fleet?.docks, t.incidents],
  );
  useHotkeys({
    Home: () => handle.current?.home(),
    l: () => t.aim.aircraft !== undefined && handle.current?.lookAtAircraft(t.aim.aircraft.uid),
  });
  const twin = textTwin(model, [
    ...(view?.truth?.aircraft ?? []).map((a) => ({
      uid: a.uid,
      altText: "",
      phase: `${Math.round(a.batteryPct)} percent`,
    })),
    ...strangerTwins(t.sky, units),
  ]);
  return (
    <DropZone t={t} city={city} handle={handle}>
      <SceneView
        city={city}
        model={model}
        poses={poses}
        words={words}
        home={home}
        handle={handle}
        twin={twin}
        onPickAircraft={(uid) => aimAtOurs(uid, t)}
      >
        <TruthChip t={t} />
      </SceneView>
    </DropZone>
  );
}

/** Injects act on ours: somebody else's aircraft cannot be aimed at. */
function aimAtOurs(uid: string, t: Trainer): void {
  if (t.fleet?.aircraft.some((a) => a.uid === uid) === true) t.onAim({ uid });
}

function TruthChip({ t }: { readonly t: Trainer }): ReactNode {
  const { truth } = t;
  const noTruth = truth && t.view?.truth === undefined;
  return (
    <button type="button" className="truth-chip" data-over-map="" onClick={t.switchTruth} aria-pressed={truth}>
      <b>{truth ? "Truth" : "Trainee"}</b>
      {noTruth
        ? "waiting for the simulator"
        : truth
          ? "what is, not what the trainee sees"
          : "what the trainee’s map shows"}{" "}
      <Key>V</Key>
    </button>
  );
}

function useTrainerModel({ desk, city, t }: MapProps & { readonly city: CityModel }): SceneModel {
  const { theme, units } = desk;
  const { view, fleet, sky, truth } = t;
  const live = useLive();
  const open = t.incidents?.incidents ?? [];
  // biome-ignore lint/correctness/useExhaustiveDependencies: `open` is new on each render; its room decides.
  return useMemo(
    () =>
      truth
        ? truthScene({
            theme,
            units,
            city,
            truth: view?.truth,
            fleet,
            sky,
            incidents: open,
            aimedUid: t.aim.aircraft?.uid,
          })
        : pilotScene({
            theme,
            units,
            fleet,
            site: undefined,
            sky,
            incidents: open,
            launch: undefined,
            launches: [],
            selectedUid: undefined,
            picked: undefined,
            timeLines: NO_LINES,
            lids: NO_LIDS,
            samples: live.samples,
          }),
    [truth, theme, units, city, view?.truth, fleet, sky, t.incidents, live, t.aim.aircraft?.uid],
  );
}

/** An inject let go over the map takes what is under it; what it found, or why not, stands there for a while. */
function DropZone(p: {
  readonly t: Trainer;
  readonly city: CityModel;
  readonly handle: { readonly current: SceneHandle | null };
  readonly children: ReactNode;
}): ReactNode {
  const { t, city } = p;
  const [said, say] = useState("");
  const [over, setOver] = useState(false);
  const drop = (e: DragEvent): void => {
    setOver(false);
    const kind = injectIdOf(e.dataTransfer.getData(INJECT_DRAG));
    if (kind === undefined) return;
    e.preventDefault();
    const box = e.currentTarget.getBoundingClientRect();
    const at = p.handle.current?.groundAt(e.clientX - box.left, e.clientY - box.top);
    if (at === undefined) return say("Let it go over the ground: there was only sky.");
    const prepared = droppedInject(kind, at, t.aim, {
      city,
      truth: t.view?.truth,
      aircraft: t.fleet?.aircraft ?? [],
      docks: t.fleet?.docks ?? [],
      incidents: t.incidents?.incidents ?? [],
    });
    if (prepared.kind === "off") return say(prepared.why);
    t.inject(prepared);
    say(`Made: ${injectWord(kind)}, ${prepared.text}`);
  };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: a drop target; every inject also has a key and a press.
    <div
      className={over ? "drop-zone over" : "drop-zone"}
      onDragOver={(e) => {
        if (!e.dataTransfer.types.includes(INJECT_DRAG)) return;
        e.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={drop}
    >
      {p.children}
      <p className={said === "" ? "drop-said sr-only" : "drop-said"} role="status">
        {over ? "Let go over an aircraft, a dock or a place" : said}
      </p>
    </div>
  );
}
