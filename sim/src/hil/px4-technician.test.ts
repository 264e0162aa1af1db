import { quadType } from "@outrider/contract/testing";
import {
  decode,
  encodeFrame,
  FrameReader,
  type MavMessage,
  MavParamType,
  message,
  paramFromInteger,
  px4Mode,
} from "@outrider/mavlink";
import { describe, expect, it } from "vitest";
import { Px4Technician, px4SiteParameters, px4StartParameters } from "./index.js";

const battery = { charge: 0.77, cells: 6, voltageV: 22.2, currentA: 12.34, cellC: 25, usedWh: 60 };

function bench(parameters: readonly (readonly [string, number])[], held: Record<string, number>, takes = true) {
  const sent: MavMessage[] = [];
  const refused: unknown[] = [];
  const waiting: MavMessage[] = [];
  const reader = new FrameReader();
  const technician = new Px4Technician({
    sysid: 2,
    parameters,
    onRefused: (...what) => refused.push(what),
    send: (bytes) =>
      reader.pushDatagram(bytes, (frame) => {
        const heard = decode(frame);
        if (heard === undefined) return;
        sent.push(heard);
        waiting.push(heard);
      }),
  });
  /** PX4's answers to all that was sent, integers bytewise. */
  const answer = (from = 2): void => {
    for (let one = waiting.shift(); one !== undefined; one = waiting.shift()) {
      if (one.name !== "PARAM_REQUEST_READ" && one.name !== "PARAM_SET") continue;
      const real = one.paramId.startsWith("MPC");
      if (one.name === "PARAM_SET" && takes) held[one.paramId] = real ? one.paramValue : intOf(one.paramValue);
      const value = held[one.paramId] ?? 0;
      const bits = real ? { paramValue: value } : paramFromInteger(value);
      const paramType = real ? MavParamType.REAL32 : MavParamType.INT32;
      const reply = message("PARAM_VALUE", { paramId: one.paramId, paramType, ...bits });
      technician.take(encodeFrame(reply, { sysid: from, compid: 1, seq: 0 }));
    }
  };
  const heartbeat = (from = 2): void =>
    technician.take(
      encodeFrame(message("HEARTBEAT", { autopilot: 12, customMode: px4Mode(4, 3) }), {
        sysid: from,
        compid: 1,
        seq: 0,
      }),
    );
  return { technician, sent, refused, answer, held, heartbeat, lose: () => waiting.splice(0) };
}

const intOf = (bits: number): number => new Int32Array(new Float32Array([bits]).buffer)[0] ?? 0;
const named = (sent: readonly MavMessage[], name: MavMessage["name"]) => sent.filter((one) => one.name === name);

describe("technician of a real PX4", () => {
  it("sets what differs, leaves what is right, and reads every value back", () => {
    const b = bench(
      [
        ["NAV_DLL_ACT", 2],
        ["MPC_XY_CRUISE", 12],
        ["COM_RC_IN_MODE", 1],
      ],
      { NAV_DLL_ACT: 0, MPC_XY_CRUISE: 5, COM_RC_IN_MODE: 1 },
    );
    b.heartbeat();
    expect(named(b.sent, "PARAM_REQUEST_READ").length).toBe(3);
    b.answer();
    expect(b.technician.waiting).toBe(0);
    expect(b.held).toEqual({ NAV_DLL_ACT: 2, MPC_XY_CRUISE: 12, COM_RC_IN_MODE: 1 });
    expect(named(b.sent, "PARAM_SET").length).toBe(2);
    expect(b.technician.changed).toBe(2);
    expect(b.refused).toEqual([]);
  });

  it("waits for PX4's first word however long it boots, asks again what is lost, and tells what PX4 does not take", () => {
    const b = bench([["NAV_DLL_ACT", 2]], { NAV_DLL_ACT: 0 }, false);
    for (let t = 0; t < 60_000; t += 100) b.technician.step(t, battery);
    expect(named(b.sent, "PARAM_REQUEST_READ")).toEqual([]);
    b.heartbeat();
    b.lose();
    for (let t = 60_000; t < 62_050; t += 100) b.technician.step(t, battery);
    expect(named(b.sent, "PARAM_REQUEST_READ").length).toBe(3);
    expect(b.refused).toEqual([]);
    b.answer();
    expect(b.technician.waiting).toBe(0);
    expect(b.refused).toEqual([["NAV_DLL_ACT", 2, 0]]);
  });

  it("hears its own PX4 alone", () => {
    const b = bench([["NAV_DLL_ACT", 2]], { NAV_DLL_ACT: 2 });
    b.heartbeat(1);
    expect(b.sent).toEqual([]);
    b.heartbeat();
    b.answer(1);
    expect(b.technician.waiting).toBe(1);
    expect(b.technician.mode).toBe("AUTO_LOITER");
  });

  it("is the battery, four times a second of run time", () => {
    const b = bench([], {});
    for (let t = 0; t < 1_000; t += 20) b.technician.step(t, battery);
    const fed = b.sent.filter((one) => one.name === "BATTERY_STATUS");
    expect(fed.length).toBe(4);
    expect(fed[0]).toMatchObject({ id: 0, batteryRemaining: 77, currentBattery: 1234 });
    expect(fed[0]?.voltages.slice(0, 7)).toEqual([3700, 3700, 3700, 3700, 3700, 3700, 65535]);
  });

  it("begins again with another PX4", () => {
    const b = bench([["NAV_DLL_ACT", 2]], { NAV_DLL_ACT: 2 });
    b.heartbeat();
    b.answer();
    expect(b.technician.waiting).toBe(0);
    b.technician.restart();
    expect(b.technician.waiting).toBe(1);
  });
});

describe("parameters of a real PX4", () => {
  it("are the type's speeds, and the site's own values win over them", () => {
    const set = Object.fromEntries(
      px4SiteParameters({ RTL_TYPE: { value: 0, why: "" }, MPC_XY_VEL_MAX: { value: 18, why: "" } }, quadType),
    );
    expect(set).toMatchObject({ RTL_TYPE: 0, MPC_XY_VEL_MAX: 18, MPC_Z_V_AUTO_UP: 5, MPC_TKO_SPEED: 3 });
  });

  it("switch off PX4's own battery at its start", () => {
    expect(px4StartParameters()).toMatchObject({ SIM_BAT_ENABLE: 0, CA_ROTOR0_PX: 0.27, CA_ROTOR1_PY: -0.27 });
  });
});
