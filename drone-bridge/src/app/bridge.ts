import type { Chance, Clocks, Datagrams, Dialer, Disk, Log, MessageServer, RunTiming, StationToBridge } from "@outrider/contract";
import type { Aircraft } from "../aircraft/index.js";
import { Deadman, deadmanTiming } from "../deadman/index.js";
import { DockDesk } from "../dock/index.js";
import { unsigned } from "../frame/index.js";
import { type FactSink, Journal } from "../journal/index.js";
import { makeLink, type Streams } from "../link/index.js";
import { OrderDesk } from "../order/index.js";
import { Radio } from "../route/index.js";
import { Uplink, uplinkTiming } from "../uplink/index.js";
import type { BridgeConfig } from "./bridge-config.js";
import { Fleet } from "./fleet.js";
import { Loops } from "./loops.js";

export type BridgeDeps = {
  readonly config: BridgeConfig;
  readonly clocks: Clocks;
  readonly chance: Chance;
  readonly disk: Disk;
  readonly datagrams: Datagrams;
  readonly dialer: Dialer;
  readonly messageServer: MessageServer;
  /** TCP and serial; needed only where a link of the configuration is one. */
  readonly streams?: Streams;
  readonly log: Log;
  /** Shown to the station. */
  readonly token: string;
  /** Docks show one of these; the bridge's own token where left out. */
  readonly dockTokens?: readonly string[];
  /** e.g. `ws://127.0.0.1:8080/bridge`. */
  readonly stationUrl: string;
  /** The station publishes the pace of a simulated run: the owner of `clocks.run` follows it. */
  readonly onTiming?: (timing: RunTiming) => void;
};

export type BridgeStats = {
  readonly aircraft: number;
  readonly journalSeq: number;
  readonly heartbeatsOut: boolean;
  readonly station: { connected: boolean; badMessages: number; skippedSamples: number };
  readonly links: readonly { name: string; state: string; frames: number; crcErrors: number; lost: number }[];
};

export type Bridge = {
  /** Opens the journal first: nothing is heard or sent before it is known what was open. */
  start(ready: (error?: Error) => void): void;
  close(): void;
  stats(): BridgeStats;
};

/** One bridge. Holds no state outside itself, so that it can be killed and built again beside others. */
export function createBridge(deps: BridgeDeps): Bridge {
  const { config, clocks, log } = deps;
  const run = clocks.run;
  const bootId = deps.chance.id("boot");
  const journal = new Journal({ disk: deps.disk, name: config.journal, run, wall: clocks.wall, log });
  const sink: FactSink = (type, data) => journal.fact(type, data);
  const deadman = new Deadman(run.nowMs());
  let heartbeatsOut = false;
  let listed: ReadonlySet<string> | undefined;
  let runId: string | undefined;

  const docks = new DockDesk({
    server: deps.messageServer,
    clock: run,
    log,
    sink,
    docks: config.docks,
    provenance: config.provenance,
    tokens: deps.dockTokens ?? [deps.token],
    onChange: () => tellDocks(),
  });
  const fleet: Fleet = new Fleet({
    config,
    clock: run,
    chance: deps.chance,
    log,
    sink,
    radio: () => radio,
    onText: (aircraft, said) => orders.onText(aircraft, said),
    onSticksGivenUp: (aircraft) => holdAfterSticks(aircraft),
    onIdentified: () => uplink.tell({ kind: "handles", handles: fleet.handles() }),
  });
  const radio = new Radio({
    links: config.links.map((link) => makeLink(link, config.host, { clock: clocks.wall, chance: deps.chance, datagrams: deps.datagrams, streams: deps.streams })),
    clock: run,
    seal: unsigned,
    events: {
      onHeard: (heard) => {
        fleet.hear(heard);
        orders.update(heard.tMs);
      },
      onPathGone: (path) => fleet.pathGone(path),
      onLinkState: (link, state, reason) => log(state === "closed" ? "warn" : "info", "link", { link, state, reason }),
    },
  });
  const orders: OrderDesk = new OrderDesk({
    clock: run,
    log,
    journal,
    sink,
    docks,
    aircraftOf: (uid) => fleet.aircraftOf(uid),
    configured: (uid) => config.aircraft.some((aircraft) => aircraft.uid === uid),
    enrolled: (uid) => listed === undefined || listed.has(uid),
    duplicate: (uid) => fleet.isDuplicate(uid),
    foreignStation: (uid) => !config.allowForeignStation && fleet.foreignStation(uid),
    minAglM: config.minAglM,
    again: (fact) => uplink.again(fact),
  });
  const uplink: Uplink = new Uplink({
    url: deps.stationUrl,
    token: deps.token,
    bridgeId: config.bridgeId,
    bootId,
    provenance: config.provenance,
    clocks,
    chance: deps.chance,
    dialer: deps.dialer,
    journal,
    log,
    onMessage: (message) => hearStation(message),
    onWelcome: () => {
      uplink.tell({ kind: "handles", handles: fleet.handles() });
      tellDocks();
      tellHealth();
    },
  });
  const loops = new Loops(log);

  function hearStation(message: StationToBridge): void {
    switch (message.kind) {
      case "welcome":
        if (message.timing !== undefined) follow(message.timing);
        break;
      case "timing":
        follow(message.timing);
        break;
      case "order":
        orders.receive(message.order);
        break;
      case "enrolled":
        listed = new Set(message.aircraft.map((aircraft) => aircraft.uid));
        break;
      case "feed":
        break;
      case "sticks":
        fleet.aircraftOf(message.uid)?.sticks.move(message);
        break;
      case "ack":
        break;
    }
    deadman.stationHeard(run.nowMs());
    if (message.kind === "feed") uplink.tell({ kind: "pong", n: message.n });
  }

  /** Another run is another world: its aircraft are not those of the last one, and neither are its times. */
  function follow(timing: RunTiming): void {
    const beforeMs = run.nowMs();
    if (config.provenance === "live") return;
    deps.onTiming?.(timing);
    const another = runId !== timing.runId;
    runId = timing.runId;
    if (!another) return;
    log("info", "another run", { runId: timing.runId });
    const byMs = run.nowMs() - beforeMs;
    for (const part of [deadman, docks, uplink]) part.shift(byMs);
    fleet.reset();
  }

  function holdAfterSticks(aircraft: Aircraft): void {
    log("warn", "sticks silent: holding", { uid: aircraft.uid });
    aircraft.watch.expect(["hold"], run.nowMs());
    aircraft.commands.runNow(aircraft.door.hold(), (outcome) => {
      if (outcome.kind !== "accepted") aircraft.commands.runNow(aircraft.door.holdByMode(), () => {});
    });
  }

  function tellDocks(): void {
    uplink.tell({ kind: "docks", docks: docks.states(run.nowMs()) });
  }

  function tellHealth(): void {
    uplink.tell({ kind: "health", links: radio.health(), heartbeatsOut });
  }

  /** The loop that commands. What it feeds is the only thing that keeps our heartbeat going. */
  function commandLoop(): void {
    const tMs = run.nowMs();
    fleet.update(tMs);
    orders.update(tMs);
    docks.update(tMs);
    uplink.update(tMs);
    uplink.pump();
    deadman.feed(tMs);
  }

  function beatLoop(): void {
    const tMs = run.nowMs();
    const before = heartbeatsOut;
    heartbeatsOut = fleet.beat(deadman, tMs);
    if (before !== heartbeatsOut) log("warn", heartbeatsOut ? "heartbeats out" : "heartbeats stopped", {});
  }

  function sampleLoop(): void {
    const bytes = fleet.samples(run.nowMs());
    if (bytes !== undefined) uplink.samples(bytes);
  }

  return {
    start(ready) {
      journal.open((error) => {
        if (error !== undefined) return ready(error);
        sink("BridgeStarted", { bootId });
        orders.closeOpen();
        radio.open();
        docks.listen(config.dockPort, config.host, (failed) => {
          if (failed !== undefined) return ready(failed);
          loops.every(run, 100, commandLoop);
          loops.every(run, deadmanTiming.heartbeatMs, beatLoop);
          loops.every(clocks.wall, uplinkTiming.sampleMs, sampleLoop);
          loops.every(run, uplinkTiming.stateMs, () => {
            tellDocks();
            tellHealth();
          });
          uplink.dial();
          ready();
        });
      });
    },
    close() {
      loops.close();
      uplink.close();
      orders.close();
      fleet.close();
      docks.close();
      radio.close();
      journal.close();
    },
    stats: () => ({
      aircraft: fleet.all.length,
      journalSeq: journal.lastSeq,
      heartbeatsOut,
      station: uplink.stats,
      links: radio.health(),
    }),
  };
}
