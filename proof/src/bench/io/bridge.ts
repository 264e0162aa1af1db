import { createSocket } from "node:dgram";
import { rmSync } from "node:fs";
import { loadavg } from "node:os";
import { StationStandIn } from "../../soak/io/station-stand-in.js";
import { type Bench, type BenchResult, median, round } from "../bench.js";
import { datagramBytes } from "../bridge/battery-frames.js";
import { benchSite, bridgeMain } from "./bench-site.js";
import type { LoadAsk, LoadTold } from "./bridge-load.js";
import { besideThis, PartProcess } from "./part-process.js";

const pacePerS = 20_000;
const paceSeconds = 3;
const rounds = 5;
const flatOutPerS = 110_000;
const flatOutSeconds = 2;
const tries = 3;
const askedBufferBytes = 4 * 1024 * 1024;

const sleep = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

type Ends = {
  readonly bridge: PartProcess;
  readonly bridgePort: number;
  readonly bare: PartProcess;
  readonly barePort: number;
  readonly load: PartProcess;
  readonly station: StationStandIn;
};

/** Answers of the load's process are what it sent (bridge-load.ts). */
const loaded = async (load: PartProcess, ask: LoadAsk): Promise<LoadTold> =>
  (await load.ask(JSON.stringify(ask))) as LoadTold;

/** Answers of the bare listener to "heard" are its counts (bridge-bare.ts). */
const bareHeard = async (bare: PartProcess): Promise<number> => ((await bare.ask("heard")) as { heard: number }).heard;

type Turn = { readonly us: number; readonly lost: number };

/** CPU microseconds for each datagram that was heard: one that was lost costs nothing and must not count as cheap. */
async function turn(part: PartProcess, port: number, load: PartProcess, count: () => Promise<number>): Promise<Turn> {
  const had = await count();
  const before = await part.report();
  const told = await loaded(load, { port, perSecond: pacePerS, seconds: paceSeconds });
  await sleep(100);
  const after = await part.report();
  const heard = (await count()) - had;
  return { us: ((after.cpuMs - before.cpuMs) * 1000) / heard, lost: Math.max(0, told.sent - heard) };
}

async function paced(ends: Ends): Promise<{ ours: number; peer: number; lost: number }> {
  const { bridge, bridgePort, bare, barePort, load, station } = ends;
  const [ours, peer]: [Turn[], Turn[]] = [[], []];
  const bridgeHeard = async (): Promise<number> => (await framesHeard(station)).frames;
  for (let i = -1; i < rounds; i++) {
    const first = await turn(bridge, bridgePort, load, bridgeHeard);
    const second = await turn(bare, barePort, load, () => bareHeard(bare));
    if (i < 0) continue;
    ours.push(first);
    peer.push(second);
  }
  const medianUs = (turns: readonly Turn[]): number => median(turns.map(({ us }) => us));
  return { ours: medianUs(ours), peer: medianUs(peer), lost: ours.reduce((sum, { lost }) => sum + lost, 0) };
}

/** Frames that the bridge has heard, by its own count, once no more come. */
async function framesHeard(station: StationStandIn): Promise<{ frames: number; lost: number }> {
  for (let last = -1; ; ) {
    await sleep(1_200);
    const [link] = station.health?.links ?? [];
    const frames = link?.frames ?? 0;
    if (frames === last) return { frames, lost: link?.lost ?? 0 };
    last = frames;
  }
}

type Try = { readonly perS: number; readonly lost: number; readonly sentPerS: number };

/** As many a second as the sender manages, two seconds long; counted is only what came without one missing. */
async function flatOut({ bridgePort, load, station }: Ends): Promise<Try> {
  const before = await framesHeard(station);
  const told = await loaded(load, { port: bridgePort, perSecond: flatOutPerS, seconds: flatOutSeconds });
  const after = await framesHeard(station);
  const lost = Math.max(0, told.sent - (after.frames - before.frames));
  const sentPerS = (told.sent / told.tookMs) * 1000;
  return { perS: lost === 0 ? sentPerS : 0, lost, sentPerS };
}

/** What the machine lets a listener that does nothing keep of the same load: without it a loss tells little. */
async function bareLost({ bare, barePort, load }: Ends): Promise<string> {
  const before = await bareHeard(bare);
  const told = await loaded(load, { port: barePort, perSecond: flatOutPerS, seconds: flatOutSeconds });
  await sleep(200);
  const lost = Math.max(0, told.sent - ((await bareHeard(bare)) - before));
  return `${lost} of ${told.sent} at ${Math.round((told.sent / told.tookMs) * 1000)} a second`;
}

async function bestOf(ends: Ends): Promise<Try> {
  let best: Try = { perS: 0, lost: Number.POSITIVE_INFINITY, sentPerS: 0 };
  for (let i = 0; i < tries; i++) {
    const one = await flatOut(ends);
    if (one.perS > best.perS || (one.perS === best.perS && one.lost < best.lost)) best = one;
  }
  return best;
}

/** The system grants what its limit allows, and says so by the buffer's size alone. */
async function grantedBytes(): Promise<number> {
  const socket = createSocket("udp4");
  await new Promise<void>((resolve) => socket.bind(0, "127.0.0.1", resolve));
  socket.setRecvBufferSize(askedBufferBytes);
  const granted = socket.getRecvBufferSize();
  socket.close();
  return granted;
}

async function measure(): Promise<BenchResult> {
  const ports = { bridge: 0, station: 0 };
  const { rig } = await benchSite((yaml) => {
    ports.bridge = Number(/kind: udp-server, port: (\d+)/.exec(yaml)?.[1]);
    ports.station = Number(/http: (\d+)/.exec(yaml)?.[1]);
    return yaml;
  });
  const station = new StationStandIn(ports.station);
  const bridge = new PartProcess(bridgeMain, [rig.configFile]);
  const barePort = ports.bridge + 1;
  const bare = new PartProcess(besideThis("bridge-bare.js"), [String(barePort)]);
  const load = new PartProcess(besideThis("bridge-load.js"), []);
  try {
    await Promise.all([bridge.says(/ready/), bare.says(/ready/), load.says(/ready/)]);
    const ends: Ends = { bridge, bridgePort: ports.bridge, bare, barePort, load, station };
    const loadBefore = loadavg()[0] ?? 0;
    const { ours, peer, lost } = await paced(ends);
    const best = await bestOf(ends);
    const bareTold = await bareLost(ends);
    return {
      bench: "bridge",
      metrics: {
        cpu_ratio: round(ours / peer),
        pps_no_loss: Math.round(best.perS),
        bridge_us: round(ours),
        bare_us: round(peer),
        paced_lost: lost,
      },
      notes: [
        `the bridge as it ships beside a bare dgram listener of Node ${process.versions.node}, each a process of its own`,
        `${pacePerS} datagrams a second of ${datagramBytes} bytes, unsigned, from 20 aircraft, ${paceSeconds} s, median of ${rounds} in turns; CPU of all threads, timers and the wire to the station included`,
        `pps_no_loss: best of ${tries} of ${flatOutSeconds} s, sender in another process asked for ${flatOutPerS} a second, never more than 10 ms of it at once; the best lost ${best.lost} of what came at ${Math.round(best.sentPerS)} a second`,
        `both are warm, and the 20 aircraft known and done with being asked, after one round that does not count; a bare listener under the load of pps_no_loss lost ${bareTold}`,
        `receive buffer: ${askedBufferBytes} bytes asked, ${await grantedBytes()} granted`,
        `load of the machine when it began: ${round(loadBefore)}`,
      ],
    };
  } finally {
    await Promise.all([bridge.stop(), bare.stop(), load.stop(), rig.stop()]);
    station.close();
    rmSync(rig.folder, { recursive: true, force: true });
  }
}

export const bridge: Bench = { name: "bridge", run: measure };
