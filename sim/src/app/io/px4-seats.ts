import { join } from "node:path";
import type { Log, Px4SimConfig } from "@outrider/contract";
import {
  type HilListener,
  listenForPx4,
  type Px4Process,
  px4Program,
  px4StartParameters,
  startPx4,
} from "../../hil/index.js";
import type { Px4Seat, Px4Seats, Px4SeatWish } from "../px4-host.js";
import { fail } from "./read-setup.js";

const defaults = { host: "127.0.0.1", port: 4560 } as const;

/** Seats for real PX4s by the configuration: listens for each, and starts it where the program is named. */
export function px4SeatsOf(px4: Px4SimConfig, callSigns: readonly string[], bridgePort: number, log: Log): Px4Seats {
  const { host, port } = px4.listen ?? defaults;
  const unknown = (px4.aircraft ?? []).filter((name) => !callSigns.includes(name));
  if (unknown.length > 0) fail(`PX4 is to fly ${unknown.join(", ")}, which the configuration does not have`);
  // A PX4 that is started by itself connects to 4560 + instance, whatever we would like.
  if (px4.bin !== undefined && port !== defaults.port)
    fail(`a started px4 connects to ${defaults.port}, not to ${port}`);
  if (px4.radio === bridgePort)
    fail(`sim.px4.radio ${px4.radio} is the bridge's own port: give the bridge another one (listen.mavlinkUdp, links)`);
  const program = px4.bin === undefined ? undefined : px4Program(px4.bin, px4.etc);
  if (typeof program === "string") fail(program);
  const folder = px4.folder ?? "data/px4";
  const start = (wish: Px4SeatWish): Px4Process | undefined =>
    program === undefined
      ? undefined
      : startPx4({
          ...program,
          instance: wish.instance,
          folder: join(folder, String(wish.instance)),
          parameters: { ...Object.fromEntries(wish.parameters), ...px4StartParameters() },
          onExit: (why) => log("error", "PX4 is gone: start the simulator again", { callSign: wish.callSign, why }),
        });
  return {
    host,
    radio: px4.radio,
    flies: (callSign) => px4.aircraft?.includes(callSign) ?? true,
    take: (wish) => seat({ wish, host, port: port + wish.instance, start, log }),
  };
}

type SeatWish = {
  readonly wish: Px4SeatWish;
  readonly host: string;
  readonly port: number;
  readonly start: (wish: Px4SeatWish) => Px4Process | undefined;
  readonly log: Log;
};

function seat({ wish, host, port, start, log }: SeatWish): Px4Seat {
  let listener: HilListener | undefined;
  let process: Px4Process | undefined;
  let closed = false;
  const { callSign, instance } = wish;
  listenForPx4({
    ...wish,
    host,
    port,
    onReady: (ready) => {
      if (closed) return ready.close();
      listener = ready;
      process = start(wish);
      const fields = { callSign, instance, port: ready.port, px4Log: process?.logFile };
      log("info", process === undefined ? "waiting for a PX4" : "PX4 started", fields);
    },
    onError: (error) => log("error", "PX4's simulator link", { callSign, port, error: error.message }),
    onConnection: (connected) =>
      log(connected ? "info" : "warn", connected ? "PX4 connected" : "PX4 left", { callSign, instance }),
  });
  return {
    link: () => listener?.link(),
    peerHost: () => listener?.peerHost(),
    restart: () => {
      const old = process;
      if (old === undefined) return false;
      process = undefined;
      old.stop(() => {
        if (!closed) process = start(wish);
      });
      return true;
    },
    lag: () => listener?.lag() ?? { behindMs: 0, givenUpMs: 0 },
    close: () => {
      closed = true;
      process?.stop();
      listener?.close();
    },
  };
}
