import type { AircraftView, GeoPoint, RoomViews } from "@outrider/contract";
import { type RefObject, useEffect, useMemo, useRef, useState } from "react";
import {
  type AlarmSound,
  useGestureSound,
  useLive,
  usePresence,
  useRoom,
  useRoomState,
  useTick,
} from "../../live/index.js";
import type { AlarmItem } from "../../parts/index.js";
import type { SceneHandle } from "../../scene/index.js";
import type { DeskProps } from "../desk.js";
import { type PlacingDeeds, usePlacing } from "../placing/usePlacing.js";
import { alarmItems } from "./alarmItems.js";
import { useAlarmSounds } from "./useAlarmSounds.js";
import { type Cards, useCards } from "./useCards.js";
import { useFixedOrder } from "./useFixedOrder.js";
import { type Orders, useOrders } from "./useOrders.js";
import { useSmall } from "./useSmall.js";

/** Everything that the parts of this desk share, renewed four times a second. */
export interface PilotDeskState {
  readonly me: string;
  readonly fleet: RoomViews["fleet"] | undefined;
  readonly site: RoomViews["site"] | undefined;
  readonly sky: RoomViews["sky"] | undefined;
  readonly health: RoomViews["health"] | undefined;
  readonly incidents: RoomViews["incidents"] | undefined;
  readonly pilot: RoomViews["pilot"] | undefined;
  readonly flying: readonly AircraftView[];
  readonly selected: AircraftView | undefined;
  readonly alarms: readonly AlarmItem[];
  readonly cards: Cards;
  readonly orders: Orders;
  /** Run time of the station, and this computer's monotonic time. */
  readonly nowMs: number;
  readonly wallMs: number;
  readonly small: boolean;
  readonly byHandUid: string | undefined;
  readonly picked: GeoPoint | undefined;
  readonly placing: PlacingDeeds;
  readonly soundReady: boolean;
  readonly returnsAfterS: number;
  readonly scene: RefObject<SceneHandle | null>;
  select(uid: string): void;
  pick(at: GeoPoint | undefined): void;
  hold(a: AircraftView | undefined): void;
  byHand(): void;
  acknowledge(id: string): void;
  setSound(sound: AlarmSound): void;
  soundTest(): void;
}

const DESK_HZ = 4;
/** A place that was sent is not sent again while its answer may still come. */
const PLACED_MS = 5000;
const NONE: readonly AircraftView[] = [];

export function usePilotDesk(props: DeskProps): PilotDeskState {
  const live = useLive();
  const me = props.session?.personId ?? "";
  useTick(DESK_HZ);
  usePresence();
  const rooms = usePilotRooms(me);
  const { fleet, site, incidents, pilot } = rooms;
  const [selectedUid, select] = useState<string>();
  const [picked, pick] = useState<GeoPoint>();
  const scene = useRef<SceneHandle | null>(null);
  const orders = useOrders(() => performance.now());
  const wallMs = performance.now();
  const nowMs = live.nowMs() ?? 0;
  const small = useSmall();
  const flying = useFixedOrder(fleet?.aircraft ?? NONE).filter((a) => a.inAir);
  const selected = flying.find((a) => a.uid === selectedUid) ?? flying.find((a) => a.picId === me) ?? flying[0];
  const alarms = useMemo(() => alarmItems(fleet?.alarms ?? []), [fleet?.alarms]);
  const { units } = props;
  const channelDead = live.deadForS() !== undefined;
  const cards = useCards({
    pilot,
    nowMs,
    wallMs,
    units,
    ceilingAglM: site?.ceilingAglM,
    orders,
    me,
    mayLaunch: !small,
    channelDead,
  });
  const [sound, setSound] = usePilotSound(pilot?.watch !== undefined, { alarms, nowMs, cards, channelDead });
  const { byHandUid, byHand } = useByHand(selected, me, small, orders);
  const { shown } = cards;
  // Esc stops a launch that goes by itself or is on its way: that key is not taken away from it.
  const escFree = shown === undefined || (shown.phase === "proposed" && shown.policy.kind !== "veto");
  const placing = usePlacing({
    incidents: incidents?.incidents ?? [],
    scene,
    keys: { arrows: byHandUid === undefined, escape: escFree },
    problem: orders.problem("place") ?? "",
    busy: (orders.sentAgeMs("place", wallMs) ?? PLACED_MS) < PLACED_MS,
    send: (incidentId, body) => orders.send("place", "setPlace", { incidentId }, body),
  });
  return {
    ...rooms,
    ...{ me, flying, selected, alarms, cards, orders },
    ...{ nowMs, wallMs },
    ...{ small, byHandUid, picked, placing, soundReady: sound !== undefined, scene, select, pick, byHand, setSound },
    returnsAfterS: site?.times.returnsAfterS ?? 10,
    hold(a) {
      if (a !== undefined) orders.send(`hold:${a.uid}`, "fly", { uid: a.uid }, { verb: "hold" });
    },
    soundTest: () => void sound?.test(),
    acknowledge: (id) => orders.send(`ack:${id}`, "acknowledgeAlarm", { alarmId: id }, {}),
  };
}

/** What the station shows this pilot. */
function usePilotRooms(me: string) {
  return {
    fleet: useRoom("fleet"),
    site: useRoom("site"),
    sky: useRoom("sky"),
    health: useRoom("health"),
    incidents: useRoom("incidents"),
    pilot: useRoomState(`pilot:${me}`)?.view as RoomViews["pilot"] | undefined, // The room's name fixes its view.
  };
}

interface Heard {
  readonly alarms: readonly AlarmItem[];
  readonly nowMs: number;
  readonly cards: Cards;
  readonly channelDead: boolean;
}

/** The watch's sounds: from its sign-on test, or from the first press on a page that was opened anew. */
function usePilotSound(
  onWatch: boolean,
  { alarms, nowMs, cards, channelDead }: Heard,
): readonly [AlarmSound | undefined, (sound: AlarmSound) => void] {
  const [sound, setSound] = useState<AlarmSound>();
  useGestureSound(onWatch && sound === undefined, setSound);
  useAlarmSounds({ sound, alarms, nowMs, proposals: cards.openIds, vetoLeftS: cards.vetoLeftS, channelDead });
  useEffect(() => () => sound?.close(), [sound]);
  return [sound, setSound];
}

/** Hand flight is taken for one aircraft and let go with the same key; it ends when the aircraft is no longer held. */
function useByHand(
  selected: AircraftView | undefined,
  me: string,
  small: boolean,
  orders: Orders,
): { readonly byHandUid: string | undefined; readonly byHand: () => void } {
  const [byHandUid, set] = useState<string>();
  const lost = selected?.uid === byHandUid && selected?.picId !== me;
  useEffect(() => {
    if (lost) set(undefined);
  }, [lost]);
  const byHand = (): void => {
    if (byHandUid !== undefined) {
      orders.send(`stick:${byHandUid}`, "fly", { uid: byHandUid }, { verb: "releaseStick" });
      set(undefined);
      return;
    }
    if (selected === undefined || selected.picId !== me || small) return;
    orders.send(`stick:${selected.uid}`, "fly", { uid: selected.uid }, { verb: "takeStick" });
    set(selected.uid);
  };
  return { byHandUid, byHand };
}
