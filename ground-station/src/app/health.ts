import type { Config, RoomViews, SourceTroubleView } from "@outrider/contract";
import type { FeedsPart } from "../feeds/index.js";
import type { FleetPart } from "../fleet/index.js";
import type { StationPart } from "../kernel/index.js";
import type { FactRecord } from "../record/index.js";
import type { SkyPart } from "../sky/index.js";
import type { TrainingPart } from "../training/index.js";
import { IntakeTroubles } from "./intake-troubles.js";

type PartState = RoomViews["health"]["parts"][number];

/** Whether the parts of the system hear each other, in words; pictures' own states come from feeds. */
export function createHealthPart(deps: {
  record: FactRecord;
  fleet: FleetPart;
  training: TrainingPart;
  feeds: FeedsPart | undefined;
  sky: SkyPart;
  readerTroubles: () => readonly SourceTroubleView[];
  nowMs: () => number;
  config: Pick<Config, "sim" | "sources">;
}): StationPart {
  const refused = new IntakeTroubles(deps.config);
  const parts = (): PartState[] => {
    const bridge = deps.fleet.health();
    const list: PartState[] = [
      deps.record.writable
        ? { name: "record", state: "ok", text: "Facts are written." }
        : {
            name: "record",
            state: "down",
            text: "The record cannot be written. Nothing new starts; aircraft can be brought home.",
          },
      bridge.connected
        ? { name: "bridge", state: "ok", text: "The bridge is connected." }
        : {
            name: "bridge",
            state: "down",
            text: "The bridge is not connected. Aircraft follow what was agreed before launch.",
          },
    ];
    if (bridge.connected && bridge.heartbeatsOut === false)
      list.push({
        name: "heartbeats",
        state: "late",
        text: "The bridge has stopped its heartbeats: aircraft turn home by themselves.",
      });
    if (bridge.orders !== undefined) list.push(ordersState(bridge.orders));
    if (bridge.signing !== undefined) list.push(signingState(bridge.signing));
    if (deps.config.sim?.enabled)
      list.push(
        deps.training.connected
          ? { name: "sim", state: "ok", text: "The simulator is connected." }
          : { name: "sim", state: "down", text: "The simulator is not connected." },
      );
    for (const { sourceId, state, text } of deps.sky.sources())
      list.push({ name: sourceId, state: state === "live" ? "ok" : "down", text: `${sourceId}: ${text}` });
    return list;
  };
  return {
    name: "health",
    rooms: [],
    views: {
      health: () => {
        const { signing, orders } = deps.fleet.health();
        const streams = deps.feeds?.streams() ?? [];
        const sources = [...refused.now(deps.nowMs()), ...deps.readerTroubles()];
        const troubled = sources.length === 0 ? {} : { sources };
        return { kind: "view", view: { parts: parts(), streams, ...troubled, signing, orders } };
      },
    },
    onFact: (fact) => refused.onFact(fact),
    touches: ({ type }) => (type === "IntakeRefused" ? ["health"] : []),
  };
}

/** Signed MAVLink in numbers, for `/metrics`; nothing counted reads as 0. */
export function signingGauges(fleet: FleetPart): readonly (readonly [metric: string, read: () => number])[] {
  const signing = () => fleet.health().signing;
  const refused = ["unsigned", "forged", "unknown", "replayed", "old", "crowd"].map(
    (why) => [`mavlink_refused_${why}`, () => signing()?.refused[why] ?? 0] as const,
  );
  return [
    ["mavlink_signed_in", () => signing()?.signedIn ?? 0],
    ["mavlink_signed_out", () => signing()?.signedOut ?? 0],
    ["mavlink_unsigned_in", () => signing()?.unsignedIn ?? 0],
    ["mavlink_senders_signed", () => signing()?.newStreams ?? 0],
    ...refused,
  ];
}

const stickReasons = [
  "unsigned",
  "wrongKey",
  "badSignature",
  "replayed",
  "late",
  "tooLong",
  "otherPilot",
  "unverifiable",
  "notHeld",
  "otherGrant",
];
const sum = (counts: Readonly<Record<string, number>> | undefined): number =>
  Object.values(counts ?? {}).reduce((total, each) => total + each, 0);

/** What the bridge was told and did not believe, for `/metrics`; nothing counted reads as 0. */
export function bridgeGauges(fleet: FleetPart): readonly (readonly [metric: string, read: () => number])[] {
  const orders = () => fleet.health().orders;
  const sticks = stickReasons.map(
    (why) => [`bridge_sticks_refused_${why}`, () => orders()?.refused?.sticks[why] ?? 0] as const,
  );
  return [
    ["bridge_orders_not_verified", () => orders()?.notVerified ?? 0],
    ["bridge_messages_refused", () => sum(orders()?.refused?.others)],
    ...sticks,
  ];
}

/** Signed MAVLink. What is forged or replayed is an attack or a wrong key; what is unsigned may be an old autopilot. */
function signingState(signing: NonNullable<ReturnType<FleetPart["health"]>["signing"]>): PartState {
  const refused = Object.entries(signing.refused).filter(([, count]) => count > 0);
  const told = refused.length === 0 ? "none refused" : `refused ${refused.map(([why, n]) => `${n} ${why}`).join(", ")}`;
  const text = `MAVLink signing ${signing.policy}: ${signing.signedIn} frames in and ${signing.signedOut} out signed, ${signing.unsignedIn} unsigned taken, ${told}; ${signing.newStreams} senders.`;
  const wrong = (signing.refused["forged"] ?? 0) + (signing.refused["replayed"] ?? 0) > 0 || signing.unsignedIn > 0;
  return { name: "signing", state: wrong ? "late" : "ok", text };
}

/** What the bridge holds orders against. Built-in bounds and unsigned orders are no fault, and are never silent. */
function ordersState(orders: NonNullable<ReturnType<FleetPart["health"]>["orders"]>): PartState {
  const strange = orders.notVerified === 0 ? "" : ` ${orders.notVerified} orders were not this station's own.`;
  const unheard = strangersIn(orders.refused);
  const held = `The bridge: ${orders.text}.${strange}${unheard === "" ? "" : ` Changed nothing: ${unheard}.`}`;
  if (orders.signed === "keyTrouble")
    return { name: "orders", state: "down", text: `Only hold, return and land are carried out. ${held}` };
  const well = orders.signed === "yes" && orders.limits === "file" && orders.notVerified === 0 && unheard === "";
  return { name: "orders", state: well ? "ok" : "late", text: held };
}

/** What came from somebody else; what was only late, or meant a hand that had let go, says nothing of a stranger. */
function strangersIn(refused: NonNullable<ReturnType<FleetPart["health"]>["orders"]>["refused"]): string {
  const told = (what: string, counts: Readonly<Record<string, number>>): string[] =>
    ["unsigned", "wrongKey", "badSignature", "replayed"].flatMap((why) =>
      (counts[why] ?? 0) > 0 ? [`${counts[why]} ${what} (${why})`] : [],
    );
  return [...told("samples of sticks", refused?.sticks ?? {}), ...told("messages", refused?.others ?? {})].join(", ");
}
