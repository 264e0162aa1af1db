import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { GeoPoint } from "@outrider/contract";
import { apartDeg, gimbalAttitude, lookFrom, readTlog } from "@outrider/drone-bridge";
import { decode, FrameReader, MavComponent, type MavMessage } from "@outrider/mavlink";

/** Where the camera looked, past a place; degrees, and the time by the aircraft's own clock. */
export type LookedPast = { readonly bootMs: number; readonly offDeg: number };

/** What the bridge's recordings tell of the gimbal: how far past a place it looked, each time that it said where. */
export function lookedPast(folder: string, place: GeoPoint & { readonly altAmslM: number }): readonly LookedPast[] {
  const reader = new FrameReader();
  const found: LookedPast[] = [];
  let at: (GeoPoint & { readonly altAmslM: number }) | undefined;
  let headingDeg = 0;
  const hear = (heard: MavMessage, compid: number): void => {
    if (heard.name === "ATTITUDE") headingDeg = (heard.yaw * 180) / Math.PI;
    if (heard.name === "GLOBAL_POSITION_INT")
      at = { latDeg: heard.lat / 1e7, lonDeg: heard.lon / 1e7, altAmslM: heard.alt / 1000 };
    if (heard.name !== "GIMBAL_DEVICE_ATTITUDE_STATUS" || at === undefined) return;
    const look = gimbalAttitude(heard, headingDeg, compid === MavComponent.AUTOPILOT1);
    if (look === undefined) return;
    const offDeg = apartDeg(look, lookFrom(at, place, place.altAmslM));
    found.push({ bootMs: heard.timeBootMs, offDeg });
  };
  for (const name of readdirSync(folder, { recursive: true, encoding: "utf8" })) {
    if (!name.endsWith(".tlog")) continue;
    readTlog(readFileSync(join(folder, name)), ({ frame }) =>
      reader.pushDatagram(frame, (one) => {
        const heard = decode(one);
        if (heard !== undefined) hear(heard, one.compid);
      }),
    );
  }
  return found;
}
