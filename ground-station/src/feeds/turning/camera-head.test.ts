import { HandClock } from "@outrider/contract/testing";
import { buildingSet, flatTerrain, localFrame, obstaclesFrom, roadsFromLines } from "@outrider/geo";
import { describe, expect, it } from "vitest";
import { placeCamera } from "../../coverage/index.js";
import { OnvifClient } from "../onvif/onvif-client.js";
import { hashes } from "../testing/fake-camera.js";
import { FakeOnvif, soapFault } from "../testing/fake-onvif.js";
import { CameraHead, headTimes } from "./camera-head.js";

const t0 = 1_790_000_000_000;
const frame = localFrame({ latDeg: 39.74, lonDeg: -104.99 });
const terrain = flatTerrain(1600, 2000);
const obstacles = obstaclesFrom(terrain, buildingSet([]), 10);
const world = { frame, geoidUndulationM: 0, terrain, obstacles, roads: roadsFromLines([]) };
const placed = placeCamera(
  {
    ...{ cameraId: "cam", name: "Corner", kind: "camera", point: { latDeg: 39.74, lonDeg: -104.99 }, heightAglM: 7 },
    ...{ azimuthDeg: 90, pitchDeg: -12, hfovDeg: 75, rangeM: 130, shared: true, ptz: true },
  },
  world,
);
const aim = { azimuthDeg: 180, pitchDeg: -30 };

function bench() {
  const camera = new FakeOnvif();
  camera.utcMs = t0;
  const wall = new HandClock(t0);
  const news: boolean[] = [];
  const client = new OnvifClient({
    ...{ address: "http://10.0.0.5/onvif/device_service", login: undefined, profile: undefined, hashes, wall },
    ...{ post: camera.post, digest: () => "", count: () => undefined },
    chance: { unit: () => 0.5, bytes: (n) => new Uint8Array(n), id: () => "n" },
  });
  const options = { reach: { panDeg: [-180, 180], tiltDeg: [-90, 15] }, zoomMax: 20 } as const;
  const onNews = (moved: boolean): void => void news.push(moved);
  const head = new CameraHead({ placed, client, options, wall, nowMs: () => wall.nowMs(), onNews });
  const ends: string[] = [];
  const done = (outcome: string, reason: string): void => void ends.push(`${outcome} ${reason}`.trim());
  return { camera, wall, news, head, ends, done };
}

describe("the head of a fixed camera", () => {
  it("is asked while somebody watches, seldom while an incident is near, and else never", () => {
    const { camera, wall, head } = bench();
    const asked = (): number => camera.of("GetStatus").length;
    wall.advance(600_000);
    expect(asked()).toBe(0);
    head.watch(true);
    wall.advance(10 * headTimes.watchedMs);
    expect(asked()).toBe(11);
    head.watch(false);
    wall.advance(600_000);
    expect(asked()).toBe(11);
    head.incidentNear(true);
    wall.advance(2 * headTimes.nearMs);
    expect(asked()).toBe(14);
  });

  it("says where it looks with the time of its word, and nothing of now when that is old", () => {
    const { wall, head } = bench();
    expect(head.present()).toBeUndefined();
    head.look();
    expect(head.present()?.azimuthDeg).toBeCloseTo(90, 6);
    expect(head.present()?.pitchDeg).toBeCloseTo(-12, 1);
    expect(head.present()?.hfovDeg).toBeCloseTo(75, 6);
    wall.advance(headTimes.presentMs + 1);
    expect(head.present()).toBeUndefined();
    expect(head.aim).toBeDefined();
  });

  it("has turned when its own status says so, not when it said yes", () => {
    const { camera, wall, head, ends, done } = bench();
    camera.moving = true;
    head.turn({ kind: "aim", aim }, done);
    wall.advance(2_000);
    expect(ends).toEqual([]);
    expect(head.poseAt(wall.nowMs())).toBeUndefined();
    camera.moving = false;
    wall.advance(headTimes.turningMs);
    expect(ends).toEqual(["turned"]);
    expect(head.poseAt(wall.nowMs())).toMatchObject({ yawDeg: 180, pitchDeg: expect.closeTo(-30, 3), hfovDeg: 75 });
    expect(head.poseAt(wall.nowMs() + headTimes.pictureMs + 1)).toBeUndefined();
    expect(camera.of("AbsoluteMove")).toHaveLength(1);
  });

  it("is unconfirmed where it says yes and stays, or answers nothing; refused only where it said no or was never told", () => {
    const stays = bench();
    stays.camera.stuck = true;
    stays.head.turn({ kind: "aim", aim }, stays.done);
    stays.wall.advance(headTimes.arriveWithinMs + 1_000);
    expect(stays.ends).toEqual(["unconfirmed It said yes; it looks 90° now."]);

    const silent = bench();
    silent.camera.stuck = true;
    silent.camera.instead.set("AbsoluteMove", [{ kind: "failed", cause: "timeout", text: "Late." }]);
    silent.head.turn({ kind: "aim", aim }, silent.done);
    silent.wall.advance(headTimes.arriveWithinMs + 1_000);
    expect(silent.ends).toEqual(["unconfirmed It gave no answer; it looks 90° now."]);
    expect(silent.camera.of("AbsoluteMove")).toHaveLength(1);

    const no = bench();
    no.camera.instead.set("AbsoluteMove", [soapFault("InvalidPosition", "not there")]);
    no.head.turn({ kind: "aim", aim }, no.done);
    expect(no.ends).toEqual(["refused It refused: not there"]);

    const gone = bench();
    gone.camera.instead.set("GetSystemDateAndTime", [{ kind: "failed", cause: "unreachable", text: "No connection." }]);
    gone.head.turn({ kind: "aim", aim }, gone.done);
    expect(gone.ends).toEqual(["refused No connection."]);
    expect(gone.camera.of("AbsoluteMove")).toHaveLength(0);
  });

  it("forgets the turn before when the next one comes: its end is told by whoever ordered the next", () => {
    const { camera, wall, head, ends, done } = bench();
    camera.moving = true;
    head.turn({ kind: "aim", aim: { azimuthDeg: 10, pitchDeg: -30 } }, () => ends.push("first"));
    head.turn({ kind: "aim", aim }, done);
    camera.moving = false;
    wall.advance(headTimes.arriveWithinMs);
    expect(ends).toEqual(["turned"]);
  });

  it("tells its trouble, asks less and less, and comes back by itself", () => {
    const { camera, wall, head } = bench();
    const dead = { kind: "failed", cause: "unreachable", text: "No connection: ECONNREFUSED." } as const;
    camera.instead.set("GetSystemDateAndTime", Array(4).fill(dead));
    head.watch(true);
    expect(head.trouble).toBe(dead.text);
    wall.advance(4 * 60_000);
    expect(camera.of("GetSystemDateAndTime")).toHaveLength(5);
    expect(head.trouble).toBeUndefined();
    expect(head.present()).toBeDefined();
  });
});
