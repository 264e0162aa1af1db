import type { Room } from "../kernel/index.js";

/**
 * Cameras that have announced a thermal stream (VIDEO_STREAM_STATUS_FLAGS_THERMAL), of each aircraft that has one. One
 * aircraft may have a day and a heat camera: what the one says takes nothing from the other.
 */
export type HeatState = ReadonlyMap<string, readonly number[]>;

/** A record from before cameras were told by their ids has but one. */
const onlyCamera = 100;

export const heatRoom: Room<HeatState> = {
  name: "heat",
  initial: () => new Map(),
  evolve(state, fact) {
    if (fact.type !== "CameraIdentified") return state;
    const { uid, streams, cameraId = onlyCamera } = fact.data;
    const before = state.get(uid) ?? [];
    const has = streams.some((stream) => stream.thermal);
    if (has === before.includes(cameraId)) return state;
    const others = before.filter((one) => one !== cameraId);
    const after = has ? [...others, cameraId] : others;
    const next = new Map(state);
    if (after.length === 0) next.delete(uid);
    else next.set(uid, after);
    return next;
  },
};
