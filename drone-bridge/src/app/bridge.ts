import type {
  Chance,
  Clocks,
  Datagrams,
  Dialer,
  Disk,
  Log,
  MessageServer,
  RunTiming,
  StationSaid,
} from "@outrider/contract";
import { Deadman, deadmanTiming } from "../deadman/index.js";
import { DockDesk } from "../dock/index.js";
import { type Seal, Signing, sealedShut, signingStore, unsigned } from "../frame/index.js";
import type { AircraftFiles } from "../ftp/index.js";
import { type FactSink, Journal } from "../journal/index.js";
import { builtInLimits, type OwnLimits } from "../limits/index.js";
import { makeLink, type Streams } from "../link/index.js";
import { OrderDesk, OrderGuard, type OrderKeys, ordersHealth, SaidDesk } from "../order/index.js";
import { ForwardFilter, type ForwardPort, Radio } from "../route/index.js";
import { inAir } from "../telemetry/index.js";
import { TrackDesk } from "../track/index.js";
import { type Standing, Uplink, uplinkTiming } from "../uplink/index.js";
import {
  type BridgeConfig,
  keepsItsTime,
  keptParameters,
  replayMark,
  replayWrong,
  trackLimits,
  wireClocks,
} from "./bridge-config.js";
import type { BridgeStats } from "./bridge-stats.js";
import { Fleet } from "./fleet.js";
import { Loops } from "./loops.js";
import { Sharing } from "./sharing.js";

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
  /** 32 bytes, where the configuration wants signing. */
  readonly signingKey?: Uint8Array;
  /** With what the station's orders are told from others'; without it whoever holds the token orders. */
  readonly orderKeys?: OrderKeys;
  /** From a file that the station cannot write; built-in bounds where left out. */
  readonly limits?: OwnLimits;
  /** e.g. `ws://127.0.0.1:8080/bridge`. */
  readonly stationUrl: string;
  /** The station publishes the pace of a simulated run: the owner of `clocks.run` follows it. */
  readonly onTiming?: (timing: RunTiming) => void;
};

export type Bridge = {
  /** Opens the journal first: nothing is heard or sent before it is known what was open. */
  start(ready: (error?: Error) => void): void;
  close(): void;
  stats(): BridgeStats;
  /** The memory card of an aircraft that is known, read and never written; undefined for one that is not. */
  files(uid: string): AircraftFiles | undefined;
};

/** One bridge. Holds no state outside itself, so that it can be killed and built again beside others. */
export function createBridge(deps: BridgeDeps): Bridge {
  return new WholeBridge(deps);
}

const commandLoopMs = 100;

class WholeBridge implements Bridge {
  readonly #deps: BridgeDeps;
  readonly #bootId: string;
  readonly #journal: Journal;
  readonly #sink: FactSink;
  readonly #deadman: Deadman;
  readonly #docks: DockDesk;
  readonly #fleet: Fleet;
  readonly #signing: Signing | undefined;
  readonly #radio: Radio;
  readonly #tracks: TrackDesk;
  readonly #guard: OrderGuard;
  readonly #said: SaidDesk;
  readonly #limits: OwnLimits;
  readonly #orders: OrderDesk;
  readonly #uplink: Uplink;
  readonly #loops: Loops;
  #heartbeatsOut = false;
  #listed: ReadonlySet<string> | undefined;
  #runId: string | undefined;

  constructor(deps: BridgeDeps) {
    const { config, clocks, log, disk } = deps;
    this.#deps = deps;
    this.#bootId = deps.chance.id("boot");
    this.#journal = new Journal({ disk, name: config.journal, run: clocks.run, wall: clocks.wall, log });
    this.#sink = (type, data) => this.#journal.fact(type, data);
    this.#deadman = new Deadman(clocks.run.nowMs());
    this.#loops = new Loops(log);
    this.#tracks = new TrackDesk({ disk, log, sink: this.#sink, ...trackLimits(config) });
    this.#docks = this.#makeDocks();
    this.#fleet = this.#makeFleet();
    this.#signing = this.#makeSigning();
    this.#radio = this.#makeRadio();
    this.#guard = new OrderGuard({
      keys: deps.orderKeys ?? { kind: "unsigned" },
      bridgeId: config.bridgeId,
      clock: clocks.wall,
    });
    this.#said = new SaidDesk({ guard: this.#guard, clock: clocks.wall, sink: this.#sink, log });
    this.#limits = deps.limits ?? builtInLimits(config);
    this.#orders = this.#makeOrders();
    this.#uplink = this.#makeUplink();
  }

  start(ready: (error?: Error) => void): void {
    const wrong = replayWrong(this.#deps.config);
    if (wrong !== undefined) return ready(wrong);
    this.#journal.open((error) => {
      if (error !== undefined) return ready(error);
      this.#sink("BridgeStarted", { bootId: this.#bootId, ...replayMark(this.#deps.config) });
      this.#orders.closeOpen();
      this.#orders.remember(this.#journal.factsAfter(0));
      this.#tracks.start(this.#journal.recordings());
      this.#openSigning((unsealed) => (unsealed === undefined ? this.#listen(ready) : ready(unsealed)));
    });
  }

  #listen(ready: (error?: Error) => void): void {
    this.#radio.open();
    const { dockPort, host } = this.#deps.config;
    this.#docks.listen(dockPort, host, (failed) => {
      if (failed !== undefined) return ready(failed);
      this.#startLoops();
      this.#uplink.dial();
      ready();
    });
  }

  close(): void {
    this.#loops.close();
    this.#uplink.close();
    this.#orders.close();
    this.#fleet.close();
    this.#docks.close();
    this.#radio.close();
    this.#tracks.close();
    this.#journal.close();
  }

  stats(): BridgeStats {
    return {
      aircraft: this.#fleet.all.length,
      journalSeq: this.#journal.lastSeq,
      heartbeatsOut: this.#heartbeatsOut,
      station: this.#uplink.stats,
      links: this.#radio.health(),
    };
  }

  files(uid: string): AircraftFiles | undefined {
    return this.#fleet.aircraftOf(uid)?.services.files;
  }

  #makeDocks(): DockDesk {
    const { config, clocks, log, messageServer, dockTokens, token } = this.#deps;
    return new DockDesk({
      server: messageServer,
      clock: clocks.run,
      log,
      sink: this.#sink,
      docks: config.docks,
      provenance: config.provenance,
      tokens: dockTokens ?? [token],
      onChange: () => this.#tellDocks(),
    });
  }

  #makeFleet(): Fleet {
    const { config, clocks, log, disk } = this.#deps;
    return new Fleet({
      config,
      clock: clocks.run,
      log,
      sink: this.#sink,
      radio: () => this.#radio,
      lastKnown: (uid) => this.#journal.lastKnown(uid),
      kept: keptParameters(config, disk, log),
      onText: (aircraft, said) => this.#orders.onText(aircraft, said),
      onSticksGivenUp: ({ uid }) => log("warn", "hand flying ended by itself: holding", { uid }),
    });
  }

  #makeRadio(): Radio {
    const { config, clocks, chance, datagrams, streams, disk, log } = this.#deps;
    const wires = { clock: clocks.wall, run: clocks.run, disk, chance, datagrams, streams };
    return new Radio({
      links: config.links.map((link, index) => makeLink(link, index, config.host, wires)),
      forwards: (config.forward ?? []).map(
        (forward, index): ForwardPort => ({
          link: makeLink(forward, index, config.host, wires, "station"),
          filter: new ForwardFilter(forward),
          share: forward.aircraft,
        }),
      ),
      hooks: new Sharing({ fleet: () => this.#fleet, clock: clocks.run, sink: this.#sink, log }),
      clock: clocks.run,
      seal: this.#seal(),
      events: {
        onHeard: (heard) => {
          this.#fleet.hear(heard);
          this.#orders.update(heard.tMs);
        },
        onUnproven: (path, sysid, heartbeat) => this.#fleet.hearUnproven(path, sysid, heartbeat),
        onPathGone: (path) => this.#fleet.pathGone(path),
        onLinkState: (link, state, reason) =>
          log(state === "closed" ? "warn" : "info", "link", { link, state, reason }),
        onRaw: (path, bytes, tMs) => this.#tracks.take(path.key, bytes, tMs),
      },
    });
  }

  #makeSigning(): Signing | undefined {
    const { config, clocks, disk, log, signingKey } = this.#deps;
    if (config.signing === undefined || signingKey === undefined) return undefined;
    return new Signing({
      key: signingKey,
      policy: config.signing,
      store: signingStore(disk, config.signingState ?? "signing.json"),
      wall: clocks.wall,
      log,
    });
  }

  /** Where a key is wanted and not there, nothing is heard and nothing leaves. */
  #seal(): Seal {
    if (this.#signing !== undefined) return this.#signing.seal;
    return this.#deps.config.signing === undefined ? unsigned : sealedShut;
  }

  #openSigning(done: (error?: Error) => void): void {
    if (this.#signing !== undefined) return this.#signing.open(done);
    if (this.#deps.config.signing === undefined) return done();
    done(new Error("bridge.signing is configured and the bridge was given no key: nothing would be signed"));
  }

  #makeOrders(): OrderDesk {
    const { config, clocks } = this.#deps;
    return new OrderDesk({
      clock: clocks.run,
      journal: this.#journal,
      sink: this.#sink,
      docks: this.#docks,
      aircraftOf: (uid) => this.#fleet.aircraftOf(uid),
      configured: (uid) => config.aircraft.some((aircraft) => aircraft.uid === uid),
      enrolled: (uid) => this.#listed === undefined || this.#listed.has(uid),
      duplicate: (uid) => this.#fleet.isDuplicate(uid),
      foreignStation: (uid) => !config.allowForeignStation && this.#fleet.foreignStation(uid),
      guard: this.#guard,
      limits: this.#limits,
      active: () => this.#fleet.all.filter(({ state }) => state.armed || inAir(state)).length,
      log: this.#deps.log,
      again: (fact) => this.#uplink.again(fact),
    });
  }

  #makeUplink(): Uplink {
    const { config, clocks, chance, dialer, log, stationUrl, token } = this.#deps;
    return new Uplink({
      url: stationUrl,
      token,
      bridgeId: config.bridgeId,
      bootId: this.#bootId,
      provenance: config.provenance,
      clocks: wireClocks(config, clocks),
      chance,
      dialer,
      journal: this.#journal,
      log,
      challenge: () => {
        const challenge = chance.id("c");
        this.#guard.opened(challenge);
        return { challenge, tMs: clocks.wall.nowMs() };
      },
      judge: (said) => this.#said.judge(said),
      onSaid: (said, standing) => this.#hearStation(said, standing),
      onOrder: (order, proof) => this.#orders.receive(order, proof),
      onWelcome: () => {
        this.#uplink.tell({ kind: "handles", handles: this.#fleet.handles() });
        this.#tellDocks();
        this.#tellHealth();
      },
    });
  }

  #startLoops(): void {
    const { run, wall } = this.#deps.clocks;
    this.#loops.every(run, commandLoopMs, () => this.#command());
    this.#loops.every(run, deadmanTiming.heartbeatMs, () => this.#beat());
    // By wall time: a run ten times as fast needs no ten times as many pictures of it.
    this.#loops.every(wall, uplinkTiming.sampleMs, () => {
      const bytes = this.#fleet.samples(run.nowMs());
      // A sample names its aircraft by the handle alone.
      const handles = this.#fleet.newHandles();
      if (handles !== undefined) this.#uplink.tell({ kind: "handles", handles });
      if (bytes !== undefined) this.#uplink.samples(bytes);
    });
    this.#loops.every(run, uplinkTiming.stateMs, () => {
      this.#tellDocks();
      this.#tellHealth();
      this.#tracks.write();
      const seen = this.#fleet.traffic(run.nowMs());
      if (seen.length > 0) this.#uplink.tell({ kind: "traffic", seen });
    });
  }

  /** The loop that commands. What it feeds is the only thing that keeps our heartbeat going. */
  #command(): void {
    const tMs = this.#deps.clocks.run.nowMs();
    this.#fleet.update(tMs);
    this.#orders.update(tMs);
    this.#docks.update(tMs);
    this.#uplink.update();
    this.#uplink.pump();
    for (const aircraft of this.#fleet.all)
      this.#tracks.follow(aircraft.uid, aircraft.paths, aircraft.state.armed, tMs, aircraft.launchId);
    this.#deadman.feed(tMs);
  }

  #beat(): void {
    const before = this.#heartbeatsOut;
    this.#heartbeatsOut = this.#fleet.beat(this.#deadman, this.#deps.clocks.run.nowMs());
    if (before !== this.#heartbeatsOut) this.#deps.log("warn", before ? "heartbeats stopped" : "heartbeats out");
  }

  /** Two answers go to strangers too: which key the peer says it has, and our clock, without which nobody can sign. */
  #hearStation(said: StationSaid, standing: Standing): void {
    if (said.kind === "welcome") this.#guard.welcomed(said.signs);
    if (said.kind === "feed") this.#uplink.tell({ kind: "pong", n: said.n, tMs: this.#deps.clocks.wall.nowMs() });
    if (standing === "foreign") return;
    if (said.kind === "enrolled") this.#listed = new Set(said.aircraft.map((aircraft) => aircraft.uid));
    if (said.kind === "sticks") this.#moveSticks(said);
    if (said.kind === "pilot") this.#fleet.aircraftOf(said.uid)?.sticks.pilotIs(said.personId);
    if ((said.kind === "welcome" || said.kind === "timing") && said.timing !== undefined) this.#follow(said.timing);
    this.#deadman.stationHeard(this.#deps.clocks.run.nowMs());
  }

  #moveSticks(said: Extract<StationSaid, { kind: "sticks" }>): void {
    const became = this.#fleet.aircraftOf(said.uid)?.sticks.move(said, said) ?? "notHeld";
    if (became !== "moved") this.#said.stickRefused(became);
  }

  /** Another run is another world: its aircraft are not those of the last one, and neither are its times. */
  #follow(timing: RunTiming): void {
    if (keepsItsTime(this.#deps.config)) return;
    const { run } = this.#deps.clocks;
    const beforeMs = run.nowMs();
    this.#deps.onTiming?.(timing);
    const another = this.#runId !== timing.runId;
    this.#runId = timing.runId;
    if (!another) return;
    const byMs = run.nowMs() - beforeMs;
    for (const part of [this.#deadman, this.#docks, this.#uplink]) part.shift(byMs);
    this.#orders.close();
    this.#fleet.reset();
    this.#tracks.close();
  }

  #tellDocks(): void {
    this.#uplink.tell({ kind: "docks", docks: this.#docks.states(this.#deps.clocks.run.nowMs()) });
  }

  #tellHealth(): void {
    const counts = { notVerified: this.#orders.notVerified, refused: this.#said.refused };
    const orders = ordersHealth(this.#guard, this.#limits, counts);
    const signing = this.#signing === undefined ? {} : { signing: this.#signing.health() };
    const links = this.#radio.health();
    this.#uplink.tell({ kind: "health", links, heartbeatsOut: this.#heartbeatsOut, orders, ...signing });
  }
}
