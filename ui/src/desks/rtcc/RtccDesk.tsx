import { type ReactNode, type RefObject, useCallback, useEffect, useRef, useState } from "react";
import { type AlarmSound, useLink, useLive, usePresence, useTick } from "../../live/index.js";
import { AlarmBar, TopBar, timeOfDay } from "../../parts/index.js";
import type { SceneHandle } from "../../scene/index.js";
import type { DeskProps } from "../desk.js";
import { alarmItems, calmText } from "../pilot/alarmItems.js";
import { mayPlace } from "../placing/placing.js";
import { type PlacingDeeds, usePlacing } from "../placing/usePlacing.js";
import { OthersList } from "../sky/index.js";
import type { AdviceDraft } from "./AdvicePanel.js";
import { CameraRow, TILES } from "./CameraRow.js";
import { seeingInOrder } from "./cameraOrder.js";
import { IncidentPanel } from "./IncidentPanel.js";
import { PickedCard } from "./PickedCard.js";
import { PictureFoot } from "./PictureFoot.js";
import { PicturePane } from "./PicturePane.js";
import { RegionMap } from "./RegionMap.js";
import { RtccCards } from "./RtccCards.js";
import { type CoverageChoice, picturePins, type RegionInput } from "./regionScene.js";
import { useRtccKeys } from "./rtccKeys.js";
import { SourcesPanel } from "./SourcesPanel.js";
import { type Acts, useActs } from "./useActs.js";
import { type Pointing, type Rtcc, usePointing, useRtcc } from "./useRtcc.js";
import { newsIds, useRtccSound } from "./useRtccSound.js";
import { type Turning, useTurning } from "./useTurning.js";
import "../deskFrame.css";
import "./rtcc.css";

const DESK_HZ = 4;

/** The crime center's desk: one incident whole. It can ask the pilot for an aircraft; it cannot move one. */
export function RtccDesk(props: DeskProps): ReactNode {
  const live = useLive();
  useTick(DESK_HZ);
  usePresence();
  const rtcc = useRtcc();
  const acts = useActs();
  const pointing = usePointing();
  const view = useView();
  const placing = useRtccPlacing(rtcc, acts, view);
  const nowMs = live.nowMs() ?? 0;
  const me = props.session?.personId ?? "";
  const turning = useTurning({ turning: rtcc.turning, incidentId: rtcc.incidentId, me, nowMs, acts });
  const noteField = useRef<HTMLInputElement>(null);
  const [draft, setDraft] = useState<AdviceDraft>();
  const keepDraft = useCallback((d: AdviceDraft | undefined) => setDraft(d), []);
  const ask = (): void => askForAircraft(rtcc, acts);
  const alarms = alarmItems(rtcc.fleet?.alarms ?? []);
  const sound = useRef<AlarmSound>(undefined);
  const soundTest = (): void => void sound.current?.test();
  const { over } = useRtccKeys({
    ...{ rtcc, acts, view, pointing, turning, draft, noteField, ask, alarms, soundTest },
    placing: placing.now !== undefined,
    theme: props.onTheme,
  });
  const dead = live.deadForS();
  const news = newsIds(rtcc.incidents, rtcc.incident);
  sound.current = useRtccSound({ alarms, nowMs, news, channelDead: dead !== undefined });
  const silent = sound.current === undefined;
  return (
    <div className={`desk rtcc${dead === undefined ? "" : " server-gone"}${view.swapped ? " swapped" : ""}`}>
      <Top {...props} rtcc={rtcc} acts={acts} nowMs={nowMs} alarms={alarms} silent={silent} />
      <main className="rtcc-grid">
        <Left desk={props} rtcc={rtcc} acts={acts} placing={placing} view={view} nowMs={nowMs} noteField={noteField} />
        <Middle {...{ rtcc, acts, pointing, turning, placing, view, nowMs }} desk={props} />
        <RtccCards
          desk={props}
          rtcc={rtcc}
          acts={acts}
          pointing={pointing}
          turning={turning}
          scene={view.scene}
          nowMs={nowMs}
          onDraft={keepDraft}
          onAsk={ask}
        />
      </main>
      {over}
    </div>
  );
}

function Left({
  desk,
  rtcc,
  acts,
  placing,
  view,
  nowMs,
  noteField,
}: Omit<MiddleProps, "pointing" | "turning"> & { readonly noteField: RefObject<HTMLInputElement | null> }): ReactNode {
  return (
    <aside className="rtcc-left" aria-label="Incident">
      <IncidentPanel
        incidents={rtcc.incidents?.incidents}
        chosenId={rtcc.incidentId}
        incident={rtcc.incident}
        refused={rtcc.refused}
        nowMs={nowMs}
        awaySinceMs={rtcc.awaySinceMs}
        acts={acts}
        noteField={noteField}
        onChoose={rtcc.choose}
        placing={placing}
        mayPlace={mayPlace(desk.session?.roles)}
        units={desk.units}
        city={desk.city}
        onLook={(at) => view.scene.current?.lookAt(at)}
      />
      <OthersList sky={rtcc.sky} units={desk.units} most={2} />
      <SourcesPanel health={rtcc.health} aircraft={rtcc.fleet?.aircraft ?? []} />
    </aside>
  );
}

export interface RtccView {
  readonly swapped: boolean;
  readonly streetNames: boolean;
  readonly choice: CoverageChoice;
  readonly tileFrom: number;
  readonly scene: { current: SceneHandle | null };
  set(change: Partial<Pick<RtccView, "swapped" | "streetNames" | "choice" | "tileFrom">>): void;
}

function useView(): RtccView {
  const scene = useRef<SceneHandle>(null);
  const [v, setV] = useState({ swapped: false, streetNames: true, choice: "couldBe" as CoverageChoice, tileFrom: 0 });
  return { ...v, scene, set: (change) => setV((old) => ({ ...old, ...change })) };
}

/** While a call is put on the map, the map is the large pane: a place is set with the eye, not with the thumb. */
function useRtccPlacing(rtcc: Rtcc, acts: Acts, view: RtccView): PlacingDeeds {
  const placing = usePlacing({
    incidents: rtcc.incidents?.incidents ?? [],
    scene: view.scene,
    keys: { arrows: true, escape: true },
    problem: acts.problem("place"),
    busy: acts.busy("place"),
    send: (incidentId, body) => acts.send("place", "setPlace", { incidentId }, body),
  });
  const on = placing.now !== undefined;
  const stray = on && placing.now?.incidentId !== rtcc.incidentId;
  // Its form is gone with the incident that was left: clicks on the map must not go on setting its place.
  useEffect(() => {
    if (stray) placing.cancel();
  });
  const before = useRef<boolean>(undefined);
  // biome-ignore lint/correctness/useExhaustiveDependencies: on start and end alone; a swap in between is the person's own.
  useEffect(() => {
    if (on) before.current = view.swapped;
    else if (before.current === undefined) return;
    view.set({ swapped: on || before.current === true });
  }, [on]);
  return placing;
}

function askForAircraft(rtcc: Rtcc, acts: Acts): void {
  const { incident, aircraft } = rtcc;
  if (incident === undefined) return;
  const best = incident.couldBe?.next[0];
  const { incidentId } = incident;
  if (aircraft === undefined)
    acts.send(
      "ask",
      "ask",
      { incidentId },
      { kind: "aircraft", reason: `${incident.title}, ${incident.place.label}`.slice(0, 200) },
    );
  else if (best !== undefined)
    acts.send(
      "ask",
      "ask",
      { incidentId },
      { kind: "look", uid: aircraft.uid, point: best.point, label: best.name.slice(0, 120) },
    );
  else if (incident.needsPlace === undefined)
    acts.send(
      "ask",
      "ask",
      { incidentId },
      { kind: "look", uid: aircraft.uid, point: incident.place.point, label: incident.place.label.slice(0, 120) },
    );
}

function Top(
  p: DeskProps & {
    readonly rtcc: Rtcc;
    readonly acts: Acts;
    readonly nowMs: number;
    readonly alarms: ReturnType<typeof alarmItems>;
    readonly silent: boolean;
  },
): ReactNode {
  const live = useLive();
  const link = useLink();
  const { rtcc, nowMs } = p;
  const opened = useRef(0);
  if (opened.current === 0) opened.current = nowMs;
  const openedMs = opened.current;
  const late = rtcc.streams.filter((s) => s.state === "late" || s.state === "frozen").length;
  const lateWords = late === 0 ? "" : ` ${late} ${late === 1 ? "camera reports" : "cameras report"} late pictures.`;
  const quiet = link.kind === "connecting" ? "Connecting" : `${calmText(p.alarms, nowMs, openedMs)}.${lateWords}`;
  const dead = live.deadForS();
  const flying = (rtcc.fleet?.aircraft ?? []).filter((a) => a.inAir).length;
  return (
    <>
      <TopBar
        desk="Crime center"
        person={p.session?.name ?? ""}
        alarms={
          <AlarmBar
            alarms={p.alarms}
            nowMs={nowMs}
            calm={quiet}
            channelDeadS={dead}
            onAcknowledge={(id) => p.acts.send(`ack:${id}`, "acknowledgeAlarm", { alarmId: id }, {})}
          />
        }
        facts={[
          ...(p.silent ? ["Silent: press a key"] : []),
          `${flying} in the air`,
          rtcc.incident === undefined ? "No incident" : `Incident ${rtcc.incident.number}`,
        ]}
        clock={nowMs === 0 ? "--:--:--" : timeOfDay(nowMs)}
        sim={live.sim}
        menu={p.menu}
      />
      {dead !== undefined && (
        <p className="gone" role="alert">
          Showing {timeOfDay(nowMs - dead * 1000)}. Aircraft follow their own failsafe: home at{" "}
          {Math.round(rtcc.site?.times.returnsAfterS ?? 10)} s.
        </p>
      )}
    </>
  );
}

interface MiddleProps {
  readonly desk: DeskProps;
  readonly rtcc: Rtcc;
  readonly acts: Acts;
  readonly pointing: Pointing;
  readonly turning: Turning;
  readonly placing: PlacingDeeds;
  readonly view: RtccView;
  readonly nowMs: number;
}

function Middle(p: MiddleProps): ReactNode {
  const { desk, rtcc, pointing, turning, view, nowMs } = p;
  const { incident, stream } = rtcc;
  const me = desk.session?.personId ?? "";
  return (
    <div className="rtcc-middle">
      <div className="rtcc-picture" data-pane="picture">
        <PicturePane
          name={stream?.uid === undefined && stream !== undefined ? stream.name : (rtcc.aircraft?.callSign ?? "")}
          stream={stream}
          idle={incident === undefined}
          city={desk.city}
          units={desk.units}
          pins={picturePins(pinsInput(desk, rtcc, pointing, view, nowMs))}
          streetNames={view.streetNames}
          note={rtcc.aircraft?.cameraHeldBy === me && me !== "" ? "you hold the camera" : ""}
          foot={(cause) => <PictureFoot {...{ cause, rtcc, pointing, turning, view, nowMs }} />}
          {...(stream === undefined
            ? {}
            : { onPoint: (u: number, v: number, t: number) => pointing.fromPicture(stream.cameraId, u, v, t) })}
        />
      </div>
      <CameraRow
        // Which cameras see the middle of the site says nothing about a call without a place.
        incident={incident?.needsPlace === undefined ? incident : undefined}
        streams={rtcc.streams}
        fixed={rtcc.site?.cameras ?? []}
        turning={turning}
        units={desk.units}
        from={view.tileFrom}
        onOpen={rtcc.openCamera}
        onMore={() => view.set({ tileFrom: nextTiles(rtcc, view) })}
      />
      <Region {...p} />
    </div>
  );
}

/** The map, and what can be said or asked of a place on it. */
function Region({ desk, rtcc, acts, pointing, turning, placing, view, nowMs }: MiddleProps): ReactNode {
  const { incident } = rtcc;
  const me = desk.session?.personId ?? "";
  return (
    <div className={placing.now === undefined ? "rtcc-region" : "rtcc-region placing"} data-pane="region">
      <RegionMap
        desk={desk}
        fleet={rtcc.fleet}
        site={rtcc.site}
        sky={rtcc.sky}
        incidents={rtcc.incidents}
        incident={incident}
        numbers={rtcc.numbers}
        picked={pointing.picked}
        shownId={shownFixed(rtcc)}
        turnedAway={rtcc.turning.flatMap((one) => (one.sees.length > 0 ? [one.name] : []))}
        placing={placing.now}
        choice={view.choice}
        nowMs={nowMs}
        scene={view.scene}
        onChoice={(choice) => view.set({ choice })}
        onPick={placing.now === undefined ? pointing.fromMap : placing.aim}
      />
      {pointing.picked !== undefined && incident !== undefined && placing.now === undefined && (
        <PickedCard
          picked={pointing.picked}
          incident={incident}
          aircraft={rtcc.aircraft}
          me={me}
          units={desk.units}
          acts={acts}
          turning={turning}
          shownId={shownFixed(rtcc)}
          privacyZones={rtcc.site?.privacyZones ?? []}
          onDone={pointing.clear}
        />
      )}
    </div>
  );
}

const shownFixed = (rtcc: Rtcc): string | undefined =>
  rtcc.stream?.uid === undefined ? rtcc.stream?.cameraId : undefined;

/** The next row of tiles, and after the last one the first again. */
function nextTiles(rtcc: Rtcc, view: RtccView): number {
  const next = view.tileFrom + TILES;
  return next >= seeingInOrder(rtcc.incident?.cameras ?? []).length ? 0 : next;
}

/** The picture's pins are the map's own: one incident, one story. */
function pinsInput(desk: DeskProps, rtcc: Rtcc, pointing: Pointing, view: RtccView, nowMs: number): RegionInput {
  return {
    theme: desk.theme,
    units: desk.units,
    fleet: rtcc.fleet,
    site: rtcc.site,
    incidents: rtcc.incidents?.incidents ?? [],
    incident: rtcc.incident,
    numbers: rtcc.numbers,
    picked: pointing.picked,
    choice: view.choice,
    timeLines: [],
    coverage: undefined,
    nowMs,
  };
}
