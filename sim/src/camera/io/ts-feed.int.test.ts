import { execFileSync, spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { get } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { CameraPose } from "@outrider/contract";
import { localFrame } from "@outrider/geo";
import { describe, expect, it } from "vitest";
import { wallClock as wall } from "../../app/io/platform.js";
import { createCameraStream } from "../stream.js";
import { createTsFeed, type TsSink } from "../ts/ts-feed.js";
import { ffmpegEncoder, findFfmpeg } from "./ffmpeg.js";
import { fileSink } from "./ts-file.js";
import { tcpSink } from "./ts-listen.js";

const ffmpeg = findFfmpeg();
const hasFfprobe = spawnSync("ffprobe", ["-version"]).status === 0;
if (ffmpeg === undefined || !hasFfprobe)
  console.warn("no ffmpeg or no ffprobe found: the transport stream is not tested against a reader nobody here wrote");

const frame = localFrame({ latDeg: 39.7392, lonDeg: -104.9903 });
const [width, height] = [160, 90];
const pose = (tMs: number): CameraPose => ({
  point: frame.toGeo({ eastM: 10, northM: 20 }),
  altAmslM: 1700,
  yawDeg: (tMs / 100) % 360,
  pitchDeg: -45,
  rollDeg: 0,
  hfovDeg: 60,
});

/** Draws, encodes and sends until `enough` pictures have gone out. */
function play(openSink: () => TsSink, enough: number): Promise<void> {
  const feed = createTsFeed({
    openSink,
    ground: { frame, surface: () => 1600, ceilingAmslM: 1700, geoidUndulationM: -17 },
    names: { callSign: "OSPREY", missionId: "run_1" },
    aspect: width / height,
    platformAt: () => ({ headingDeg: 10, pitchDeg: -4, rollDeg: 2 }),
  });
  const picture = new Uint8Array((width * height * 3) / 2).fill(128);
  const stream = createCameraStream({
    name: "OSPREY",
    openOut: feed.openOut,
    onFrame: (one, tMs) => feed.onFrame(one, tMs),
    fps: 10,
    width,
    height,
    ssrc: 1,
    run: wall,
    wall,
    startEncoder: ffmpegEncoder(ffmpeg),
    poseAt: pose,
    render: (drawn, tMs) => {
      feed.drawn(drawn, tMs);
      return picture.fill(16 + (Math.floor(tMs / 20) % 200), 0, width * 40);
    },
    log: () => undefined,
  });
  stream.start();
  return new Promise((resolve) => {
    const look = (): void => {
      if (stream.counts.sent < enough) {
        wall.after(50, look);
        return;
      }
      stream.stop();
      resolve();
    };
    look();
  });
}

describe.skipIf(ffmpeg === undefined || !hasFfprobe)("a camera's transport stream", () => {
  it("is read by ffprobe as H.264 with a KLV data stream, and the metadata of each picture comes out of it", async () => {
    const folder = mkdtempSync(join(tmpdir(), "ts-"));
    const path = join(folder, "osprey.ts");
    await play(() => fileSink(path, (error) => expect(error).toBeUndefined()), 25);
    const probed: unknown = JSON.parse(
      execFileSync("ffprobe", ["-v", "error", "-show_streams", "-count_packets", "-of", "json", path], {
        encoding: "utf8",
      }),
    );
    expect(probed).toMatchObject({
      streams: [
        { codec_name: "h264", codec_type: "video", width, height },
        { codec_name: "klv", codec_type: "data", codec_tag_string: "KLVA" },
      ],
    });
    const klv = execFileSync(ffmpeg ?? "", ["-v", "error", "-i", path, "-map", "0:d", "-c", "copy", "-f", "data", "-"]);
    const label = Buffer.from("060e2b34020b01010e01030101000000", "hex");
    const times: number[] = [];
    for (let at = klv.indexOf(label); at >= 0; at = klv.indexOf(label, at + 1)) {
      // Length in its long form with one byte, then tag 2 with eight bytes.
      expect([...klv.subarray(at + 16, at + 20)]).toEqual([0x81, klv[at + 17], 2, 8]);
      times.push(Number(klv.readBigUInt64BE(at + 20)) / 1000);
    }
    expect(times.length).toBeGreaterThan(15);
    expect([...times].sort((a, b) => a - b)).toEqual(times);
    const decoded = execFileSync(ffmpeg ?? "", ["-v", "error", "-i", path, "-map", "0:v", "-f", "rawvideo", "-"]);
    expect(decoded.byteLength).toBeGreaterThan(15 * width * height);
    expect(readFileSync(path).byteLength % 188).toBe(0);
    rmSync(folder, { recursive: true });
  }, 60_000);

  it("is served over HTTP from a picture on that a player can begin with", async () => {
    let bytes = Buffer.alloc(0);
    await play(
      () =>
        tcpSink({ host: "127.0.0.1", port: 0 }, (result) => {
          if (result.kind === "error") throw result.error;
          get({ host: "127.0.0.1", port: result.port, path: "/" }, (answer) => {
            expect(answer.headers["content-type"]).toBe("video/mp2t");
            answer.on("data", (chunk: Buffer) => {
              bytes = Buffer.concat([bytes, chunk]);
            });
            answer.on("error", () => undefined);
          }).on("error", () => undefined);
        }),
      45,
    );
    expect(bytes.byteLength).toBeGreaterThan(188 * 20);
    expect([bytes[0], bytes[188], bytes[1], bytes[2]]).toEqual([0x47, 0x47, 0x40, 0]);
  }, 60_000);
});
