import type { Vehicle } from "./vehicle.js";

export const planCommand = {
  waypoint: 16,
  loiterUnlim: 17,
  loiterTime: 19,
  returnToLaunch: 20,
  land: 21,
  takeoff: 22,
  delay: 93,
  changeSpeed: 178,
  setRoi: 195,
  roiNone: 197,
  gimbal: 1000,
  inclusionPolygon: 5001,
  exclusionPolygon: 5002,
  inclusionCircle: 5003,
  exclusionCircle: 5004,
  rally: 5100,
} as const;

export type PlanKind = "mission" | "fence" | "rally";

/** One MISSION_ITEM_INT as it was uploaded. */
export type PlanItem = {
  readonly seq: number;
  readonly command: number;
  readonly frame: number;
  readonly param1: number;
  readonly param2: number;
  readonly param3: number;
  readonly param4: number;
  readonly x: number;
  readonly y: number;
  readonly z: number;
  readonly autocontinue: number;
};

export function planKindOf(missionType: number): PlanKind | undefined {
  return missionType === 0 ? "mission" : missionType === 1 ? "fence" : missionType === 2 ? "rally" : undefined;
}

const empty: readonly PlanItem[] = [];

/** The three plans a vehicle holds, and the id of each: the same plan has the same id. */
export class PlanStore {
  readonly #plans: Record<PlanKind, { items: readonly PlanItem[]; id: number }> = {
    mission: { items: empty, id: 0 },
    fence: { items: empty, id: 0 },
    rally: { items: empty, id: 0 },
  };
  /** Grows with every change, so that others need not compare. */
  revision = 0;

  items(kind: PlanKind): readonly PlanItem[] {
    return this.#plans[kind].items;
  }

  id(kind: PlanKind): number {
    return this.#plans[kind].id;
  }

  replace(kind: PlanKind, items: readonly PlanItem[]): number {
    const id = items.length === 0 ? 0 : hashOf(items);
    this.#plans[kind] = { items, id };
    this.revision++;
    return id;
  }

  /** Local place of an item's x and y. */
  placeOf(v: Vehicle, item: PlanItem): { northM: number; eastM: number } {
    return v.world.frame.toLocal({ latDeg: item.x / 1e7, lonDeg: item.y / 1e7 });
  }

  rallyPoints(v: Vehicle): { northM: number; eastM: number; altAmslM: number }[] {
    return this.items("rally").map((item) => {
      const { northM, eastM } = this.placeOf(v, item);
      const relative = item.frame === 3 || item.frame === 6;
      return { northM, eastM, altAmslM: relative ? item.z + (v.home?.altAmslM ?? 0) : item.z };
    });
  }
}

function hashOf(items: readonly PlanItem[]): number {
  const bytes = new DataView(new ArrayBuffer(36));
  let hash = 0x811c9dc5;
  for (const item of items) {
    bytes.setUint16(0, item.command);
    bytes.setUint8(2, item.frame);
    bytes.setUint8(3, item.autocontinue);
    bytes.setFloat32(4, item.param1);
    bytes.setFloat32(8, item.param2);
    bytes.setFloat32(12, item.param3);
    bytes.setFloat32(16, item.param4);
    bytes.setInt32(20, item.x);
    bytes.setInt32(24, item.y);
    bytes.setFloat32(28, item.z);
    bytes.setUint32(32, item.seq);
    for (let i = 0; i < 36; i++) hash = Math.imul(hash ^ bytes.getUint8(i), 0x01000193);
  }
  return hash >>> 0 || 1;
}
