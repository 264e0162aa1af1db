import type { AircraftView, GeoPoint, RoomViews } from "@outrider/contract";
import { type ReactNode, useEffect, useMemo, useRef, useState } from "react";
import { type AlarmSound, useLink, useLive, usePresence, useRoom, useRoomState, useTick } from "../../live/index.js";
import {
  AircraftStrip,
  AlarmBar,
  ageText,
  clockSpan,
  heightText,
  NextMinutes,
  Notice,
  TopBar,
  timeOfDay,
  windText,
} from "../../parts/index.js";
import { type SceneHandle, SceneView, textTwin } from "../../scene/index.js";
import type { DeskProps } from "../desk.js";
import { alarmItems, calmText } from "./alarmItems.js";
import { InsetVideo } from "./InsetVideo.js";
import { PilotPanel } from "./PilotPanel.js";
import { PilotOverlays, usePilotKeys } from "./pilotKeys.js";
import { pilotReach, pilotScene, reachKey } from "./pilotScene.js";
import { StickPad } from "./StickPad.js";
import { StripActions } from "./StripActions.js";
import { phaseWord, stripOf } from "./strips.js";
import { useAlarmSounds } from "./useAlarmSounds.js";
import { useCards } from "./useCards.js";
import { type Orders, useOrders } from "./useOrders.js";
import { useSmall } from "./useSmall.js";
import "./pilot.css";

const DESK_HZ = 4;

/** The pilot's desk: strips, city, one card, the next twelve minutes. */
export function PilotDesk(props: DeskProps): ReactNode {
  const live = useLive();
  const me = props.session?.personId ?? "";
  useTick(DESK_HZ);
  usePresence();
  const link = useLink();
  const fleet = useRoom("fleet");
  const site = useRoom("site");
  const incidents = useRoom("incidents");
  const pilotState = useRoomState(`pilot:${me}`);
  const pilot = pilotState?.view as RoomViews["pilot"] | undefined; // The room's name fixes its view.
  const [sound, setSound] = useState<AlarmSound>();
  const [selectedUid, setSelectedUid] = useState<string>();
  const [byHandUid, setByHandUid] = useState<string>();
  const [picked, setPicked] = useState<GeoPoint>();
  const [panel, setPanel] = useState<"card" | "handOver">("card");
  const [bigVideo, setBigVideo] = useState(false);
  const scene = useRef<SceneHandle>(null);
  const orders = useOrders(() => performance.now());
  const wallMs = performance.now();
  const nowMs = live.nowMs() ?? 0;
  const small = useSmall();
  const aircraft = useFixedOrder(fleet?.aircraft ?? []);
  const flying = aircraft.filter((a) => a.inAir);
  const selected = flying.find((a) => a.uid === selectedUid) ?? flying.find((a) => a.picId === me) ?? flying[0];
  const alarms = useMemo(() => alarmItems(fleet?.alarms ?? []), [fleet?.alarms]);
  const cards = useCards({
    pilot,
    nowMs,
    wallMs,
    units: props.units,
    ceilingAglM: site?.ceilingAglM,
    orders,
    me,
    mayLaunch: !small,
  });
  const dead = live.deadForS();
  useAlarmSounds({
    sound,
    alarms,
    nowMs,
    proposals: cards.openIds,
    vetoLeftS: cards.vetoLeftS,
    channelDead: dead !== undefined,
  });
  useEffect(() => () => sound?.close(), [sound]);
  const returnsAfterS = site?.times.returnsAfterS ?? 10;
  const hold = (a: AircraftView | undefined): void => {
    if (a !== undefined) orders.send(`hold:${a.uid}`, "fly", { uid: a.uid }, { verb: "hold" });
  };
  const byHand = (): void => toggleByHand(selected, byHandUid, setByHandUid, orders, me, small);
  const acknowledge = (id: string): void => orders.send(`ack:${id}`, "acknowledgeAlarm", { alarmId: id }, {});
  const overlay = usePilotKeys({
    alarms,
    flying,
    selected,
    scene,
    acknowledge,
    hold: () => hold(selected),
    byHand,
    byHandOn: byHandUid !== undefined,
    select: setSelectedUid,
    handOver: () => setPanel((p) => (p === "card" ? "handOver" : "card")),
    theme: props.onTheme,
    swap: () => setBigVideo((v) => !v),
  });
  return (
    <div className={`desk pilot${dead === undefined ? "" : " server-gone"}`}>
      <TopBar
        desk="Pilot"
        person={props.session?.name ?? ""}
        alarms={
          <AlarmBar
            alarms={alarms}
            nowMs={nowMs}
            calm={link.kind === "connecting" ? "Connecting" : calmText(alarms, nowMs, pilot?.watch?.sinceMs ?? nowMs)}
            channelDeadS={dead}
            onAcknowledge={acknowledge}
          />
        }
        facts={topFacts(fleet, pilot, nowMs, props.units)}
        clock={nowMs === 0 ? "--:--:--" : timeOfDay(nowMs)}
        sim={live.sim}
        menu={props.menu}
      />
      {dead !== undefined && (
        <p className="server-note" role="alert">
          Showing {timeOfDay(nowMs - dead * 1000)}. Aircraft follow their own failsafe: home at{" "}
          {Math.round(returnsAfterS)} s.
        </p>
      )}
      <main className="pilot-grid">
        <aside className="pilot-strips" aria-label="Aircraft">
          <div className="panel-head">
            <h2>In the air</h2>
            <span>{pilot === undefined ? "" : `${flying.length} of ${pilot.workload.maxAircraft} allowed`}</span>
          </div>
          {flying.length === 0 && <p className="empty pad">Nothing in the air.</p>}
          <ul>
            {flying.map((a) => (
              <AircraftStrip
                key={a.uid}
                strip={stripOf(a, live.samples, me, returnsAfterS)}
                units={props.units}
                selected={a.uid === selected?.uid}
                onSelect={setSelectedUid}
              >
                <StripActions
                  aircraft={a}
                  mode={live.samples.latest(a.uid)?.mode}
                  mine={a.picId === me}
                  byHand={byHandUid === a.uid}
                  picked={picked}
                  orders={orders}
                  nowMs={wallMs}
                  small={small}
                  onByHand={byHand}
                  onHold={() => hold(a)}
                  onPickDone={() => setPicked(undefined)}
                />
                {byHandUid === a.uid && <StickPad uid={a.uid} />}
              </AircraftStrip>
            ))}
          </ul>
          <DockList fleet={fleet} proposedUids={cards.proposedUids} />
          {orders.lastProblem !== undefined && (
            <Notice key={orders.lastProblem.n} title="Refused" text={orders.lastProblem.text} tone="caution" />
          )}
        </aside>
        <div className="pilot-scene">
          <PilotMap
            {...props}
            fleet={fleet}
            site={site}
            incidents={incidents}
            launches={pilot?.launches ?? []}
            launch={cards.shown}
            selected={selected}
            picked={picked}
            onPick={setPicked}
            onSelect={setSelectedUid}
            scene={scene}
          />
          {selected !== undefined && <InsetVideo aircraft={selected} units={props.units} big={bigVideo} />}
        </div>
        <div className="pilot-next">
          <NextMinutes
            rows={nextRows(pilot, cards.proposedUids)}
            nowMs={nowMs}
            collision={pilot?.collision ?? ""}
            workloadFull={pilot !== undefined && pilot.workload.used >= pilot.workload.limit && pilot.workload.used > 0}
          />
        </div>
        <aside
          className={cards.card === undefined && panel === "card" ? "pilot-card calm-card" : "pilot-card"}
          aria-label="Decisions"
        >
          <PilotPanel
            panel={panel}
            name={props.session?.name ?? ""}
            me={me}
            pilot={pilot}
            facts={pilotState?.facts ?? []}
            fleet={fleet}
            site={site}
            cards={cards}
            orders={orders}
            nowMs={nowMs}
            onSound={setSound}
            soundReady={sound !== undefined}
            onClose={() => setPanel("card")}
            onHandOver={() => setPanel("handOver")}
          />
        </aside>
      </main>
      <PilotOverlays overlay={overlay} />
    </div>
  );
}

function toggleByHand(
  a: AircraftView | undefined,
  on: string | undefined,
  set: (uid: string | undefined) => void,
  orders: Orders,
  me: string,
  small: boolean,
): void {
  if (on !== undefined) {
    orders.send(`stick:${on}`, "fly", { uid: on }, { verb: "releaseStick" });
    set(undefined);
    return;
  }
  if (a === undefined || a.picId !== me || small) return;
  orders.send(`stick:${a.uid}`, "fly", { uid: a.uid }, { verb: "takeStick" });
  set(a.uid);
}

/** Order in which each was first seen in the air: strips are never sorted under the pilot's hand. */
function useFixedOrder(aircraft: readonly AircraftView[]): readonly AircraftView[] {
  const order = useRef(new Map<string, number>());
  for (const a of aircraft) {
    if (a.inAir && !order.current.has(a.uid)) order.current.set(a.uid, order.current.size + 1);
    if (!a.inAir) order.current.delete(a.uid);
  }
  return [...aircraft].sort((a, b) => (order.current.get(a.uid) ?? 999) - (order.current.get(b.uid) ?? 999));
}

function topFacts(
  fleet: RoomViews["fleet"] | undefined,
  pilot: RoomViews["pilot"] | undefined,
  nowMs: number,
  units: DeskProps["units"],
): readonly string[] {
  const wind = fleet?.wind;
  const since = pilot?.watch?.sinceMs;
  const minutes = since === undefined ? 0 : Math.max(0, Math.floor((nowMs - since) / 60_000));
  return [
    wind === undefined ? "Wind not reported" : windText(wind.speedMps, wind.gustMps, wind.fromDeg, units),
    since === undefined
      ? "Not on watch"
      : `On watch ${Math.floor(minutes / 60)} h ${String(minutes % 60).padStart(2, "0")}`,
  ];
}

function nextRows(pilot: RoomViews["pilot"] | undefined, proposed: ReadonlySet<string>) {
  return (pilot?.next ?? []).map((n) => ({
    callSign: n.callSign,
    proposed: proposed.has(n.uid),
    mustTurnMs: n.mustTurnMs,
    bars: n.bars,
  }));
}

function DockList({
  fleet,
  proposedUids,
}: {
  readonly fleet: RoomViews["fleet"] | undefined;
  readonly proposedUids: ReadonlySet<string>;
}): ReactNode {
  const docked = (fleet?.aircraft ?? []).filter((a) => !a.inAir);
  const dockOf = (id: string) => fleet?.docks.find((d) => d.dockId === id);
  return (
    <section className="docks" aria-label="In dock">
      <div className="panel-head">
        <h2>In dock</h2>
      </div>
      {docked.length === 0 && <p className="empty pad">No aircraft in a dock.</p>}
      <ul>
        {docked.map((a) => {
          const dock = dockOf(a.dockId);
          const charge = dock?.state?.chargePct;
          const state = proposedUids.has(a.uid)
            ? "proposed"
            : a.ready
              ? "ready"
              : a.notReady === ""
                ? "not ready"
                : a.notReady;
          return (
            <li key={a.uid} className={a.ready ? "ready" : ""}>
              <b>{a.callSign}</b>
              <span>{`${dock?.name ?? "No dock"}, ${state}`}</span>
              <span>{charge === undefined ? "" : `${Math.round(charge)}%`}</span>
            </li>
          );
        })}
      </ul>
    </section>
  );
}

interface MapProps extends DeskProps {
  readonly fleet: RoomViews["fleet"] | undefined;
  readonly site: RoomViews["site"] | undefined;
  readonly incidents: RoomViews["incidents"] | undefined;
  readonly launches: RoomViews["pilot"]["launches"];
  readonly launch: RoomViews["pilot"]["launches"][number] | undefined;
  readonly selected: AircraftView | undefined;
  readonly picked: GeoPoint | undefined;
  readonly onPick: (at: GeoPoint) => void;
  readonly onSelect: (uid: string) => void;
  readonly scene: { current: SceneHandle | null };
}

const KEEP_OUT = [[0, 0, 1, 1]] as const;

function PilotMap(p: MapProps): ReactNode {
  const live = useLive();
  const key = reachKey(p.fleet);
  const { city, fleet, units } = p;
  // biome-ignore lint/correctness/useExhaustiveDependencies: the key stands for the few things in the fleet that reach depends on.
  const reach = useMemo(
    () => (city === undefined || fleet === undefined ? undefined : pilotReach(city, fleet)),
    [city, key],
  );
  const model = useMemo(
    () =>
      pilotScene({
        theme: p.theme,
        units,
        fleet,
        site: p.site,
        incidents: p.incidents?.incidents ?? [],
        launch: p.launch,
        launches: p.launches,
        selectedUid: p.selected?.uid,
        picked: p.picked,
        reach: reach?.reach,
        samples: live.samples,
      }),
    [p.theme, units, fleet, p.site, p.incidents, p.launch, p.launches, p.selected?.uid, p.picked, reach, live],
  );
  const words = useMemo(() => ({ height: (m: number) => heightText(m, units), age: ageText }), [units]);
  if (city === undefined) {
    return p.cityProblem === "" ? (
      <Notice title="Waiting for the map" text="Usual: 3 s. Strips, alarms and orders work without it." />
    ) : (
      <Notice title="No map" text={`${p.cityProblem} Strips, alarms and orders still work.`} tone="caution" />
    );
  }
  const twin = textTwin(
    model,
    (fleet?.aircraft ?? []).map((a) => ({
      uid: a.uid,
      altText: heightText(live.samples.latest(a.uid)?.altAglM ?? 0, units),
      phase: phaseWord(a.phase),
    })),
  );
  return (
    <SceneView
      city={city}
      model={model}
      poses={live.samples}
      words={words}
      twin={twin}
      keepOut={KEEP_OUT}
      onPickAircraft={p.onSelect}
      onPickGround={p.onPick}
      handle={p.scene}
    >
      {reach !== undefined && (
        <p className="scene-chip">
          <b>Time to arrive</b>
          {reach.words}
        </p>
      )}
      {p.launch === undefined ? null : (
        <span className="sr-only">Proposed time to camera {clockSpan(p.launch.choice.etaS)}</span>
      )}
    </SceneView>
  );
}
