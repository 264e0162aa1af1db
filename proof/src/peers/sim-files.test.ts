import type { FtpFile, FtpFolder } from "@outrider/drone-bridge";
import type { Fault } from "@outrider/sim";
import { describe, expect, it } from "vitest";
import { uid, WholeBridge } from "./whole-bridge.js";

const bad = (probability: number): readonly Fault[] => [
  { kind: "packet-loss", probability },
  { kind: "duplicate", probability: 0.1 },
  { kind: "reorder", probability: 0.1, delayMs: 200 },
  { kind: "delay", delayMs: 20, jitterMs: 40 },
  { kind: "byte-noise", probability: 0.02 },
];
const links: readonly (readonly [string, readonly Fault[], readonly number[]])[] = [
  ["a link that doubles, reorders and turns bits", bad(0), [1]],
  ["one that loses 5 % each way too", bad(0.05), [2]],
  ["one that loses 20 % each way too", bad(0.2), [1, 2]],
];

/** The aircraft has flown, and its card is asked for over the link that is to be tested. */
function card(faults: readonly Fault[], seed: number) {
  const w = new WholeBridge({ seed });
  w.standing();
  w.order("arm", { verb: "arm" }, "approval-1");
  // Armed and not flown it disarms by itself; a log that is still written to is no file yet.
  w.run(20, () => w.facts.some(({ type }) => type === "Disarmed"));
  expect(w.fate("arm").map(({ type }) => type)).toContain("OrderDone");
  w.spoil(faults);
  const files = w.bridge.files(uid);
  const list = (path: string): FtpFolder | undefined => {
    let out: FtpFolder | undefined;
    files?.list(path, (folder) => {
      out = folder;
    });
    w.run(120, () => out !== undefined);
    return out;
  };
  const read = (path: string): FtpFile | undefined => {
    let out: FtpFile | undefined;
    files?.read(path, (file) => {
      out = file;
    });
    w.run(240, () => out !== undefined);
    return out;
  };
  const newestIn = (path: string): string => {
    const folder = list(path);
    return folder?.kind === "folder" ? `${path}/${folder.entries.at(-1)?.entryName}` : `failed: ${folder?.reason}`;
  };
  return { w, read, newestIn, list };
}

const textOf = (file: FtpFile | undefined): string =>
  file?.kind === "file" ? new TextDecoder().decode(file.bytes) : `failed: ${file?.reason}`;

describe("the card of an aircraft through the whole bridge", () => {
  const clean = card([], 1);
  const params = clean.read("/fs/microsd/parameters_backup.bson");
  const clear = clean.read(clean.newestIn(clean.newestIn("/fs/microsd/log")));

  it("gives its parameters and its newest log over a clean link", () => {
    expect([params, clear]).toMatchObject([
      { kind: "file", proven: true },
      { kind: "file", proven: true },
    ]);
    expect(textOf(params)).toContain("COM_DL_LOSS_T\0");
  });

  it.each(links)(
    "gives its parameters and its newest log over %s, each proven by its checksum",
    (_name, faults, seeds) => {
      for (const seed of seeds) {
        const { read, newestIn, list } = card(faults, seed);
        expect(list("/fs/microsd")).toMatchObject({
          kind: "folder",
          entries: [{ entryName: "parameters_backup.bson" }, {}],
        });
        const log = read(newestIn(newestIn("/fs/microsd/log")));
        expect(log, textOf(log).slice(0, 80)).toMatchObject({ kind: "file", proven: true });
        expect(textOf(log)).toContain("Armed by external command");
        expect(textOf(log)).toContain("Disarmed by auto preflight disarming");
        expect(read("/fs/microsd/parameters_backup.bson"), `seed ${seed}`).toEqual(params);
      }
    },
  );

  it("says that it did not come where nothing answers any more, and which file there is none of", () => {
    expect(clean.read("/fs/microsd/none")).toEqual({ kind: "failed", reason: "there is no such file on the aircraft" });
    expect(clean.w.bridge.files("another")).toBeUndefined();
    clean.w.spoil([{ kind: "packet-loss", probability: 1 }]);
    const stopped = { kind: "failed", reason: "the aircraft stopped answering" };
    expect(clean.list("/fs/microsd/log")).toEqual(stopped);
    expect(clean.read("/fs/microsd/parameters_backup.bson")).toEqual(stopped);
  });
});
