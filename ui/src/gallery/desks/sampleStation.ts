import {
  type CameraPose,
  encodeVideoUnit,
  type LiveToStation,
  type RoomViews,
  type SessionView,
  type StationToLive,
} from "@outrider/contract";
import type { LivePorts } from "../../live/index.js";

/** A station that is only data: rooms answer once, pictures repeat. For pages of fixed data, never in the product. */
export interface SampleStation {
  readonly session: SessionView;
  readonly nowMs: number;
  readonly rooms: Readonly<Record<string, RoomViews[keyof RoomViews]>>;
  readonly cameras: readonly { readonly handle: number; readonly cameraId: string }[];
}

type Say = (message: StationToLive) => void;

export function samplePorts(station: SampleStation, videoFrom: string): LivePorts {
  return {
    ticket: (done) => done({ kind: "ok", ticket: "sample" }),
    nowMs: () => performance.now(),
    visible: () => true,
    after(ms, run) {
      const id = setTimeout(run, ms);
      return () => clearTimeout(id);
    },
    open(events) {
      const say: Say = (m) => events.onText(JSON.stringify(m));
      const began = performance.now();
      const runMs = (): number => station.nowMs + (performance.now() - began);
      setTimeout(() => events.onOpen(), 0);
      return {
        close: () => undefined,
        send: (text) =>
          answer(JSON.parse(text) as LiveToStation, station, say, runMs, (b) => events.onBytes(b), videoFrom),
      };
    },
  };
}

function answer(
  m: LiveToStation,
  station: SampleStation,
  say: Say,
  runMs: () => number,
  bytes: (b: Uint8Array) => void,
  videoFrom: string,
): void {
  if (m.kind === "hello") {
    const timing = { runId: "sample", epochMs: runMs(), rate: 1, paused: false };
    say({ kind: "welcome", version: 1, session: station.session, bootId: "b", timing, nowMs: runMs(), sim: true });
    say({ kind: "handles", aircraft: [], cameras: station.cameras });
  }
  if (m.kind === "ping") say({ kind: "pong", n: m.n, nowMs: runMs() });
  if (m.kind === "join") {
    const view = station.rooms[m.room];
    if (view === undefined) say({ kind: "refused", room: m.room, why: "Not part of this sample." });
    else say({ kind: "room", room: m.room, seq: 1, facts: [], view });
  }
  const camera = m.kind === "watchVideo" && m.on ? station.cameras.find((c) => c.cameraId === m.cameraId) : undefined;
  if (camera !== undefined && videoFrom !== "") void playSample(videoFrom, camera, runMs, bytes);
}

/** Repeats a short Annex B stream with the pose of each frame beside it. */
async function playSample(
  from: string,
  camera: { readonly handle: number; readonly cameraId: string },
  runMs: () => number,
  say: (b: Uint8Array) => void,
): Promise<void> {
  const [stream, poses] = await Promise.all([fetch(`${from}/${camera.cameraId}.h264`), fetch(`${from}/poses.json`)]);
  if (!stream.ok || !poses.ok) return;
  const units = accessUnits(new Uint8Array(await stream.arrayBuffer()));
  const all = (await poses.json()) as Readonly<Record<string, readonly CameraPose[]>>; // The gallery's own test data.
  let n = 0;
  setInterval(() => {
    const at = n % units.length;
    const unit = units[at];
    if (unit === undefined) return;
    const now = runMs();
    say(
      encodeVideoUnit({
        handle: camera.handle,
        key: unit.key,
        capturedMs: now - 140,
        sentMs: now,
        number: n,
        pose: all[camera.cameraId]?.[at],
        footprint: [],
        data: unit.data,
      }),
    );
    n++;
  }, 330);
}

/** Splits Annex B at access unit delimiters (H.264 7.4.1.2.3). */
function accessUnits(bytes: Uint8Array): readonly { readonly key: boolean; readonly data: Uint8Array }[] {
  const starts: number[] = [];
  for (let i = 0; i + 4 < bytes.length; i++)
    if (
      bytes[i] === 0 &&
      bytes[i + 1] === 0 &&
      bytes[i + 2] === 0 &&
      bytes[i + 3] === 1 &&
      ((bytes[i + 4] ?? 0) & 31) === 9
    )
      starts.push(i);
  return starts.map((from, i) => {
    const data = bytes.subarray(from, starts[i + 1] ?? bytes.length);
    return { data, key: hasParameterSet(data) };
  });
}

function hasParameterSet(data: Uint8Array): boolean {
  for (let i = 0; i + 3 < Math.min(200, data.length); i++)
    if (data[i] === 0 && data[i + 1] === 0 && data[i + 2] === 1 && ((data[i + 3] ?? 0) & 31) === 7) return true;
  return false;
}
