import type { CameraSeeing, Config, Fact, TurningCameraView } from "@outrider/contract";
import { describe, expect, it } from "vitest";
import { gunshot } from "../../app/testing/alerts.js";
import { MemoryDisk } from "../../app/testing/fake-ports.js";
import { at, testConfig } from "../../app/testing/test-config.js";
import { type Answer, TestStation } from "../../app/testing/test-station.js";
import type { SoapPost } from "../onvif/soap-post.js";
import { hashes } from "../testing/fake-camera.js";
import { FakeOnvif } from "../testing/fake-onvif.js";

const square = (eastM: number, northM: number, halfM: number) => [
  at(eastM - halfM, northM - halfM),
  at(eastM + halfM, northM - halfM),
  at(eastM + halfM, northM + halfM),
  at(eastM - halfM, northM + halfM),
];
/** Forty metres south of the alert, looking away from it. */
const cameras: Config["cameras"] = [
  {
    ...{ cameraId: "cam", name: "Corner", kind: "camera", point: at(0, -40), heightAglM: 7, azimuthDeg: 180 },
    ...{ pitchDeg: -12, hfovDeg: 60, rangeM: 130, shared: true, ptz: true, stream: "rtsp://10.0.0.5/cam" },
    onvif: {
      address: "http://10.0.0.5/onvif/device_service",
      reach: { panDeg: [-180, 180], tiltDeg: [-90, 15] },
      zoomMax: 20,
    },
  },
  {
    ...{ cameraId: "kept", name: "Bank", kind: "camera", point: at(0, 30), heightAglM: 7, azimuthDeg: 0 },
    ...{ pitchDeg: -12, hfovDeg: 60, rangeM: 130, shared: false, ptz: true },
    onvif: "http://10.0.0.6/onvif/device_service",
  },
];
const school = { id: "z", name: "School", ring: square(60, -40, 15) };
const config = testConfig((base) => ({
  ...{ ...base, cameras, cameraTurning: { homeAfterS: 40 } },
  site: { ...base.site, privacyZones: [school] },
}));

function bench(disk = new MemoryDisk(), camera = new FakeOnvif()) {
  const posts: { action: string; seq: number }[] = [];
  const post: SoapPost = (ask, done) => {
    const action = /<s:Body><(\w+)/.exec(ask.body)?.[1] ?? "";
    posts.push({ action, seq: recorded(disk).filter(({ type }) => type === "CameraTurnAsked").length });
    return camera.post(ask, done);
  };
  const turning = { post, digest: () => "", hashes, logins: new Map() };
  const test = new TestStation({ disk, config, more: { turning } });
  const rtcc = test.login("rtcc");
  const turn = (body: object, cookie = rtcc, cameraId = "cam"): Answer =>
    test.act({ path: `/cameras/${cameraId}/turn`, body, cookie });
  const socket = test.socket(rtcc);
  socket.say({ kind: "join", room: "cameras" });
  const view = (): TurningCameraView | undefined => {
    const last = socket.room("cameras").at(-1)?.["view"] as { turning: TurningCameraView[] } | undefined;
    return last?.turning.find(({ cameraId }) => cameraId === "cam");
  };
  test.wall.advance(4_000);
  return { camera, posts, disk, test, rtcc, turn, socket, view };
}
/** The facts of the record as they lie on disk. */
function recorded(disk: MemoryDisk): Fact[] {
  const text = new TextDecoder().decode(disk.files.get("record.ndjson") ?? new Uint8Array());
  return text
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => (JSON.parse(line) as { fact?: Fact } & Fact).fact ?? JSON.parse(line));
}
const turns = (disk: MemoryDisk): string[] =>
  recorded(disk).flatMap((fact) => {
    const name = fact.by.kind === "person" ? fact.by.personId : fact.by.kind;
    if (fact.type === "CameraTurnAsked") return [`asked ${fact.data.towards.kind} ${name}`];
    return fact.type === "CameraTurned" ? [`${fact.data.outcome} ${fact.data.towards.kind} ${name}`] : [];
  });
const problemOf = ({ status, body }: Answer): string => {
  const { title, detail } = body as { title?: string; detail?: string };
  return `${status} ${title}: ${detail}`;
};

describe("the crime center turns a fixed camera", () => {
  it("to an incident: on disk before the camera hears of it, seen to be there, and counted as seeing it", () => {
    const { camera, posts, disk, test, rtcc, turn, view } = bench();
    expect(view()).toMatchObject({ state: "known", atHome: true, sees: [] });
    expect(view()?.lastTurn).toBeUndefined();
    test.post("shots", "/intake/gunshot", gunshot());
    const list = test.get("/api/v1/incidents", rtcc).body as { incidents: { incidentId: string }[] };
    const incidentId = list.incidents[0]?.incidentId ?? "";
    const seeing = (): CameraSeeing | undefined => {
      const incident = test.get(`/api/v1/incidents/${incidentId}`, rtcc).body as { cameras: CameraSeeing[] };
      return incident.cameras.find(({ cameraId }) => cameraId === "cam");
    };
    expect(seeing()).toMatchObject({ sees: "couldTurn", turns: true });

    expect(turn({ verb: "look", point: at(0, 0), incidentId }).status).toBe(202);
    test.wall.advance(1_000);
    expect(posts.find(({ action }) => action === "AbsoluteMove")?.seq).toBe(1);
    expect([camera.x * 180, camera.of("AbsoluteMove").length]).toEqual([expect.closeTo(-180, 3), 1]);
    expect(turns(disk)).toEqual(["asked place demo-rtcc", "turned place demo-rtcc"]);
    expect(seeing()).toMatchObject({ sees: "sees", turns: true });
    expect(view()).toMatchObject({ atHome: false, moving: false, lastTurn: { outcome: "turned" } });
    expect(view()?.sees.length).toBeGreaterThan(3);
  });

  it("which nobody counts as seeing anything while it does not say where it looks", () => {
    const silent = new FakeOnvif();
    const dead = { kind: "failed", cause: "unreachable", text: "No connection: ECONNREFUSED." } as const;
    silent.instead.set("GetSystemDateAndTime", Array(9).fill(dead));
    const { disk, test, rtcc, turn, view } = bench(new MemoryDisk(), silent);
    test.post("shots", "/intake/gunshot", gunshot());
    const list = test.get("/api/v1/incidents", rtcc).body as { incidents: { incidentId: string }[] };
    const path = `/api/v1/incidents/${list.incidents[0]?.incidentId}`;
    const { cameras: seeing } = test.get(path, rtcc).body as { cameras: CameraSeeing[] };
    expect(seeing.find(({ cameraId }) => cameraId === "cam")?.text).toBe(
      "could see it if it were turned; where it looks now is not known",
    );
    expect(view()).toMatchObject({ state: "trouble", why: dead.text, moving: false });
    turn({ verb: "look", point: at(0, 0) });
    test.wall.advance(10);
    expect(turns(disk)).toEqual(["asked place demo-rtcc", "refused place demo-rtcc"]);
    expect(view()?.lastTurn?.reason).toBe(dead.text);
  });

  it("not into a privacy zone, not one that its owner keeps, not one that is not there", () => {
    const { camera, disk, turn, test } = bench();
    expect(problemOf(turn({ verb: "look", point: at(60, -40) }))).toBe(
      "409 Refused: It would look into the privacy zone School.",
    );
    expect(problemOf(turn({ verb: "look", point: at(0, 0) }, undefined, "kept"))).toBe(
      "409 Refused: The owner of Bank has not shared it.",
    );
    expect(turn({ verb: "home" }, undefined, "nowhere").status).toBe(404);
    expect(turn({ verb: "home" }, test.login("supervisor")).status).toBe(403);
    expect(camera.of("AbsoluteMove")).toHaveLength(0);
    expect(turns(disk).map((line) => line.split(" ")[0])).toEqual(["refused", "refused"]);
  });

  it("one hand at a time: another is asked for ten seconds, and may take it all the same", () => {
    const { test, turn, view } = bench();
    const pic = test.login("pic");
    expect(turn({ verb: "look", point: at(0, 0) }).status).toBe(202);
    test.wall.advance(3_000);
    expect(problemOf(turn({ verb: "home" }, pic))).toMatch(/^409 Held: Held by .*, who turned it 3 s ago\.$/);
    expect(view()?.heldUntilMs).toBeGreaterThan(test.run.nowMs());
    expect(turn({ verb: "home", takeOver: true }, pic).status).toBe(202);
    test.wall.advance(12_000);
    expect(turn({ verb: "step", right: 1, up: 0, nearer: 0 }).status).toBe(409);
  });

  it("and it goes home by itself when nobody has turned or watched it for a while", () => {
    const { camera, disk, test, turn, socket, view } = bench();
    turn({ verb: "look", point: at(0, 0) });
    test.wall.advance(20_000);
    socket.say({ kind: "watchVideo", cameraId: "cam", on: true });
    test.wall.advance(60_000);
    expect(Math.abs(camera.x)).toBeCloseTo(1, 3);
    expect(view()?.homeAtMs).toBeUndefined();
    socket.say({ kind: "watchVideo", cameraId: "cam", on: false });
    test.wall.advance(39_000);
    expect(Math.abs(camera.x)).toBeCloseTo(1, 3);
    test.wall.advance(3_000);
    expect(camera.x).toBeCloseTo(0, 3);
    expect(turns(disk).slice(-2)).toEqual(["asked home system", "turned home system"]);
    expect([view()?.atHome, view()?.homeAtMs]).toEqual([true, undefined]);
    const told = turns(disk).length;
    test.wall.advance(90_000);
    expect(turns(disk)).toHaveLength(told);
  });

  it("and nothing moves when the record cannot be written", () => {
    const { camera, disk, test, turn } = bench();
    disk.failAppends = 1;
    expect(turn({ verb: "look", point: at(0, 0) }).status).toBe(503);
    test.wall.advance(5_000);
    expect(camera.of("AbsoluteMove")).toHaveLength(0);
  });

  it("and a turn that a crash left open is told as unconfirmed, and is sent home all the same", () => {
    const first = bench();
    first.camera.moving = true;
    first.turn({ verb: "look", point: at(0, 0) });
    first.test.station.close();
    const second = bench(first.disk);
    second.camera.x = 1;
    expect(turns(second.disk).map((line) => line.split(" ")[0])).toEqual(["asked", "unconfirmed"]);
    second.test.wall.advance(50_000);
    expect(turns(second.disk).at(-1)).toBe("turned home system");
    expect(second.camera.x).toBeCloseTo(0, 3);
  });
});
