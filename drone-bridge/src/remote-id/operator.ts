import type { GeoPoint } from "@outrider/contract";
import type { AnyMessageInit } from "@outrider/mavlink";
import { remoteIdTiming } from "./timing.js";

/** What the ground tells the module: who operates, from where, and why. Heights over the ellipsoid (WGS 84). */
export type OperatorIdentity = {
  /** As registered; at most 20 characters of ASCII. */
  readonly operatorId: string;
  /** e.g. "Police first responder"; at most 23 characters. */
  readonly description: string;
  readonly point: GeoPoint;
  readonly altHaeM?: number | undefined;
};

/** Seconds from 1970 to 2019: remote ID counts from there. */
const epochS = 1_546_300_800;
const unknownHeightM = -1_000;
const nothing: readonly AnyMessageInit[] = [];

/** OPEN_DRONE_ID_SYSTEM, OPERATOR_ID and SELF_ID as they are due: nothing but what is due now. */
export class OperatorBroadcast {
  readonly #who: OperatorIdentity;
  #systemMs = Number.NEGATIVE_INFINITY;
  #staticMs = Number.NEGATIVE_INFINITY;

  constructor(who: OperatorIdentity) {
    this.#who = who;
  }

  /** `unixMs`: true time, which the module broadcasts; a simulated run has its own. */
  due(sysid: number, tMs: number, unixMs: number): readonly AnyMessageInit[] {
    // Called with every frame that is heard.
    if (tMs - this.#systemMs < remoteIdTiming.systemMs && tMs - this.#staticMs < remoteIdTiming.staticMs)
      return nothing;
    const to = { targetSystem: sysid, targetComponent: 0 };
    const out: AnyMessageInit[] = [];
    if (tMs - this.#systemMs >= remoteIdTiming.systemMs) {
      this.#systemMs = tMs;
      out.push(this.#system(to, unixMs));
    }
    if (tMs - this.#staticMs >= remoteIdTiming.staticMs) {
      this.#staticMs = tMs;
      out.push({
        name: "OPEN_DRONE_ID_OPERATOR_ID",
        ...to,
        operatorIdType: 0,
        operatorId: plain(this.#who.operatorId, 20),
      });
      out.push({
        name: "OPEN_DRONE_ID_SELF_ID",
        ...to,
        descriptionType: 0,
        description: plain(this.#who.description, 23),
      });
    }
    return out;
  }

  #system(to: { targetSystem: number; targetComponent: number }, unixMs: number): AnyMessageInit {
    const { point, altHaeM } = this.#who;
    return {
      name: "OPEN_DRONE_ID_SYSTEM",
      ...to,
      // Fixed: the control station of a responder stands where it was configured.
      operatorLocationType: 2,
      classificationType: 0,
      operatorLatitude: Math.round(point.latDeg * 1e7),
      operatorLongitude: Math.round(point.lonDeg * 1e7),
      areaCount: 1,
      areaRadius: 0,
      areaCeiling: unknownHeightM,
      areaFloor: unknownHeightM,
      operatorAltitudeGeo: altHaeM ?? unknownHeightM,
      timestamp: Math.max(0, Math.floor(unixMs / 1000) - epochS),
    };
  }
}

const plain = (text: string, length: number): string => text.replace(/[^\x20-\x7e]/g, "").slice(0, length);
