import { spawn } from "node:child_process";
import { createHash, randomBytes } from "node:crypto";
import { localFrame } from "@outrider/geo";
import { afterEach, describe, expect, it } from "vitest";
import { udp, wallClock as wall } from "../../app/io/platform.js";
import { createFixedCameras } from "../fixed-cameras.js";
import { createRenderer } from "../renderer.js";
import { testCity } from "../test-city.js";
import { ffmpegEncoder, findFfmpeg } from "./ffmpeg.js";
import { listenRtsp } from "./rtsp-listen.js";

const ffmpeg = findFfmpeg() ?? "";
if (ffmpeg === "")
  console.warn("no ffmpeg found: the fixed cameras are not tested with a player that nobody here wrote");
const width = 320;
const height = 180;

const closing: (() => void)[] = [];
afterEach(() => {
  for (const close of closing.splice(0)) close();
});

/** One street camera with a digest login on a free port. */
async function camera(): Promise<{ port: number; playing: number[]; drawn(): number }> {
  const city = testCity(4);
  const renderer = createRenderer(city, { width, height });
  const playing: number[] = [];
  const pose = {
    point: localFrame(city.origin).toGeo({ eastM: 0, northM: 0 }),
    altAmslM: 1640,
    yawDeg: 0,
    pitchDeg: -30,
    rollDeg: 0,
    hfovDeg: 70,
  };
  let drawn = 0;
  const cameras = createFixedCameras({
    cameras: [{ cameraId: "cam-01", pose, login: { user: "viewer", password: "s3cret" } }],
    fps: 10,
    width,
    height,
    run: wall,
    wall,
    startEncoder: ffmpegEncoder(ffmpeg),
    render: (at) => {
      drawn += 1;
      // It turns, so that the picture moves.
      return renderer.render({ ...at, yawDeg: drawn * 3 }, [], [], { sunElevationDeg: 40, sunAzimuthDeg: 180 }).yuv;
    },
    newSsrc: () => 4711,
    onPlaying: (count) => playing.push(count),
    log: () => undefined,
  });
  const port = await new Promise<number>((done, fail) => {
    const close = listenRtsp(
      { host: "127.0.0.1", port: 0 },
      {
        cameraAt: (path) => (path === "/cam-01" ? cameras.byId.get("cam-01") : undefined),
        datagrams: udp,
        wall,
        md5: (text) => createHash("md5").update(text).digest("hex"),
        newId: () => randomBytes(8).toString("hex"),
      },
      (result) => (result.kind === "ok" ? done(result.port) : fail(result.error)),
    );
    closing.push(close, () => cameras.close());
  });
  return { port, playing, drawn: () => drawn };
}

function play(url: string, transport: "tcp" | "udp"): Promise<{ pictures: Buffer[]; said: string }> {
  return new Promise((done) => {
    const args = `-v error -rtsp_transport ${transport} -i ${url} -frames:v 8 -f rawvideo -pix_fmt gray pipe:1`;
    const child = spawn(ffmpeg, args.split(" "), { stdio: ["ignore", "pipe", "pipe"] });
    const chunks: Buffer[] = [];
    let said = "";
    child.stdout.on("data", (chunk: Buffer) => chunks.push(chunk));
    child.stderr.on("data", (chunk: Buffer) => {
      said += chunk.toString();
    });
    const late = setTimeout(() => child.kill("SIGKILL"), 45_000);
    child.on("close", () => {
      clearTimeout(late);
      const all = Buffer.concat(chunks);
      const size = width * height;
      const pictures = Array.from({ length: Math.floor(all.byteLength / size) }, (_, i) =>
        all.subarray(i * size, (i + 1) * size),
      );
      done({ pictures, said });
    });
  });
}

async function until(test: () => boolean): Promise<void> {
  const endMs = Date.now() + 10_000;
  while (!test() && Date.now() < endMs) await new Promise((done) => setTimeout(done, 50));
}

const changed = (a: Buffer | undefined, b: Buffer | undefined): number =>
  a?.reduce((sum, value, i) => sum + (Math.abs(value - (b?.[i] ?? value)) > 12 ? 1 : 0), 0) ?? 0;

describe.skipIf(ffmpeg === "")("a fixed camera over RTSP, played by ffmpeg", () => {
  it.each(["tcp", "udp"] as const)(
    "plays over %s after a digest login, and draws only while it is played",
    async (how) => {
      const one = await camera();
      expect(one.drawn()).toBe(0);
      const { pictures } = await play(`rtsp://viewer:s3cret@127.0.0.1:${one.port}/cam-01`, how);
      expect(pictures.length).toBe(8);
      expect(changed(pictures[0], pictures[7])).toBeGreaterThan(3_000);
      await until(() => one.playing.length === 2);
      expect(one.playing).toEqual([1, 0]);
    },
  );

  it("turns away a wrong password and a path that is no camera", async () => {
    const one = await camera();
    expect((await play(`rtsp://viewer:wrong@127.0.0.1:${one.port}/cam-01`, "tcp")).said).toContain("401");
    expect((await play(`rtsp://viewer:s3cret@127.0.0.1:${one.port}/cam-09`, "tcp")).said).toContain("404");
    expect(one.drawn()).toBe(0);
  });
});
