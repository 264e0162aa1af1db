import { ftpCrc, ftpDataBytes, ftpPayload, MavFtpErr, MavFtpOpcode, readFtpPacket } from "@outrider/mavlink";
import { describe, expect, it } from "vitest";
import { airborne, type Bench, bench } from "./testing/ground-station.js";

const backup = "/fs/microsd/parameters_backup.bson";

function asker(b: Bench) {
  let seq = 100;
  const ask = (opcode: number, more: { path?: string; offset?: number; size?: number; seq?: number } = {}) => {
    const { path, ...rest } = more;
    seq += 2;
    const from = b.heard.length;
    const data = path === undefined ? {} : { data: new TextEncoder().encode(path) };
    b.send({
      name: "FILE_TRANSFER_PROTOCOL",
      targetSystem: 1,
      targetComponent: 1,
      payload: ftpPayload({ seq: more.seq ?? seq, opcode, ...rest, ...data }),
    });
    b.run(0.7);
    return b.heard.slice(from).flatMap(({ message }) => {
      const packet = message.name === "FILE_TRANSFER_PROTOCOL" ? readFtpPacket(message.payload) : undefined;
      return packet === undefined ? [] : [packet];
    });
  };
  const refusal = (...args: Parameters<typeof ask>): number[] => {
    const answer = ask(...args)[0];
    return answer?.opcode === MavFtpOpcode.NAK ? [...answer.data] : [];
  };
  const names = (path: string): string => new TextDecoder().decode(ask(MavFtpOpcode.LISTDIRECTORY, { path })[0]?.data);
  return { ask, refusal, names };
}

describe("files of the simulated autopilot, with PX4's manners", () => {
  it("are its parameters and a log of each flight, whole by burst, with PX4's checksum", () => {
    const b = airborne(20);
    const { ask, names } = asker(b);
    expect(names("/fs/microsd")).toContain("Dlog");
    const day = names("/fs/microsd/log").slice(1, -1);
    const file = names(`/fs/microsd/log/${day}`);
    expect(file).toMatch(/^F\d\d_\d\d_\d\d\.ulg\t\d+\0$/);
    const path = `/fs/microsd/log/${day}/${file.slice(1).split("\t")[0]}`;
    const size = new DataView(ask(MavFtpOpcode.OPENFILERO, { path })[0]?.data.buffer ?? new ArrayBuffer(4)).getUint32(
      0,
      true,
    );
    const burst = ask(MavFtpOpcode.BURSTREADFILE, { size: ftpDataBytes });
    expect(burst.at(-1)).toMatchObject({ opcode: MavFtpOpcode.NAK, data: Uint8Array.of(MavFtpErr.EOF) });
    const whole = new Uint8Array(size);
    for (const packet of burst.slice(0, -1)) whole.set(packet.data, packet.offset);
    expect(new TextDecoder().decode(whole)).toContain("Takeoff detected");
    expect([...whole.subarray(0, 7)]).toEqual([0x55, 0x4c, 0x6f, 0x67, 0x01, 0x12, 0x35]);
    const crc = ask(MavFtpOpcode.CALCFILECRC, { path: backup })[0]?.data ?? new Uint8Array(4);
    expect(crc.length).toBe(4);
    expect(ftpCrc(whole)).toBeGreaterThan(0);
  });

  it("come in one session, which is closed when nobody reads for ten seconds", () => {
    const b = bench();
    const { ask, refusal } = asker(b);
    expect(refusal(MavFtpOpcode.READFILE, { size: 10 })).toEqual([MavFtpErr.INVALIDSESSION]);
    expect(ask(MavFtpOpcode.OPENFILERO, { path: backup })[0]?.opcode).toBe(MavFtpOpcode.ACK);
    expect(refusal(MavFtpOpcode.OPENFILERO, { path: backup })).toEqual([MavFtpErr.NOSESSIONSAVAILABLE]);
    b.run(11);
    expect(ask(MavFtpOpcode.OPENFILERO, { path: backup, seq: 900 })[0]?.opcode).toBe(MavFtpOpcode.ACK);
    // Asked again under its number because the answer was lost: the same answer, not a second session.
    expect(ask(MavFtpOpcode.OPENFILERO, { path: backup, seq: 900 })[0]?.opcode).toBe(MavFtpOpcode.ACK);
    expect(ask(MavFtpOpcode.RESETSESSION)[0]?.opcode).toBe(MavFtpOpcode.ACK);
    expect(refusal(MavFtpOpcode.TERMINATESESSION)).toEqual([MavFtpErr.INVALIDSESSION]);
  });

  it("are written by nobody, and what is asked wrongly is refused with PX4's error", () => {
    const { refusal } = asker(bench());
    const o = MavFtpOpcode;
    for (const opcode of [o.WRITEFILE, o.REMOVEFILE, o.CREATEDIRECTORY, o.REMOVEDIRECTORY, o.TRUNCATEFILE, o.RENAME])
      expect(refusal(opcode, { path: backup })).toEqual([MavFtpErr.FILEPROTECTED]);
    expect(refusal(o.CREATEFILE, { path: "/fs/microsd/x" })).toEqual([MavFtpErr.FAILERRNO, 30]);
    expect(refusal(o.OPENFILERO, { path: "/etc/../../secret" })).toEqual([MavFtpErr.FILENOTFOUND]);
    expect(refusal(o.LISTDIRECTORY, { path: "/nothing" })).toEqual([MavFtpErr.FILENOTFOUND]);
    expect(refusal(o.LISTDIRECTORY, { path: "/fs/microsd", offset: 9 })).toEqual([MavFtpErr.EOF]);
    expect(refusal(77)).toEqual([MavFtpErr.UNKNOWNCOMMAND]);
    expect(refusal(o.READFILE, { size: 250 })).toEqual([MavFtpErr.INVALIDDATASIZE]);
  });
});

describe("events of the simulated autopilot, as recorded from a real PX4", () => {
  const events = (b: Bench) =>
    b.heard.flatMap(({ message }) =>
      message.name === "EVENT" ? [{ id: message.id, seq: message.sequence, args: [...message.arguments] }] : [],
    );

  it("are numbered from near the end of the range, told beside each text, and told by number every three seconds", () => {
    const b = airborne(20);
    const all = events(b);
    expect(all[0]?.seq).toBe(65_526);
    for (const [n, event] of all.entries()) expect(event.seq).toBe((65_526 + n) & 0xffff);
    expect(all.find(({ id }) => id === 26_266_355)?.args[0]).toBe(4);
    expect(all.some(({ id }) => id === 21_054_825)).toBe(true);
    const told = b.heard.filter(({ message }) => message.name === "CURRENT_EVENT_SEQUENCE");
    expect(told.length).toBeGreaterThan(b.tMs() / 3_600);
  });

  it("report the checks as one block, before and after the position is there", () => {
    const b = bench();
    b.until(() => b.vehicle.status().ready, 10);
    b.run(3);
    const ids = events(b).map(({ id }) => id);
    const [first, second] = [ids.indexOf(27_825_120), ids.lastIndexOf(27_825_120)];
    expect(ids.slice(first, second)).toContain(30_612_409);
    expect(ids.slice(second)).toEqual([27_825_120, 17_154_777, 19_865_031, 17_231_145, 18_691_879]);
    const { args } = events(b)[second] ?? { args: [] };
    // Byte for byte what a real one says with nothing but these three.
    expect(args.slice(0, 17)).toEqual([0, 0, 0, 16, 0, 128, 0, 0, 0, 0xb0, 0x3b, 0x7f, 0x80, 0xb0, 0x3b, 0x7f, 0x80]);
  });

  it("say which failsafe does what, and that a mode was refused", () => {
    const b = airborne(20, { params: { COM_FAIL_ACT_T: 5, NAV_DLL_ACT: 2 } });
    b.command(176, [1, 3, 0]);
    b.heartbeats = false;
    b.run(25);
    const all = events(b);
    expect(all.find(({ id }) => id === 27_280_279)?.args.slice(0, 5)).toEqual([0, 0, 3, 0, 2]);
    expect(all.find(({ id }) => id === 30_481_910)?.args.slice(0, 8)).toEqual([0, 0, 4, 3, 6, 5, 0, 2]);
    expect(all.find(({ id }) => id === 26_528_394)?.args.slice(0, 6)).toEqual([0, 0, 4, 3, 6, 2]);
    expect(all.some(({ id }) => id === 27_571_288)).toBe(true);
  });

  it("are sent again when asked for, and what is no longer kept is said to be gone", () => {
    const b = bench();
    b.until(() => b.vehicle.status().ready, 10);
    const from = b.heard.length;
    b.send({ name: "REQUEST_EVENT", targetSystem: 1, targetComponent: 1, firstSequence: 65_525, lastSequence: 65_527 });
    const answers = b.heard.slice(from).map(({ message }) => message);
    expect(answers).toMatchObject([
      { name: "RESPONSE_EVENT_ERROR", sequence: 65_525, sequenceOldestAvailable: 65_526 },
      { name: "EVENT", sequence: 65_526 },
      { name: "EVENT", sequence: 65_527 },
    ]);
  });
});
