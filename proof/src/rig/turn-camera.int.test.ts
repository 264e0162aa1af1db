import { readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { type Fact, type FactOf, parseFact } from "@outrider/contract";
import { afterEach, describe, expect, it } from "vitest";
import { DemoRig, until } from "./io/demo-rig.js";
import { StationUser } from "./io/station-user.js";

/** Forty metres south of cam-03, which looks north. */
const south = { latDeg: 37.770737, lonDeg: -122.445458 };

describe("a fixed camera of the simulator, turned by the station over ONVIF", () => {
  const rigs: DemoRig[] = [];
  afterEach(async () => {
    for (const rig of rigs.splice(0)) {
      await rig.stop();
      rmSync(rig.folder, { recursive: true, force: true });
    }
  });

  it("goes where the place is and says so itself, goes home, and refuses a wrong name", {
    timeout: 120_000,
  }, async () => {
    const wrong = 'cam-09/onvif/device_service", login: { user: intruder, password: { file: KEY } },';
    const rig = await DemoRig.make({
      edit: (yaml) => {
        const key = /file: (\S+demo-readers\.key)/.exec(yaml)?.[1] ?? "";
        return yaml.replace('cam-09/onvif/device_service",', wrong.replace("KEY", key));
      },
    });
    rigs.push(rig);
    rig.start("ground-station", "sim");
    await rig.ready(60_000);
    const user = new StationUser(rig.base);
    await user.act("login", { demoRole: "rtcc" });
    const ends = (): readonly FactOf<"CameraTurned">[] =>
      factsOf(rig).flatMap((fact) => (fact.type === "CameraTurned" ? [fact] : []));
    const turn = async (cameraId: string, body: Parameters<typeof user.act<"turnCamera">>[1]) => {
      const before = ends().length;
      expect((await user.act("turnCamera", body, { cameraId })).status).toBe(202);
      await until(`${cameraId} ${body.verb} has an end`, 25_000, () => ends().length > before);
      return ends().at(-1);
    };
    await until("the simulator's run has begun", 60_000, () => factsOf(rig).some(({ type }) => type === "RunStarted"));
    // Its services come up with the simulator's pictures, some seconds after the station.
    await until(
      "the simulator serves its cameras",
      60_000,
      async () => {
        const end = await turn("cam-03", { verb: "look", point: south });
        return end?.data.outcome === "turned";
      },
      1_000,
    );
    const asked = factsOf(rig).flatMap((fact) => (fact.type === "CameraTurnAsked" ? [fact.data.aim] : []));
    expect(asked.at(-1)).toMatchObject({ azimuthDeg: expect.closeTo(180, 0), pitchDeg: expect.closeTo(-8, -1) });
    expect((await turn("cam-03", { verb: "step", right: 1, up: 0, nearer: 1 }))?.data.outcome).toBe("turned");
    expect((await turn("cam-03", { verb: "home" }))?.data).toMatchObject({ outcome: "turned", reason: "" });
    expect((await turn("cam-09", { verb: "home" }))?.data).toMatchObject({
      outcome: "refused",
      reason: expect.stringMatching(/refuse[sd] our name/),
    });
    const kept = await user.act("turnCamera", { verb: "home" }, { cameraId: "cam-06" });
    expect(kept).toMatchObject({ status: 409, body: { detail: "The owner of Oak & Ashbury has not shared it." } });
    expect(ends().every(({ by }) => by.kind === "person")).toBe(true);
  });
});

function factsOf(rig: DemoRig): readonly Fact[] {
  return readFileSync(join(rig.folder, "station/record.ndjson"), "utf8")
    .split("\n")
    .filter((line) => line.endsWith("}"))
    .flatMap((line) => {
      const row = rowOf(line);
      const read = parseFact(typeof row === "object" && row !== null && "fact" in row ? row.fact : row);
      return read.kind === "ok" ? [read.fact] : [];
    });
}

/** A line that is just being written may end in a bracket of its inside. */
function rowOf(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}
