import { spawn, spawnSync } from "node:child_process";
import { createSocket } from "node:dgram";
import { createRequire } from "node:module";
import { describe, expect, it } from "vitest";
import { type AccessUnit, annexB, Depacketiser, joined } from "../depacketiser.js";
import { isRtcp, parseRtp } from "../rtp-packet.js";
import { captureMs, parseSenderReports, type SenderReport } from "../sender-report.js";

/** ffmpeg as a peer that nobody here wrote: it sends RTP and RTCP, and decodes what came out. */
function findFfmpeg(): string | undefined {
  if (spawnSync("ffmpeg", ["-version"]).status === 0) return "ffmpeg";
  try {
    const found = createRequire(import.meta.url)("@ffmpeg-installer/ffmpeg") as { path?: string };
    return found.path !== undefined && spawnSync(found.path, ["-version"]).status === 0 ? found.path : undefined;
  } catch {
    return undefined;
  }
}

const ffmpeg = findFfmpeg() ?? "";
if (ffmpeg === "") console.warn("no ffmpeg found: the RTP reader is not tested against it");
const width = 320;
const height = 180;

type Received = { units: AccessUnit[]; reports: SenderReport[]; reader: Depacketiser };

/** Takes 3 s of moving picture from ffmpeg's RTP sender; `drop` says which packets get lost on the way. */
async function receive(drop: (n: number) => boolean): Promise<Received> {
  const units: AccessUnit[] = [];
  const reports: SenderReport[] = [];
  const reader = new Depacketiser((unit) => units.push({ ...unit, nals: unit.nals.map((nal) => nal.slice()) }));
  const socket = createSocket("udp4");
  const port = await new Promise<number>((resolve) => {
    socket.bind(0, "127.0.0.1", () => resolve(socket.address().port));
  });
  let count = 0;
  socket.on("message", (bytes) => {
    if (isRtcp(bytes)) {
      reports.push(...parseSenderReports(bytes));
      return;
    }
    const packet = parseRtp(bytes);
    if (packet !== undefined && !drop(count++)) reader.push(packet);
  });
  const source = `-re -f lavfi -i testsrc=size=${width}x${height}:rate=10:duration=3`;
  const encode =
    "-c:v libx264 -preset ultrafast -tune zerolatency -profile:v baseline -pix_fmt yuv420p -g 10 -threads 1 -bsf:v dump_extra";
  const send = `-f rtp -payload_type 96 rtp://127.0.0.1:${port}?rtcpport=${port}&pkt_size=900`;
  const child = spawn(ffmpeg, `-v error ${source} ${encode} ${send}`.split(" "), { stdio: "ignore" });
  await new Promise((resolve) => child.on("exit", resolve));
  await new Promise((resolve) => setTimeout(resolve, 200));
  socket.close();
  return { units, reports, reader };
}

function decode(units: readonly AccessUnit[]): Buffer[] {
  const stream = joined(units.map((unit) => annexB(unit.nals)));
  const told = spawnSync(ffmpeg, "-v error -f h264 -i pipe:0 -f rawvideo -pix_fmt gray pipe:1".split(" "), {
    input: stream,
    maxBuffer: 2 ** 28,
  });
  expect(told.stderr.toString()).toBe("");
  const size = width * height;
  return Array.from({ length: Math.floor(told.stdout.byteLength / size) }, (_, i) =>
    told.stdout.subarray(i * size, (i + 1) * size),
  );
}

const changed = (a: Buffer | undefined, b: Buffer | undefined): number =>
  a?.reduce((sum, value, i) => sum + (Math.abs(value - (b?.[i] ?? value)) > 20 ? 1 : 0), 0) ?? 0;

describe.skipIf(ffmpeg === "")("RTP from ffmpeg", () => {
  it("comes out as pictures that ffmpeg decodes without a complaint, and they move", async () => {
    const { units, reports, reader } = await receive(() => false);
    expect(reader.counts.lost).toBe(0);
    expect(units.length).toBe(30);
    expect(units[0]?.key).toBe(true);
    const pictures = decode(units);
    expect(pictures.length).toBe(30);
    expect(changed(pictures[0], pictures[20])).toBeGreaterThan(300);
    const report = reports[0];
    if (report === undefined) throw new Error("ffmpeg sends a report at the start");
    const times = units.map((unit) => captureMs(report, unit.rtpTime));
    expect(Math.abs((times[0] ?? 0) - Date.now())).toBeLessThan(30_000);
    times.slice(1).forEach((t, i) => {
      expect(t - (times[i] ?? 0)).toBeCloseTo(100, 0);
    });
  });

  it("still decodes without a complaint when packets are lost: what rests on them is left out", async () => {
    const { units, reader } = await receive((n) => n % 37 === 20);
    expect(reader.counts.lost).toBeGreaterThan(0);
    expect(units.length).toBeGreaterThan(3);
    expect(units.length).toBeLessThan(30);
    expect(decode(units).length).toBe(units.length);
  });
});
