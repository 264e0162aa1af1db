import type { FixedCameraConfig, HttpResponse } from "@outrider/contract";
import { quadType } from "@outrider/contract/testing";
import {
  type Building,
  buildingSet,
  cameraSees,
  flatTerrain,
  localFrame,
  obstaclesFrom,
  pointInRing,
  roadsFromLines,
  type World,
} from "@outrider/geo";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { roomContext } from "../app/testing/room-context.js";
import type { Reply } from "../kernel/index.js";
import { type PresentAim, placeCamera, seenPolygon } from "./cameras.js";
import { createCoveragePart } from "./coverage-part.js";
import { coverageRoom } from "./coverage-room.js";
import type { FeatureCollection } from "./geojson.js";
import { incidentSight } from "./incident-sight.js";

const frame = localFrame({ latDeg: 39.74, lonDeg: -104.99 });
const geo = (eastM: number, northM: number) => frame.toGeo({ eastM, northM });
const terrain = flatTerrain(1600, 600);
const block = (e: number, n: number, wide: number, deep: number, heightM = 12): Building => ({
  ring: [
    { eastM: e, northM: n },
    { eastM: e + wide, northM: n },
    { eastM: e + wide, northM: n + deep },
    { eastM: e, northM: n + deep },
  ],
  groundAmslM: 1600,
  heightM,
});
const world: World = {
  frame,
  geoidUndulationM: 0,
  terrain,
  // A wall of a house north of the origin, from 20 to 30 m.
  obstacles: obstaclesFrom(terrain, buildingSet([block(-40, 20, 80, 10)]), 2),
  roads: roadsFromLines([]),
};
const camera = (over: Partial<FixedCameraConfig> & { eastM?: number; northM?: number }): FixedCameraConfig => {
  const { eastM = 0, northM = 0, ...rest } = over;
  return {
    cameraId: "c1",
    name: "Corner",
    kind: "camera",
    point: geo(eastM, northM),
    heightAglM: 7,
    azimuthDeg: 0,
    pitchDeg: -10,
    hfovDeg: 70,
    rangeM: 120,
    shared: true,
    ptz: false,
    ...rest,
  };
};
const sight = (cameras: readonly FixedCameraConfig[], eastM: number, northM: number) =>
  incidentSight(
    cameras.map((one) => placeCamera(one, world)),
    geo(eastM, northM),
    world,
  );

describe("which cameras see a place", () => {
  it("orders those that see it before those that could turn and those that are blind, nearest first", () => {
    const cameras = [
      camera({ cameraId: "behind", northM: 60, azimuthDeg: 180 }),
      camera({ cameraId: "far", northM: -80 }),
      camera({ cameraId: "near", northM: -40 }),
      camera({ cameraId: "turnable", northM: -30, azimuthDeg: 180, ptz: true }),
      camera({ cameraId: "away", northM: -30, azimuthDeg: 180 }),
      camera({ cameraId: "reader", northM: -30, kind: "reader" }),
    ];
    const told = sight(cameras, 0, 0);
    expect(told.cameras.map((line) => [line.cameraId, line.sees])).toEqual([
      ["near", "sees"],
      ["far", "sees"],
      ["turnable", "couldTurn"],
      ["away", "no"],
      ["behind", "no"],
    ]);
    expect(told.cameras.find((line) => line.cameraId === "behind")?.text).toBe("something stands in between");
    expect(told.cameras.find((line) => line.cameraId === "away")?.text).toBe("looks the other way");
  });

  it("says partly where only the ground beside the place is seen", () => {
    const half = camera({ cameraId: "edge", eastM: -50, northM: 0, azimuthDeg: 60, hfovDeg: 62 });
    expect(sight([half], 0, -8).cameras[0]?.sees).toBe("partly");
  });

  it("says in words how many see it, what the owner keeps, and which side nobody sees", () => {
    const told = sight(
      [camera({ cameraId: "a", northM: -40 }), camera({ cameraId: "b", northM: -60, shared: false })],
      0,
      0,
    );
    expect(told.nobodySees).toContain("1 camera sees this place.");
    expect(told.nobodySees).toContain("1 more has not been shared by the owner.");
    // The wall stands 20 m north: the street before it is seen, what lies behind it is not.
    expect(told.nobodySees).toContain("Hidden in part: north, ");
    const blind = sight([camera({ cameraId: "a", northM: -40, hfovDeg: 12 })], 0, 0).nobodySees;
    expect(blind).toContain(
      "No camera sees the ground just north, north-east, east, south-east, south-west, west and north-west of it.",
    );
    expect(told.cameras.find((line) => line.cameraId === "b")?.text).toContain("its owner has not shared it");
    expect(sight([], 0, 0).nobodySees).toBe("No fixed camera sees this place.");
  });
});

describe("what one camera sees", () => {
  it("lies within its range and sector, and ends at walls", () => {
    const placed = placeCamera(camera({ northM: -40 }), world);
    const polygon = seenPolygon(placed, world).map((point) => frame.toLocal(point));
    for (const point of polygon.slice(1)) {
      expect(Math.hypot(point.eastM, point.northM + 40)).toBeLessThanOrEqual(120.01);
      if (Math.abs(point.eastM) < 35) expect(point.northM).toBeLessThan(21);
    }
  });

  it("holds only ground that the exact line of sight agrees with, but for the raster's cell at the edge", () => {
    const placed = placeCamera(camera({ northM: -40, pitchDeg: -12 }), world);
    const ring = seenPolygon(placed, world).map((point) => frame.toLocal(point));
    let wrong = 0;
    let inside = 0;
    fc.assert(
      fc.property(fc.integer({ min: -600, max: 600 }), fc.integer({ min: -300, max: 800 }), (e, n) => {
        const point = { eastM: e / 10, northM: n / 10, altAmslM: 1601.5 };
        if (!pointInRing(point, ring)) return;
        inside += 1;
        const blocked = !world.obstacles.lineOfSight(placed.camera, point, { skipFromM: 3 }).clear;
        if (blocked) wrong += 1;
      }),
      { numRuns: 2_000, seed: 7 },
    );
    expect(inside).toBeGreaterThan(100);
    expect(wrong / inside).toBeLessThan(0.03);
    expect(cameraSees(placed.camera, { eastM: 0, northM: 0, altAmslM: 1601.5 }, world.obstacles)).toBe(true);
  });
});

const textOf = ({ body }: HttpResponse): string => (typeof body === "string" ? body : new TextDecoder().decode(body));

function bench(
  ready: readonly string[] = ["aa00000000000001", "aa00000000000002"],
  presentAim: (cameraId: string) => PresentAim | undefined = () => undefined,
) {
  const waiting: (() => void)[] = [];
  const clock = {
    nowMs: () => 0,
    after: (_ms: number, run: () => void) => {
      waiting.push(run);
      return () => undefined;
    },
  };
  const ring = [geo(-500, -500), geo(500, -500), geo(500, 500), geo(-500, 500)];
  const aircraft = ["aa00000000000001", "aa00000000000002"].map((uid, i) => ({
    uid,
    callSign: `BIRD${i}`,
    dockId: `d${i}`,
    type: "quad",
    videoPort: 5600 + 2 * i,
  }));
  const context = roomContext({
    clock,
    world,
    rooms: [coverageRoom],
    config: {
      cameras: [
        camera({ cameraId: "c1", northM: -40, stream: "rtsp://10.0.0.1/c1" }),
        camera({ cameraId: "private", northM: -200, shared: false }),
      ],
      site: { name: "Testville", provenance: "sim", jurisdiction: ring, exclusionZones: [] },
      launch: { cruiseAglM: 60, verticalBufferM: 10, horizontalBufferM: 12, orbitRadiusM: 45, sceneAglM: 60 },
      aircraft,
      aircraftTypes: { quad: quadType },
      docks: [
        { dockId: "d0", name: "D0", point: geo(-400, 0), type: "dock" },
        { dockId: "d1", name: "D1", point: geo(400, 0), type: "dock" },
      ],
    },
  });
  const part = createCoveragePart(context, {
    wind: () => ({ speedMps: 0, fromDeg: 0 }),
    ready: () => ready,
    presentAim,
    attribution: "(c) mappers",
  });
  const settle = (): number => {
    let steps = 0;
    for (let run = waiting.shift(); run !== undefined; run = waiting.shift()) {
      run();
      steps += 1;
    }
    return steps;
  };
  const get = (path: string): { status: number; body: FeatureCollection } => {
    const route = part.routes?.find((one) => one.kind === "get" && one.path === path);
    if (route?.kind !== "get") throw new Error(`no route ${path}`);
    let told = { status: 0, body: { type: "FeatureCollection", features: [] } as FeatureCollection };
    const reply: Reply = {
      ok: () => undefined,
      problem: (status) => {
        told = { ...told, status };
      },
      raw: (response: HttpResponse) => {
        told = { status: response.status, body: JSON.parse(textOf(response)) as FeatureCollection };
      },
    };
    const request = { method: "GET", path, query: {}, headers: {}, body: new Uint8Array(0), remote: "" };
    route.handle({ params: {}, session: undefined, request }, reply);
    settle();
    return told;
  };
  /** Whether a place lies in the ground that nobody sees. */
  const unseenGround = (): ((eastM: number, northM: number) => boolean) => {
    const geometry = get("/coverage/unseen.geojson").body.features[0]?.geometry;
    if (geometry?.type !== "MultiPolygon") throw new Error("one multipolygon is promised");
    return (eastM, northM) =>
      geometry.coordinates.some(([outer, ...holes]) => {
        const inside = (ring: readonly (readonly [number, number])[] | undefined) =>
          ring !== undefined &&
          pointInRing(
            { eastM, northM },
            ring.map(([lonDeg, latDeg]) => frame.toLocal({ latDeg, lonDeg })),
          );
        return inside(outer) && !holes.some(inside);
      });
  };
  return { part, settle, get, unseenGround };
}

describe("coverage of the site", () => {
  it("is worked out in steps, and asked for too early says so", () => {
    const b = bench();
    expect(b.get("/coverage/unseen.geojson").status).toBe(503);
    b.part.onStart?.();
    expect(b.settle()).toBeGreaterThan(5);
    const unseen = b.get("/coverage/unseen.geojson");
    expect(unseen.status).toBe(200);
    expect(b.part.fixedCameras().map((view) => view.sees.length > 10)).toEqual([true, true]);
  });

  it("leaves to nobody what no shared camera sees, and nothing that one does", () => {
    const b = bench();
    b.part.onStart?.();
    b.settle();
    const unseen = b.unseenGround();
    expect(unseen(0, 0)).toBe(false);
    expect(unseen(0, 50)).toBe(true);
    // Only the camera that its owner keeps looks there.
    expect(unseen(0, -170)).toBe(true);
  });

  it("counts a camera that was turned where it looks now, and at home where nobody knows, and says which", () => {
    const aim = { azimuthDeg: 180, pitchDeg: -10, hfovDeg: 70 };
    let present: PresentAim = { kind: "known", aim, atMs: -12_000 };
    const b = bench([], (cameraId) => (cameraId === "c1" ? present : undefined));
    b.part.onStart?.();
    b.settle();
    const home = b.part.fixedCameras();
    const look = () => b.get("/coverage/seen.geojson").body.features.map((feature) => feature.properties);
    const said = () => b.get("/coverage/unseen.geojson").body.features[0]?.properties["directions"];
    let unseen = b.unseenGround();
    expect([unseen(0, 0), unseen(0, -80)]).toEqual([true, false]);
    expect(look()).toMatchObject([
      { cameraId: "c1", direction: "present", directionAgeS: 12, azimuthDeg: 180 },
      { cameraId: "private", direction: "fixed", azimuthDeg: 0 },
    ]);
    expect(said()).toEqual({ present: 1, home: 0, oldestAgeS: 12 });
    present = { kind: "unknown", why: "it does not answer" };
    unseen = b.unseenGround();
    expect([unseen(0, 0), unseen(0, -80)]).toEqual([false, true]);
    expect(look()[0]).toMatchObject({ direction: "home", directionWhy: "it does not answer", azimuthDeg: 0 });
    expect(look()[0]).not.toHaveProperty("directionAgeS");
    expect(said()).toEqual({ present: 0, home: 1 });
    // What a desk draws as a camera's own outline stays that of its home.
    expect(b.part.fixedCameras()).toEqual(home);
  });

  it("gives rings that RFC 7946 accepts: closed and counter-clockwise", () => {
    const b = bench();
    b.part.onStart?.();
    b.settle();
    for (const feature of b.get("/coverage/seen.geojson").body.features) {
      if (feature.geometry.type !== "Polygon") throw new Error("a polygon is promised");
      const ring = feature.geometry.coordinates[0] ?? [];
      expect(ring[0]).toEqual(ring.at(-1));
      const area = ring.reduce((sum, [x, y], i) => {
        const [nextX, nextY] = ring[(i + 1) % ring.length] ?? [0, 0];
        return sum + (x ?? 0) * nextY - nextX * (y ?? 0);
      }, 0);
      expect(area).toBeGreaterThan(0);
    }
  });

  it("draws time to camera from the quickest ready aircraft, rising with distance", () => {
    const begun = (ready?: readonly string[]) => {
      const b = bench(ready);
      b.part.onStart?.();
      return b;
    };
    const both = begun().get("/coverage/time-to-camera.geojson").body;
    expect(both.features.map((feature) => feature.properties["seconds"])).toContain(60);
    expect(begun([]).get("/coverage/time-to-camera.geojson").body.features).toEqual([]);
    const b = begun(["aa00000000000001"]);
    const one = b.get("/coverage/time-to-camera.geojson").body;
    expect(one.features.length).toBeGreaterThanOrEqual(both.features.length);
    expect(b.get("/coverage/time-to-camera.geojson").body).toEqual(one);
  });

  it("counts how many shared cameras see each piece of ground, and keeps streams' addresses to itself", () => {
    const b = bench();
    b.part.onStart?.();
    b.settle();
    const document = b.get("/coverage/counts.geojson").body;
    expect(document).toMatchObject({ provenance: "sim", site: "Testville", attribution: "(c) mappers" });
    expect(document.features.map((feature) => feature.properties["cameras"])).toEqual([1]);
    expect(JSON.stringify(b.part.fixedCameras())).not.toContain("rtsp");
  });
});
