import { quadType } from "@outrider/contract/testing";
import { type AnyMessageInit, encodeFrame, type FrameHeader } from "@outrider/mavlink";
import { type Bridge, type BridgeConfig, type BridgeDeps, createBridge } from "../app/index.js";
import { FakeClock } from "./fake-clock.js";
import { FakeDisk, FakeDocks, FakeRadio, FakeStation, fakeChance, feedForEver } from "./fake-world.js";

export const uidA = "4f5354524149434500000001";
export const uidB = "4f5354524149434500000002";

export const testConfig: BridgeConfig = {
  bridgeId: "bridge-1",
  provenance: "sim",
  journal: "journal.ndjson",
  tracks: "tracks",
  links: [{ kind: "udp-server", port: 14550 }],
  minAglM: 20,
  allowForeignStation: false,
  host: "127.0.0.1",
  dockPort: 8090,
  aircraft: [
    { uid: uidA, callSign: "OSPREY", dockId: "dock-a", type: "q38", videoPort: 5600 },
    { uid: uidB, callSign: "KESTREL", dockId: "dock-b", type: "q38", videoPort: 5602 },
  ],
  aircraftTypes: { q38: quadType },
  docks: [
    { dockId: "dock-a", name: "Dock A", point: { latDeg: 39.74, lonDeg: -104.99 }, type: "dock" },
    { dockId: "dock-b", name: "Dock B", point: { latDeg: 39.75, lonDeg: -104.99 }, type: "dock" },
  ],
  failsafeParameters: ["NAV_DLL_ACT", "COM_DL_LOSS_T"],
};

/** A bridge on a still clock, with its disk, its radio, its docks and its station in the test's hand. */
export type Bench = {
  readonly clock: FakeClock;
  readonly disk: FakeDisk;
  readonly radio: FakeRadio;
  readonly station: FakeStation;
  readonly docks: FakeDocks;
  readonly problems: string[];
  bridge: Bridge;
  stopFeed: () => void;
  /** Kills the bridge and starts another one on the same disk. */
  restart(): void;
  hear(message: AnyMessageInit, header: FrameHeader, port: number, toPort?: number): void;
};

export type BenchOptions = {
  readonly config?: Partial<BridgeConfig>;
  readonly startMs?: number;
  readonly haveSeq?: number;
  readonly signingKey?: Uint8Array;
  /** What lies on the disk to be read whole. */
  readonly files?: Readonly<Record<string, Uint8Array>>;
  /** With what the station's orders are verified, and what it says of its key. */
  readonly orderKeys?: BridgeDeps["orderKeys"];
  readonly signs?: { readonly stationId: string; readonly keyId: string };
  readonly limits?: BridgeDeps["limits"];
  /** What lies behind its serial and TCP links. */
  readonly streams?: BridgeDeps["streams"];
  /** What aircraft do to a frame before it leaves; `port` tells them apart. */
  readonly seal?: (frame: Uint8Array, port: number, clock: FakeClock) => Uint8Array;
};

export function bench(options: BenchOptions = {}): Bench {
  const clock = new FakeClock(options.startMs);
  const disk = new FakeDisk();
  const { read } = disk;
  disk.read = (name, done) => {
    const file = options.files?.[name];
    if (file === undefined) read(name, done);
    else done(file);
  };
  const radio = new FakeRadio();
  const station = new FakeStation();
  const docks = new FakeDocks();
  const problems: string[] = [];
  const chance = fakeChance();
  const make = (): Bridge => {
    const bridge = createBridge({
      config: { ...testConfig, ...options.config },
      clocks: { run: clock, wall: clock },
      chance,
      disk,
      datagrams: radio,
      dialer: station,
      messageServer: docks,
      log: (level, what, fields) => {
        if (level === "error") problems.push(`${what} ${JSON.stringify(fields)}`);
      },
      token: "bridge-token",
      ...(options.signingKey === undefined ? {} : { signingKey: options.signingKey }),
      ...(options.orderKeys === undefined ? {} : { orderKeys: options.orderKeys }),
      ...(options.limits === undefined ? {} : { limits: options.limits }),
      ...(options.streams === undefined ? {} : { streams: options.streams }),
      stationUrl: "ws://station/bridge",
    });
    bridge.start((error) => {
      if (error !== undefined) problems.push(error.message);
    });
    const signs = options.signs === undefined ? {} : { signs: options.signs };
    station.say({ kind: "welcome", version: 1, haveSeq: options.haveSeq ?? 0, ...signs });
    return bridge;
  };
  const self: Bench = {
    clock,
    disk,
    radio,
    station,
    docks,
    problems,
    bridge: make(),
    stopFeed: feedForEver(clock, station),
    restart() {
      self.bridge.close();
      self.bridge = make();
    },
    hear(message, header, port, toPort) {
      const frame = encodeFrame(message, header);
      radio.push(options.seal?.(frame, port, clock) ?? frame, { host: "127.0.0.1", port }, toPort);
    },
  };
  return self;
}
