import { spawn } from "node:child_process";
import { createHash, randomBytes } from "node:crypto";
import { localFrame } from "@outrider/geo";
import { afterEach, describe, expect, it } from "vitest";
import { wallClock as wall } from "../../app/io/platform.js";
import { cityScene } from "../city-scene.js";
import { warmestSurface } from "../heat.js";
import { createHeatCameras } from "../heat-cameras.js";
import { createRenderer } from "../renderer.js";
import { testCity } from "../test-city.js";
import { ffmpegEncoder, findFfmpeg } from "./ffmpeg.js";
import { listenRtsp } from "./rtsp-listen.js";

const ffmpeg = findFfmpeg() ?? "";
if (ffmpeg === "") console.warn("no ffmpeg found: the heat picture is not tested with a real encoder and player");
const width = 320;
const height = 180;

const closing: (() => void)[] = [];
afterEach(() => {
  for (const close of closing.splice(0)) close();
});

/** The heat sensor of an aircraft 25 m over a crossing where one person stands, by night, on a free port. */
async function sensor(): Promise<number> {
  const city = testCity(4);
  const frame = localFrame(city.origin);
  const groundM = cityScene(city).terrain.groundAmslM(0, 0);
  const cameras = createHeatCameras({
    uids: ["osprey"],
    renderer: createRenderer(city, { width, height, tilesPerFrame: 60 }),
    run: wall,
    wall,
    startEncoder: ffmpegEncoder(ffmpeg),
    newSsrc: () => 4712,
    log: () => undefined,
    poseOf: () => ({
      point: frame.toGeo({ eastM: 0, northM: -12 }),
      altAmslM: groundM + 20,
      yawDeg: 0,
      pitchDeg: -60,
      rollDeg: 0,
      hfovDeg: 50,
    }),
    vehicles: () => [],
    people: () => [{ eastM: 0, northM: 0, headingDeg: 90, upper: "black", lower: "blue" }],
    light: () => ({ sunElevationDeg: -30, sunAzimuthDeg: 330 }),
  });
  return new Promise((done, fail) => {
    const close = listenRtsp(
      { host: "127.0.0.1", port: 0 },
      {
        cameraAt: (path) => (path === "/osprey-heat" ? cameras.byId.get("osprey") : undefined),
        datagrams: { bind: () => ({ send: () => undefined, close: () => undefined }) },
        wall,
        md5: (text) => createHash("md5").update(text).digest("hex"),
        newId: () => randomBytes(8).toString("hex"),
      },
      (result) => (result.kind === "ok" ? done(result.port) : fail(result.error)),
    );
    closing.push(close, () => cameras.close());
  });
}

function play(url: string): Promise<Buffer> {
  return new Promise((done) => {
    const args = `-v error -rtsp_transport tcp -i ${url} -frames:v 5 -f rawvideo -pix_fmt yuv420p pipe:1`;
    const child = spawn(ffmpeg, args.split(" "), { stdio: ["ignore", "pipe", "ignore"] });
    const chunks: Buffer[] = [];
    child.stdout.on("data", (chunk: Buffer) => chunks.push(chunk));
    const late = setTimeout(() => child.kill("SIGKILL"), 45_000);
    child.on("close", () => {
      clearTimeout(late);
      done(Buffer.concat(chunks));
    });
  });
}

describe.skipIf(ffmpeg === "")("an aircraft's heat picture over RTSP, played by ffmpeg", () => {
  it("shows a person in the dark as the brightest thing, and no colour", async () => {
    const pictures = await play(`rtsp://127.0.0.1:${await sensor()}/osprey-heat`);
    const size = width * height * 1.5;
    expect(pictures.byteLength).toBe(5 * size);
    const last = pictures.subarray(4 * size);
    const luma = last.subarray(0, width * height);
    expect(luma.filter((y) => y > warmestSurface).length).toBeGreaterThan(15);
    expect(luma.filter((y) => y > warmestSurface).length).toBeLessThan(width * height * 0.02);
    const middle = luma[(height / 2) * width + 20] ?? 255;
    expect(middle).toBeLessThan(warmestSurface);
    // The encoder may be off by a step or two.
    expect(last.subarray(width * height).every((chroma) => Math.abs(chroma - 128) <= 3)).toBe(true);
  });
});
