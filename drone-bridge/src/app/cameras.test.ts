import {
  type AnyMessageInit,
  decode,
  encodeFrame,
  type FrameHeader,
  FrameReader,
  type MavMessage,
} from "@outrider/mavlink";
import { describe, expect, it } from "vitest";
import {
  type Bench,
  bench,
  FakeAutopilot,
  fakeChance,
  fate,
  flying,
  lastWords,
  lossyPipe,
  type PipeFaults,
  say,
  standing,
  uidA,
} from "../testing/index.js";

const letters = (text: string): number[] => Array.from(text, (letter) => letter.charCodeAt(0));
const information = (modelName: string, flags: number, cameraDeviceId = 0): AnyMessageInit => ({
  name: "CAMERA_INFORMATION",
  vendorName: letters("Maker"),
  modelName: letters(modelName),
  flags,
  cameraDeviceId,
});
const stream = (streamId: number, count: number, flags: number, cameraDeviceId = 0): AnyMessageInit => ({
  name: "VIDEO_STREAM_INFORMATION",
  streamId,
  count,
  flags,
  uri: `rtsp://10.0.0.2/${streamId}`,
  cameraDeviceId,
});

type Payload = {
  /** Answers to REQUEST_MESSAGE, by component and message id. */
  readonly answers: Readonly<Record<string, readonly AnyMessageInit[]>>;
  readonly send: (compid: number, message: AnyMessageInit) => void;
  /** Commands that came for a component, in order. */
  readonly took: { compid: number; command: number; params: number[] }[];
};

/** Components aboard beside the autopilot: they beat as cameras and answer what is asked of them. */
function payload(b: Bench, beats: readonly number[], answers: Payload["answers"]): Payload {
  const took: Payload["took"] = [];
  const seq = new Map<number, number>();
  const send = (compid: number, message: AnyMessageInit): void => {
    const next = ((seq.get(compid) ?? 0) + 1) & 0xff;
    seq.set(compid, next);
    b.hear(message, { sysid: 1, compid, seq: next }, 18_570);
  };
  const take = (heard: MavMessage): void => {
    if (heard.name !== "COMMAND_LONG") return;
    const { targetComponent: compid, command, param1, param2, param3 } = heard;
    took.push({ compid, command, params: [param1, param2, param3] });
    const answer = answers[`${compid}/${param1}`];
    if (compid !== 1 && !beats.includes(compid)) return;
    if (compid !== 1)
      send(compid, { name: "COMMAND_ACK", command, result: 0, targetSystem: 255, targetComponent: 190 });
    if (command === 512) for (const message of answer ?? []) send(compid, message);
  };
  const reader = new FrameReader();
  const before = b.radio.onSent;
  b.radio.onSent = (peer, bytes) => {
    before?.(peer, bytes);
    reader.pushDatagram(bytes, (frame) => {
      const heard = decode(frame);
      if (heard !== undefined) b.clock.after(2, () => take(heard));
    });
  };
  const beat = (): void => {
    for (const compid of beats) send(compid, { name: "HEARTBEAT", type: 30, autopilot: 8, systemStatus: 4 });
    b.clock.after(1_000, beat);
  };
  beat();
  return { answers, send, took };
}

/** A heat camera first, a day camera second, and one that the autopilot speaks for. */
const three: Payload["answers"] = {
  "100/259": [information("Heat", 256)],
  "100/269": [stream(1, 1, 3)],
  "101/259": [information("Day", 1 | 64 | 256)],
  "101/269": [stream(1, 2, 1), stream(2, 2, 0)],
  "101/261": [{ name: "STORAGE_INFORMATION", storageId: 1, status: 2, availableCapacity: 900 }],
  "1/259": [information("Belly", 2, 2)],
  "1/261": [],
  "1/280": [{ name: "GIMBAL_MANAGER_INFORMATION", gimbalDeviceId: 154, pitchMin: -1.5708, pitchMax: 0.3491 }],
};

const cameras = (b: Bench): string[] =>
  b.station
    .facts("CameraIdentified")
    .map(({ data }) => JSON.stringify([data["cameraId"], data["model"], data["streams"], data["storages"]]));

/** The last that was told of each, in their order: what is known piece by piece is told piece by piece. */
const known = (b: Bench): string[] =>
  [...new Map(cameras(b).map((text) => [text.slice(0, text.indexOf(",")), text])).values()].toSorted();

describe("several cameras on one aircraft", () => {
  it("are each told, with what is heat; the first that shows more than heat is zoomed and gives the field of view", () => {
    const b = bench();
    const p = payload(b, [100, 101], three);
    const a = flying(b);
    b.clock.run(20_000);
    expect(known(b).map((text) => text.slice(0, 12))).toEqual(['[100,"Heat",', '[101,"Day",[', '[2,"Belly",[']);
    expect(cameras(b)).toHaveLength(3);
    const day = b.station.facts("CameraIdentified").find(({ data }) => data["cameraId"] === 101);
    expect(day?.data).toMatchObject({
      streams: [{ thermal: false }, { thermal: false }],
      storages: [{ freeMiB: 900 }],
    });
    const heat = b.station.facts("CameraIdentified").find(({ data }) => data["cameraId"] === 100);
    expect(heat?.data["streams"]).toMatchObject([{ thermal: true }]);
    expect(p.took).toContainEqual({ compid: 101, command: 511, params: [271, 200_000, 0] });
    say(b, "zoom", { verb: "zoomCamera", hfovDeg: 30 });
    b.clock.run(500);
    expect(p.took.filter(({ command }) => command === 531)).toEqual([
      { compid: 101, command: 531, params: [4, 30, 0] },
    ]);
    p.send(100, { name: "CAMERA_FOV_STATUS", hfov: 30 });
    b.clock.run(500);
    expect(fate(b, "zoom")).not.toContain("OrderDone");
    p.send(101, { name: "CAMERA_FOV_STATUS", hfov: 30 });
    b.clock.run(500);
    expect(fate(b, "zoom")).toContain("OrderDone");
    expect(a.commands(531)).toBe(1);
  });

  it("is the one behind the autopilot where there is no other: a zoom names it", () => {
    const b = bench();
    const p = payload(b, [], { "1/259": [information("Belly", 64, 3)] });
    flying(b);
    b.clock.run(20_000);
    say(b, "zoom", { verb: "zoomCamera", hfovDeg: 30 });
    b.clock.run(500);
    expect(p.took.filter(({ command }) => command === 531)).toEqual([{ compid: 1, command: 531, params: [4, 30, 3] }]);
    expect(cameras(b)).toHaveLength(1);
  });

  it("is asked a few times where there is none, and then left alone", () => {
    const b = bench();
    const p = payload(b, [], {});
    standing(b);
    b.clock.run(150_000);
    const asked = p.took.filter(({ command, params }) => command === 512 && params[0] === 259);
    expect(asked.filter(({ compid }) => compid === 100)).toHaveLength(3);
    // It answers that it has none: asked once more, in case that was meant for another question.
    expect(asked.filter(({ compid }) => compid === 1)).toHaveLength(2);
  });
});

const ours = { primaryControlSysid: 255, primaryControlCompid: 190 };
const theirs = { primaryControlSysid: 77, primaryControlCompid: 190 };
const nobody = { primaryControlSysid: 0, primaryControlCompid: 0 };

describe("who has the gimbal", () => {
  function withGimbal(): { b: Bench; a: FakeAutopilot; status: (by: object, timeBootMs?: number) => void } {
    const b = bench();
    payload(b, [], three);
    const a = flying(b);
    const status = (by: object, timeBootMs = b.clock.nowMs() - a.bootAtMs): void => {
      a.send({ name: "GIMBAL_MANAGER_STATUS", gimbalDeviceId: 154, timeBootMs, ...by });
      b.clock.run(1_000);
    };
    return { b, a, status };
  }
  const taken = (b: Bench) => b.station.facts("GimbalTakenByOther").map(({ data }) => data);
  const aim = (b: Bench, id: string, pitchDeg = -30): void => {
    say(b, id, { verb: "aimCamera", pitchDeg, yawDeg: 90 });
    b.clock.run(1_000);
  };

  it("is told when another station has it, once, and when it lets go", () => {
    const { b, status } = withGimbal();
    status(nobody);
    status(theirs);
    status(theirs);
    expect(taken(b)).toEqual([
      { uid: uidA, gimbal: 154, sysid: 77, compid: 190, text: "system 77, component 190 has its gimbal" },
    ]);
    status(nobody);
    expect(b.station.facts("GimbalGivenBack")).toHaveLength(1);
  });

  it("is ours by our order, and taken again by the next one after it was taken from us", () => {
    const { b, a, status } = withGimbal();
    status(nobody);
    aim(b, "one");
    status(ours);
    aim(b, "two");
    expect([taken(b), a.commands(1001)]).toEqual([[], 1]);
    status(theirs);
    expect(taken(b)).toHaveLength(1);
    aim(b, "three");
    expect(a.commands(1001)).toBe(2);
    status(ours);
    expect(b.station.facts("GimbalGivenBack")).toHaveLength(1);
  });

  it("is taken again by the next order after somebody took it and let go, and the look that comes then is held", () => {
    const { b, a, status } = withGimbal();
    status(nobody);
    aim(b, "one");
    for (const by of [ours, theirs, nobody]) status(by);
    expect(b.station.facts("GimbalGivenBack")).toHaveLength(1);
    const looks = (): void => {
      a.send({ name: "GIMBAL_DEVICE_ATTITUDE_STATUS", q: [1, 0, 0, 0], flags: 64 });
      b.clock.after(200, looks);
    };
    looks();
    say(b, "look", { verb: "pointCamera", point: { latDeg: 37.7, lonDeg: -122.4 }, altAmslM: 10 });
    b.clock.run(1_000);
    // Still on its way when it was taken.
    status(nobody);
    status(ours);
    b.clock.run(5_000);
    expect([a.commands(1001), taken(b).length]).toEqual([2, 1]);
    expect(a.commands(195)).toBeGreaterThan(2);
  });

  it("is nobody's fault where PX4 levels it on its way home, and is taken again by the next order", () => {
    const { b, a, status } = withGimbal();
    status(nobody);
    aim(b, "one");
    status(ours);
    say(b, "home", { verb: "return" });
    b.clock.run(2_000);
    expect(b.station.facts("ModeChanged").at(-1)?.data).toMatchObject({ mode: "return", by: "ours" });
    status({ primaryControlSysid: 1, primaryControlCompid: 1 });
    status(nobody);
    say(b, "hold", { verb: "hold" });
    b.clock.run(2_000);
    status(nobody);
    expect([taken(b), b.station.facts("GimbalGivenBack"), a.commands(1001)]).toEqual([[], [], 1]);
    aim(b, "two");
    expect(a.commands(1001)).toBe(2);
  });

  it("is told when it is taken out of our hands by something aboard, or by nobody", () => {
    for (const [by, text] of [
      [nobody, "nobody has it"],
      [{ primaryControlSysid: 1, primaryControlCompid: 191 }, "component 191"],
    ] as const) {
      const { b, status } = withGimbal();
      status(by);
      aim(b, "one");
      status(ours);
      expect(taken(b)).toEqual([]);
      status(by);
      status(by);
      expect(taken(b).map((data) => data["text"])).toEqual([expect.stringContaining(text)]);
    }
  });

  it("is told when somebody takes it with our own ids", () => {
    const { b, status } = withGimbal();
    status(nobody);
    b.clock.run(20_000);
    status(nobody);
    status(ours);
    expect(taken(b)[0]).toMatchObject({ sysid: 255, text: "somebody who uses our own ids took its gimbal" });
    aim(b, "one");
    status(ours);
    expect(b.station.facts("GimbalGivenBack")).toHaveLength(1);
  });

  it("is not told by what was overtaken on its way, nor by what the aircraft said before it began anew", () => {
    const { b, status } = withGimbal();
    status(nobody, 70_000);
    aim(b, "one");
    status(ours, 72_000);
    status(nobody, 71_000);
    status(nobody, 500);
    expect(taken(b)).toEqual([]);
  });

  it("goes on looking at a place through a zoom, is asked again when it looks past it, and not once it is aimed", () => {
    const { b, a, status } = withGimbal();
    status(ours);
    const looks = (): void => {
      // Straight ahead, whatever was asked.
      a.send({ name: "GIMBAL_DEVICE_ATTITUDE_STATUS", q: [1, 0, 0, 0], flags: 64 });
      b.clock.after(200, looks);
    };
    looks();
    say(b, "look", { verb: "pointCamera", point: { latDeg: 37.7, lonDeg: -122.4 }, altAmslM: 10 });
    b.clock.run(1_000);
    expect([a.commands(195), a.commands(197)]).toEqual([1, 0]);
    say(b, "zoom", { verb: "zoomCamera", hfovDeg: 30 });
    b.clock.run(3_000);
    expect(a.commands(195)).toBeGreaterThan(2);
    expect(a.commands(197)).toBe(0);
    aim(b, "aim");
    const before = a.commands(195);
    b.clock.run(10_000);
    expect([a.commands(195), a.commands(197)]).toEqual([before, 1]);
  });

  it("is left to whoever took it while it looked at a place", () => {
    const { b, a, status } = withGimbal();
    status(ours);
    say(b, "look", { verb: "pointCamera", point: { latDeg: 37.7, lonDeg: -122.4 }, altAmslM: 10 });
    b.clock.run(500);
    status(theirs);
    const before = a.commands(195);
    const looks = (): void => {
      a.send({ name: "GIMBAL_DEVICE_ATTITUDE_STATUS", q: [1, 0, 0, 0], flags: 64 });
      b.clock.after(200, looks);
    };
    looks();
    b.clock.run(10_000);
    expect([before, a.commands(195)]).toEqual([1, 1]);
  });

  it("is not aimed beyond its reach: refused with the reach, and nothing sent", () => {
    const { b, a } = withGimbal();
    b.clock.run(5_000);
    aim(b, "up", 28);
    expect([fate(b, "up").at(-1), lastWords(b, "up"), a.commands(1000)]).toEqual([
      "OrderRefused",
      "its gimbal reaches from -90° to 20°: nothing was sent",
      0,
    ]);
  });
});

type Told = { readonly message: AnyMessageInit; readonly header: FrameHeader; readonly port: number };

/** An aircraft with three cameras and a gimbal behind a bad link, until all is known and the gimbal is ours. */
function overBadLink(faults: PipeFaults, seed: number): { known: string[]; taken: boolean; alarms: number } {
  const b = bench();
  const chance = fakeChance(seed);
  const own = new Map<number, number>();
  const down = lossyPipe<Told>(b.clock, chance, faults, ({ message, header }) => {
    const bytes = encodeFrame(message, header).map((byte) =>
      chance.unit() < (faults.noise ?? 0) ? Math.floor(chance.unit() * 256) : byte,
    );
    b.radio.push(bytes, { host: "127.0.0.1", port: 18_570 });
  });
  b.hear = (message, header, port) => {
    const seq = ((own.get(header.compid) ?? 0) + 1) & 0xff;
    own.set(header.compid, seq);
    down({ message: { ...message }, header: { ...header, seq }, port });
  };
  payload(b, [100, 101], three);
  const a = new FakeAutopilot(b, { uid: uidA, sysid: 1, port: 18_570 });
  // It speaks for a camera and manages a gimbal.
  a.results.set(512, 0);
  const arrive = b.radio.onSent;
  const up = lossyPipe<Uint8Array>(b.clock, chance, faults, (bytes) => arrive?.("127.0.0.1:18570", bytes));
  b.radio.onSent = (_peer, bytes) => up(bytes);
  const status = (): void => {
    const by = a.commands(1001) > 0 ? ours : nobody;
    const timeBootMs = b.clock.nowMs() - a.bootAtMs;
    a.send({ name: "GIMBAL_MANAGER_STATUS", gimbalDeviceId: 154, timeBootMs, ...by });
    b.clock.after(1_600, status);
  };
  status();
  b.clock.run(110_000);
  for (let n = 0; n < 4 && a.commands(1000) === 0; n++) {
    say(b, `aim-${n}`, { verb: "aimCamera", pitchDeg: -30, yawDeg: 90 });
    b.clock.run(20_000);
  }
  return {
    known: known(b),
    taken: a.commands(1001) > 0 && a.commands(1000) > 0,
    alarms: b.station.facts("GimbalTakenByOther").length,
  };
}

describe("cameras and gimbal over a bad link", () => {
  const expected = overBadLink({ loss: 0, duplicate: 0, delayMs: 1 }, 3);

  it("are all known over a good one", () => {
    expect(expected).toMatchObject({ taken: true, alarms: 0 });
    expect(expected.known).toHaveLength(3);
  });

  it.each<[string, PipeFaults]>([
    ["5 % loss, doubled", { loss: 0.05, duplicate: 0.1, delayMs: 50 }],
    ["20 % loss, doubled, reordered", { loss: 0.2, duplicate: 0.2, delayMs: 150 }],
    ["2 to 4 s each way, reordered, 5 % loss", { loss: 0.05, duplicate: 0.1, delayMs: 2_000 }],
    ["one byte in two hundred turned", { loss: 0, duplicate: 0.1, delayMs: 20, noise: 0.005 }],
  ])("end just so with %s", (_name, faults) => {
    for (const seed of [3, 5, 8]) expect(overBadLink(faults, seed)).toEqual(expected);
  });
});
