import { ftpCrc, ftpPayload, MavFtpOpcode, message, readFtpPacket } from "@outrider/mavlink";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { byteNoise, FakeClock, fakeChance, lossyPipe, type PipeFaults } from "../testing/index.js";
import { FtpDesk, type FtpFile, type FtpFolder, firstHole, type Ranges, withRange } from "./index.js";
import { FakeCard } from "./testing/fake-card.js";

const log = Uint8Array.from({ length: 20_003 }, (_, n) => (n * 7 + (n >> 8)) & 0xff);

function world(faults: PipeFaults, seed: number) {
  const clock = new FakeClock();
  const chance = fakeChance(seed);
  const heard = byteNoise(chance, faults.noise ?? 0, (answer) => {
    if (answer.name === "FILE_TRANSFER_PROTOCOL") desk.onMessage(answer);
  });
  const down = lossyPipe<Uint8Array>(clock, chance, faults, (payload) =>
    heard(message("FILE_TRANSFER_PROTOCOL", { targetSystem: 255, payload })),
  );
  const card = new FakeCard(down);
  card.files.set("/log/a.ulg", log);
  for (const name of ["b", "c", "d", "e"]) card.files.set(`/log/${name}.ulg`, log.slice(0, 10));
  card.files.set("/log/empty", new Uint8Array(0));
  const up = lossyPipe<Uint8Array>(clock, chance, faults, (payload) => {
    // Read as the aircraft reads it: a size here may be a wish.
    const view = new DataView(payload.buffer, payload.byteOffset);
    const head = readFtpPacket(payload);
    if (head !== undefined) card.take({ ...head, size: view.getUint8(4) });
  });
  const desk = new FtpDesk({
    clock,
    sysid: () => 1,
    send: (sent) => {
      if (sent.name === "FILE_TRANSFER_PROTOCOL") up(Uint8Array.from(sent.payload ?? []));
      return true;
    },
  });
  const read = (path: string): FtpFile | undefined => {
    let out: FtpFile | undefined;
    desk.read(path, (file) => {
      expect(out, "a reading ends once").toBeUndefined();
      out = file;
    });
    clock.run(600_000);
    return out;
  };
  const list = (path: string): FtpFolder | undefined => {
    let out: FtpFolder | undefined;
    desk.list(path, (folder) => {
      out = folder;
    });
    clock.run(600_000);
    return out;
  };
  return { clock, card, read, list, desk };
}

const clean: PipeFaults = { loss: 0, duplicate: 0, delayMs: 2 };
const links: [string, PipeFaults][] = [
  ["5 % loss", { loss: 0.05, duplicate: 0, delayMs: 20 }],
  ["20 % loss, doubled, reordered", { loss: 0.2, duplicate: 0.2, delayMs: 60 }],
  ["2 s of delay", { loss: 0.02, duplicate: 0.1, delayMs: 2_000 }],
  ["one byte in two thousand turned", { loss: 0, duplicate: 0.1, delayMs: 20, noise: 0.0005 }],
];

describe("files of an aircraft", () => {
  it("come whole, are proven by the aircraft's own checksum, and leave no session open", () => {
    const { read, card } = world(clean, 1);
    expect(read("/log/a.ulg")).toEqual({ kind: "file", bytes: log, proven: true });
    expect(read("/log/empty")).toEqual({ kind: "file", bytes: new Uint8Array(0), proven: true });
    expect(card.sessionsOpen).toBe(0);
  });

  it("are listed page by page, and none has a name that leads out of its folder", () => {
    const { list, card } = world(clean, 1);
    card.files.set("/log/..", log);
    card.files.set("/log/sub/../../etc", log);
    const folder = list("/log");
    expect(folder?.kind === "folder" ? folder.entries.map((entry) => entry.entryName) : undefined).toEqual([
      "a.ulg",
      "b.ulg",
      "c.ulg",
      "d.ulg",
      "e.ulg",
      "empty",
    ]);
  });

  it.each(links)("are the same over %s, or it is said that they did not come", (_name, faults) => {
    let came = 0;
    for (let seed = 1; seed <= 12; seed++) {
      const { read, list, card } = world(faults, seed);
      const file = read("/log/a.ulg");
      expect(file, `seed ${seed} must end`).toBeDefined();
      expect(list("/log")?.kind).toBeDefined();
      if (file?.kind !== "file") continue;
      came++;
      expect(ftpCrc(file.bytes)).toBe(ftpCrc(log));
      expect(card.sessionsOpen, "a session is given back").toBe(0);
    }
    expect(came).toBeGreaterThanOrEqual(11);
  });

  it("are whole though a late question closed the session that is read, or opened one that nobody reads", () => {
    const asked = { session: 0, size: 0, offset: 0, reqOpcode: 0, burstComplete: false };
    const stray = (opcode: number, path = "") => ({
      ...asked,
      ...{ seq: 7, opcode, data: new TextEncoder().encode(path) },
    });
    const cut = world(clean, 1);
    cut.clock.after(6, () => cut.card.take(stray(MavFtpOpcode.TERMINATESESSION)));
    expect(cut.read("/log/a.ulg")).toEqual({ kind: "file", bytes: log, proven: true });
    expect(cut.card.sessionsOpen).toBe(0);
    const left = world(clean, 1);
    left.card.take(stray(MavFtpOpcode.OPENFILERO, "/log/b.ulg"));
    left.clock.after(10_000, () => left.card.take(stray(MavFtpOpcode.TERMINATESESSION)));
    expect(left.read("/log/a.ulg")).toEqual({ kind: "file", bytes: log, proven: true });
    const taken = world(clean, 1);
    taken.card.take(stray(MavFtpOpcode.OPENFILERO, "/log/b.ulg"));
    const reason = "another one is reading files from this aircraft";
    expect(taken.read("/log/a.ulg")).toEqual({ kind: "failed", reason });
    expect(taken.clock.nowMs() - 1_000_000).toBeGreaterThan(20_000);
  });

  it("that the aircraft lacks, or that change on the way, are failures with a reason", () => {
    const { read, card } = world(clean, 1);
    expect(read("/log/none")).toEqual({ kind: "failed", reason: "there is no such file on the aircraft" });
    card.lacks.add(MavFtpOpcode.CALCFILECRC);
    expect(read("/log/a.ulg")).toMatchObject({ kind: "file", proven: false });
    expect(read("bad\npath")).toMatchObject({ kind: "failed" });
    expect(world({ ...clean, loss: 1 }, 1).read("/log/a.ulg")).toEqual({
      kind: "failed",
      reason: "the aircraft stopped answering",
    });
  });
});

describe("packets", () => {
  it("are read as they were written, and refused where they claim more than they carry", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 239 }), fc.nat(0xffff), fc.nat(0xffffff), (data, seq, offset) => {
        expect(readFtpPacket(ftpPayload({ seq, opcode: 128, data, offset }))).toMatchObject({ seq, offset, data });
      }),
    );
    expect(readFtpPacket(Uint8Array.of(1, 2, 3))).toBeUndefined();
    expect(readFtpPacket(ftpPayload({ seq: 1, opcode: 128, size: 250 }))).toBeUndefined();
  });

  it("leave exactly the holes that did not come", () => {
    const piece = fc.tuple(fc.nat(200), fc.integer({ min: 1, max: 30 }));
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 20 }), (pieces) => {
        let ranges: Ranges = [];
        const came = new Set<number>();
        for (const [from, length] of pieces) {
          ranges = withRange(ranges, from, from + length) ?? ranges;
          for (let n = from; n < from + length; n++) came.add(n);
        }
        const first = Array.from({ length: 200 }, (_, n) => n).find((n) => !came.has(n));
        expect(firstHole(ranges, 200)?.[0]).toBe(first);
      }),
    );
  });
});
