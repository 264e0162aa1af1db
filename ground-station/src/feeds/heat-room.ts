import type { Room } from "../kernel/index.js";

/** Aircraft whose camera has announced a thermal stream (VIDEO_STREAM_STATUS_FLAGS_THERMAL), by uid. */
export type HeatState = ReadonlySet<string>;

export const heatRoom: Room<HeatState> = {
  name: "heat",
  initial: () => new Set(),
  evolve(state, fact) {
    if (fact.type !== "CameraIdentified") return state;
    const { uid, streams } = fact.data;
    const has = streams.some((stream) => stream.thermal);
    if (has === state.has(uid)) return state;
    const others = [...state].filter((one) => one !== uid);
    return new Set(has ? [...others, uid] : others);
  },
};
