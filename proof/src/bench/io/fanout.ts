import { rmSync } from "node:fs";
import { sampleHeaderBytes, sampleRowBytes } from "@outrider/contract";
import { StationUser } from "../../rig/io/station-user.js";
import { type Bench, type BenchResult, median, round } from "../bench.js";
import { messageBytes, withManyAircraft } from "../fanout/many-aircraft.js";
import { benchSite, stationMain } from "./bench-site.js";
import { FakeBridge } from "./fake-bridge.js";
import { besideThis, PartProcess } from "./part-process.js";

const aircraft = 200;
const clients = 100;
const perS = 10;
const rounds = 5;
const roundMs = 3_000;
const stallMs = 30_000;

const sleep = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

type Count = { readonly rows: number; readonly bytes: number };
type Counts = { readonly ours: Count; readonly peer: Count };
type Turn = { readonly cpuMs: number; readonly rows: number; readonly bytes: number };

/** What one server cost while its bridge fed it. */
async function turn(
  server: PartProcess,
  bridge: FakeBridge,
  crowd: PartProcess,
  which: "ours" | "peer",
): Promise<Turn> {
  // Answers of the clients' process are its counts (fanout-clients.ts).
  const count = async (): Promise<Count> => ((await crowd.ask("count")) as Counts)[which];
  const [before, had] = [await server.report(), await count()];
  bridge.feed(perS);
  await sleep(roundMs);
  bridge.rest();
  const has = await drained(count);
  const after = await server.report();
  return { cpuMs: after.cpuMs - before.cpuMs, rows: has.rows - had.rows, bytes: has.bytes - had.bytes };
}

/** Whatever is still under way belongs to the turn, however long a busy server takes over it. */
async function drained(count: () => Promise<Count>): Promise<Count> {
  for (let last = await count(); ; ) {
    await sleep(500);
    const now = await count();
    if (now.rows === last.rows) return now;
    last = now;
  }
}

/** Most that a server held for a client that stopped reading, in ticks of all aircraft. */
async function stalled(server: PartProcess, bridge: FakeBridge, tickBytes: number): Promise<number> {
  bridge.feed(20);
  let most = 0;
  for (const end = Date.now() + stallMs; Date.now() < end; await sleep(100))
    most = Math.max(most, (await server.report()).heldBytes);
  bridge.rest();
  return most / tickBytes;
}

async function tickets(base: string): Promise<{ readonly cookie: string; readonly tickets: string }> {
  const user = new StationUser(base);
  await user.act("login", { demoRole: "rtcc" });
  const made: string[] = [];
  for (let i = 0; i < clients; i++) {
    const { body } = await user.act("liveTicket", {});
    if (typeof body !== "object" || body === null || !("ticket" in body)) throw new Error("no ticket for /live");
    made.push(String(body.ticket));
  }
  return { cookie: user.cookie, tickets: made.join(",") };
}

async function run(): Promise<BenchResult> {
  const { rig, bridgeToken } = await benchSite((yaml) => withManyAircraft(yaml, aircraft));
  const station = new PartProcess(stationMain, [rig.configFile]);
  const peer = new PartProcess(besideThis("fanout-peer.js"), []);
  const parts = [station, peer];
  const bridges: FakeBridge[] = [];
  try {
    await station.says(/ground-station ready/);
    const peerPort = await peer.says(/peer ready (\d+)/);
    const entry = await tickets(rig.base);
    const crowd = new PartProcess(besideThis("fanout-clients.js"), [rig.base, entry.cookie, peerPort, entry.tickets]);
    parts.push(crowd);
    await crowd.says(/clients ready/);
    const ourBridge = await FakeBridge.dial(`${rig.base.replace("http", "ws")}/bridge`, bridgeToken, aircraft);
    const peerBridge = await FakeBridge.dial(`ws://127.0.0.1:${peerPort}/bridge`, "", aircraft);
    bridges.push(ourBridge, peerBridge);
    return await measure(station, peer, crowd, ourBridge, peerBridge);
  } finally {
    for (const bridge of bridges) bridge.close();
    await Promise.all(parts.map((part) => part.stop()));
    rmSync(rig.folder, { recursive: true, force: true });
  }
}

async function measure(
  station: PartProcess,
  peer: PartProcess,
  crowd: PartProcess,
  ourBridge: FakeBridge,
  peerBridge: FakeBridge,
): Promise<BenchResult> {
  const ours: Turn[] = [];
  const theirs: Turn[] = [];
  for (let i = -1; i < rounds; i++) {
    const [a, b] = [await turn(station, ourBridge, crowd, "ours"), await turn(peer, peerBridge, crowd, "peer")];
    if (i < 0) continue;
    ours.push(a);
    theirs.push(b);
  }
  const per = (turns: readonly Turn[], of: "cpuMs" | "bytes"): number => median(turns.map((one) => one[of] / one.rows));
  await crowd.ask("stall");
  const tickBytes = messageBytes(sampleHeaderBytes + aircraft * sampleRowBytes);
  const stalledTicks = await stalled(station, ourBridge, tickBytes);
  const sent = (aircraft * perS * clients * roundMs) / 1000;
  const share = (turns: readonly Turn[]): number => median(turns.map((one) => one.rows)) / sent;
  const micro = (turns: readonly Turn[]): number => round(per(turns, "cpuMs") * 1000);
  return {
    bench: "fanout",
    metrics: {
      cpu_ratio: round(per(ours, "cpuMs") / per(theirs, "cpuMs"), 4),
      bytes_ratio: round(per(ours, "bytes") / per(theirs, "bytes"), 4),
      stalled_ticks: round(stalledTicks, 1),
    },
    notes: [
      "peer: ws 8.23.0, one JSON message for each aircraft and client with the same fields, made once for all clients, no deflate",
      `${aircraft} aircraft at ${perS} Hz from a bridge's own frames, ${clients} clients in another process, ${rounds} turns of ${roundMs / 1000} s; the whole ground-station process is counted`,
      `CPU for an aircraft's row at one client ${micro(ours)} us, peer ${micro(theirs)}; bytes for an aircraft's row ${round(per(ours, "bytes"), 1)}, peer ${round(per(theirs, "bytes"), 1)}; delivered ${round(share(ours), 3)} and ${round(share(theirs), 3)} of the rows sent`,
      `stalled: most bytes that the server process held for any socket in ${stallMs / 1000} s after a client stopped reading, over the ${tickBytes} bytes of a whole tick`,
    ],
  };
}

export const fanout: Bench = { name: "fanout", run };
