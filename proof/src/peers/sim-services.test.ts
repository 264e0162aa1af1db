import { doorOf, EventDesk, FtpDesk, type FtpFile, type FtpFolder } from "@outrider/drone-bridge";
import { type AnyMessageInit, decode, encodeFrame, FrameReader } from "@outrider/mavlink";
import { createAutopilot, createLossyConduit, type Fault, FaultSet, flatWorld } from "@outrider/sim";
import { describe, expect, it } from "vitest";
import { EventQueue } from "../storm/event-queue.js";
import { SeededChance } from "../storm/seeded-chance.js";

const home = { latDeg: 39.74, lonDeg: -104.99 };
const bad: readonly Fault[] = [
  { kind: "packet-loss", probability: 0.1 },
  { kind: "duplicate", probability: 0.1 },
  { kind: "delay", delayMs: 30, jitterMs: 60 },
  { kind: "byte-noise", probability: 0.05 },
];
const links: readonly (readonly [string, readonly Fault[]])[] = [
  ["a clean link", []],
  ["10 % lost each way, doubled, reordered, bits turned", bad],
];

/** The bridge's desks of files and events, and the simulated autopilot, with both ways of a radio between them. */
function world(faults: readonly Fault[], seed: number) {
  const queue = new EventQueue(0);
  const chance = new SeededChance(seed);
  const faulty = new FaultSet();
  const reader = new FrameReader();
  const texts: string[] = [];
  const said: string[] = [];
  const late: string[] = [];
  let seq = 0;
  const send = (message: AnyMessageInit): boolean => {
    seq = (seq + 1) & 0xff;
    up.send(encodeFrame(message, { sysid: 255, compid: 190, seq }), queue.nowMs);
    return true;
  };
  const clock = { nowMs: () => queue.nowMs, after: (ms: number, run: () => void) => queue.at(queue.nowMs + ms, run) };
  const files = new FtpDesk({ clock, sysid: () => 1, send });
  const events = new EventDesk({ door: doorOf(12), sysid: () => 1, send });
  const hear = (bytes: Uint8Array): void =>
    reader.pushDatagram(bytes, (frame) => {
      const message = decode(frame);
      if (message?.name === "FILE_TRANSFER_PROTOCOL") files.onMessage(message);
      else if (message?.name === "STATUSTEXT") texts.push(message.text);
      else if (
        message?.name === "EVENT" ||
        message?.name === "CURRENT_EVENT_SEQUENCE" ||
        message?.name === "RESPONSE_EVENT_ERROR"
      ) {
        const heard = events.hear(message, queue.nowMs);
        if (heard !== undefined) (heard.late ? late : said).push(heard.text);
      }
    });
  const down = createLossyConduit({ chance, faults: faulty, target: "link", deliver: hear });
  const vehicle = createAutopilot({
    sysid: 1,
    uid2: "a1b2c3d4e5f60718",
    home,
    world: flatWorld(home, 1600),
    seed,
    lowFidelity: true,
    send: (bytes) => down.send(bytes.slice(), queue.nowMs),
  });
  const up = createLossyConduit({
    chance,
    faults: faulty,
    target: "link",
    deliver: (bytes) => vehicle.onDatagram(bytes, "bridge"),
  });
  for (const fault of faults) faulty.inject("link", fault, 0);
  const run = (seconds: number, done = (): boolean => false): void => {
    const endMs = queue.nowMs + seconds * 1000;
    for (let tMs = queue.nowMs + 20; tMs <= endMs && !done(); tMs += 20) {
      while (queue.step(tMs));
      if (tMs % 1000 === 0) send({ name: "HEARTBEAT", type: 6, autopilot: 8, mavlinkVersion: 3 });
      up.step(tMs);
      vehicle.step(tMs);
      down.step(tMs);
      events.update(tMs);
    }
  };
  const command = (id: number, p: readonly number[] = []): void => {
    const [param1 = 0, param2 = 0, param3 = 0] = p;
    // Straight to the vehicle: what is proven here is what it tells, over the bad link.
    const message = {
      name: "COMMAND_LONG",
      command: id,
      targetSystem: 1,
      targetComponent: 1,
      param1,
      param2,
      param3,
    } as const;
    vehicle.onDatagram(encodeFrame(message, { sysid: 255, compid: 190, seq: 0 }), "bridge");
  };
  return { files, events, vehicle, run, command, texts, said, late };
}

describe.each(links)("the simulated autopilot over %s", (_name, faults) => {
  it("gives the bridge its folders, its parameter file and the log of the flight, each proven by its checksum", () => {
    const w = world(faults, 1);
    w.run(12, () => w.vehicle.status().ready);
    w.command(400, [1]);
    w.run(3);
    // A log that is still written to has another checksum at its end than at its beginning, and is refused for it.
    w.command(400, [0]);
    w.run(1);
    const list = (path: string): FtpFolder | undefined => {
      let out: FtpFolder | undefined;
      w.files.list(path, (folder) => {
        out = folder;
      });
      w.run(60, () => out !== undefined);
      return out;
    };
    const read = (path: string): FtpFile | undefined => {
      let out: FtpFile | undefined;
      w.files.read(path, (file) => {
        out = file;
      });
      w.run(120, () => out !== undefined);
      return out;
    };
    const nameIn = (path: string): string => {
      const folder = list(path);
      return folder?.kind === "folder" ? (folder.entries[0]?.entryName ?? "none") : "failed";
    };
    const day = nameIn("/fs/microsd/log");
    const log = read(`/fs/microsd/log/${day}/${nameIn(`/fs/microsd/log/${day}`)}`);
    expect(log, JSON.stringify({ day, reason: log?.kind === "failed" ? log.reason : "" })).toMatchObject({
      kind: "file",
      proven: true,
    });
    if (log?.kind === "file") expect(new TextDecoder().decode(log.bytes)).toContain("Armed by external command");
    const params = read("/fs/microsd/parameters_backup.bson");
    expect(params, JSON.stringify(params?.kind === "failed" ? params.reason : "")).toMatchObject({
      kind: "file",
      proven: true,
    });
    if (params?.kind === "file") expect(new TextDecoder().decode(params.bytes)).toContain("COM_DL_LOSS_T\0");
    expect(read("/fs/microsd/none")).toEqual({ kind: "failed", reason: "there is no such file on the aircraft" });
  });

  it("has the reason of a refusal heard, and what keeps it from arming, though frames are lost on the way", () => {
    let fetched = 0;
    for (let seed = 1; seed <= 20; seed++) {
      const w = world(faults, seed);
      // Before it knows its place.
      w.run(3);
      w.command(400, [1]);
      w.run(0.02);
      expect(w.vehicle.status().armed).toBe(false);
      w.run(0.9);
      w.command(400, [1]);
      w.run(14);
      const heard = [...w.said, ...w.late];
      expect(heard, `seed ${seed}`).toContain("Arming denied: Resolve system health failures first");
      expect(heard.filter((text) => text.startsWith("Arming denied")).length).toBeLessThanOrEqual(2);
      fetched += w.late.length;
    }
    expect(fetched > 0, "on a bad link some are lost, asked for again and given").toBe(faults.length > 0);
  });
});
