import { execFileSync, spawn } from "node:child_process";
import { createSocket } from "node:dgram";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { localFrame } from "@outrider/geo";
import { describe, expect, it } from "vitest";
import { udp, wallClock as wall } from "../../app/io/platform.js";
import { createRenderer } from "../renderer.js";
import { createCameraStream, udpOut } from "../stream.js";
import { testCity } from "../test-city.js";
import { ffmpegEncoder, findFfmpeg } from "./ffmpeg.js";

const freePort = () =>
  new Promise<number>((resolve) => {
    const socket = createSocket("udp4");
    socket.bind(0, "127.0.0.1", () => {
      const { port } = socket.address();
      socket.close(() => resolve(port));
    });
  });

const ffmpeg = findFfmpeg();
if (ffmpeg === undefined) console.warn("no ffmpeg found: the camera stream is not tested against a real encoder");

describe.skipIf(ffmpeg === undefined)("camera stream with a real encoder", () => {
  it("is received and decoded by ffmpeg over RTP, and the picture moves", async () => {
    const folder = mkdtempSync(join(tmpdir(), "camera-"));
    const port = await freePort();
    const sdp = `v=0\no=- 0 0 IN IP4 127.0.0.1\ns=x\nc=IN IP4 127.0.0.1\nt=0 0\nm=video ${port} RTP/AVP 96\na=rtpmap:96 H264/90000\na=fmtp:96 packetization-mode=1\n`;
    writeFileSync(join(folder, "x.sdp"), sdp);
    const out = join(folder, "out.yuv");
    const receive = `-v error -protocol_whitelist file,udp,rtp -i ${join(folder, "x.sdp")} -frames:v 12 -f rawvideo -pix_fmt yuv420p ${out}`;
    const receiver = spawn(ffmpeg ?? "", receive.split(" "), { stdio: "ignore" });
    const received = new Promise<number | null>((resolve) => receiver.on("exit", resolve));
    const city = testCity(4);
    const frame = localFrame(city.origin);
    const renderer = createRenderer(city);
    const startMs = Date.now();
    const stream = createCameraStream({
      name: "OSPREY",
      openOut: () => udpOut({ datagrams: udp, host: "127.0.0.1", port, log: () => undefined }),
      fps: 10,
      width: 640,
      height: 360,
      ssrc: 4711,
      run: wall,
      wall,
      startEncoder: ffmpegEncoder(ffmpeg),
      poseAt: (tMs) => ({
        point: frame.toGeo({ eastM: 0, northM: (tMs - startMs) / 100 }),
        altAmslM: 1660,
        yawDeg: 0,
        pitchDeg: -40,
        rollDeg: 0,
        hfovDeg: 60,
      }),
      render: (pose) => renderer.render(pose, [], [], { sunElevationDeg: 40, sunAzimuthDeg: 180 }).yuv,
      log: () => undefined,
    });
    stream.start();
    const timer = setTimeout(() => receiver.kill("SIGKILL"), 60_000);
    await received;
    clearTimeout(timer);
    stream.stop();
    const size = 640 * 360 * 1.5;
    const pictures = readFileSync(out);
    expect(pictures.byteLength).toBeGreaterThanOrEqual(8 * size);
    const first = pictures.subarray(0, 640 * 360);
    const later = pictures.subarray(7 * size, 7 * size + 640 * 360);
    const changed = first.reduce((sum, value, i) => sum + (Math.abs(value - (later[i] ?? 0)) > 12 ? 1 : 0), 0);
    expect(changed).toBeGreaterThan(5_000);
    const spread = first.reduce((sum, value) => sum + (value > 60 && value < 220 ? 1 : 0), 0);
    expect(spread).toBeGreaterThan(100_000);
    rmSync(folder, { recursive: true });
  });

  it("says why where the encoder cannot run", async () => {
    const why = await new Promise<string>((resolve) => {
      ffmpegEncoder("/nowhere/ffmpeg")({ width: 64, height: 36, fps: 5 }, { onFrame: () => undefined, onEnd: resolve });
    });
    expect(why).toContain("ENOENT");
    expect(() => execFileSync(ffmpeg ?? "", ["-version"])).not.toThrow();
  });
});
