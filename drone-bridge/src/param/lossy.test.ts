import { message, paramFromInteger } from "@outrider/mavlink";
import { describe, expect, it } from "vitest";
import { doorOf } from "../autopilot/index.js";
import { byteNoise, FakeClock, fakeChance, lossyPipe, type PipeFaults } from "../testing/index.js";
import { ParamDesk, type ParamsRead } from "./index.js";

const held: Readonly<Record<string, number>> = {
  NAV_DLL_ACT: 2,
  COM_DL_LOSS_T: 10,
  RTL_TYPE: -1,
  GF_ACTION: 3,
  COM_RC_IN_MODE: 1,
};
const names = [...Object.keys(held), "NOT_THERE"];

function read(faults: PipeFaults, seed: number): ParamsRead | undefined {
  const clock = new FakeClock();
  const chance = fakeChance(seed);
  let out: ParamsRead | undefined;
  const heard = byteNoise(chance, faults.noise ?? 0, (value) => {
    if (value.name === "PARAM_VALUE") desk.onValue(value);
  });
  const down = lossyPipe<string>(clock, chance, faults, (paramId) => {
    heard(
      message("PARAM_VALUE", { paramId, paramType: 6, paramIndex: 0xffff, ...paramFromInteger(held[paramId] ?? 0) }),
    );
  });
  const up = lossyPipe<string>(clock, chance, faults, (paramId) => {
    if (held[paramId] !== undefined) down(paramId);
  });
  const desk = new ParamDesk({
    clock,
    door: doorOf(12),
    sysid: () => 1,
    send: (sent) => {
      if (sent.name === "PARAM_REQUEST_READ") up(sent.paramId ?? "");
      return true;
    },
  });
  desk.read(names, (result) => {
    expect(out).toBeUndefined();
    out = result;
  });
  clock.run(60_000);
  return out;
}

describe("a failsafe parameter that somebody sets later", () => {
  it("is read again once, and one that is merely said again is not", () => {
    let reads = 0;
    const clock = new FakeClock();
    const values: Record<string, number> = { ...held };
    const said = (paramId: string) =>
      message("PARAM_VALUE", { paramId, paramType: 6, paramIndex: 3, ...paramFromInteger(values[paramId] ?? 0) });
    const again = (): void => {
      reads++;
      desk.read(["GF_ACTION", "RTL_TYPE"], () => undefined);
    };
    const desk: ParamDesk = new ParamDesk({
      clock,
      door: doorOf(12),
      sysid: () => 1,
      send: (sent) => {
        if (sent.name === "PARAM_REQUEST_READ") clock.after(5, () => desk.onValue(said(sent.paramId ?? "")));
        return true;
      },
      changed: again,
    });
    again();
    clock.run(1_000);
    for (const name of ["GF_ACTION", "RTL_TYPE", "COM_RC_IN_MODE"]) desk.onValue(said(name));
    clock.run(1_000);
    expect(reads).toBe(1);
    values["GF_ACTION"] = 0;
    for (let n = 0; n < 3; n++) desk.onValue(said("GF_ACTION"));
    clock.run(1_000);
    expect(reads).toBe(2);
    desk.onValue(said("GF_ACTION"));
    expect(reads).toBe(2);
  });
});

describe("reading failsafe parameters", () => {
  it("gives integers bytewise, negative ones too, and names what the aircraft lacks", () => {
    expect(read({ loss: 0, duplicate: 0, delayMs: 5 }, 1)).toEqual({ values: held, missing: ["NOT_THERE"] });
  });

  it.each<[string, PipeFaults]>([
    ["5 % loss", { loss: 0.05, duplicate: 0.2, delayMs: 40 }],
    ["20 % loss", { loss: 0.2, duplicate: 0.2, delayMs: 40 }],
    ["50 % loss", { loss: 0.5, duplicate: 0.2, delayMs: 40 }],
    ["2 s of delay", { loss: 0.05, duplicate: 0.1, delayMs: 2_000 }],
    ["one byte in fifty turned", { loss: 0, duplicate: 0.1, delayMs: 20, noise: 0.02 }],
  ])("at %s every value that it gives is the right one, and the rest is called missing", (_name, faults) => {
    for (let seed = 1; seed <= 40; seed++) {
      const result = read(faults, seed);
      for (const [paramName, value] of Object.entries(result?.values ?? {}))
        expect(value, paramName).toBe(held[paramName]);
      expect([...Object.keys(result?.values ?? {}), ...(result?.missing ?? [])].sort()).toEqual([...names].sort());
    }
  });
});
