import { int32FromParam } from "@outrider/mavlink";
import { describe, expect, it } from "vitest";
import { bench } from "./testing/ground-station.js";

describe("parameters", () => {
  const ask = (b: ReturnType<typeof bench>, paramId: string) => {
    const start = b.heard.length;
    b.send({ name: "PARAM_REQUEST_READ", targetSystem: 1, targetComponent: 1, paramId, paramIndex: -1 });
    return b.heard
      .slice(start)
      .map((h) => h.message)
      .find((m) => m.name === "PARAM_VALUE");
  };

  it("carries integers bytewise, −1 too, and reals as reals", () => {
    const b = bench();
    b.run(2);
    const act = ask(b, "NAV_DLL_ACT");
    expect(act).toMatchObject({ paramType: 6, paramId: "NAV_DLL_ACT" });
    expect(act && int32FromParam(act)).toBe(0);
    b.send({
      name: "PARAM_SET",
      targetSystem: 1,
      targetComponent: 1,
      paramId: "NAV_DLL_ACT",
      paramType: 6,
      paramValue: 2.802596928649634e-45,
    });
    const set = ask(b, "NAV_DLL_ACT");
    expect(set && int32FromParam(set)).toBe(2);
    const minus = ask(b, "COM_FLT_TIME_MAX");
    expect(minus && int32FromParam(minus)).toBe(-1);
    expect(ask(b, "RTL_RETURN_ALT")).toMatchObject({ paramType: 9, paramValue: 30 });
  });

  it("answers a wrong type with the old value, unknown names with silence, and checks no range", () => {
    const b = bench();
    b.run(2);
    b.send({
      name: "PARAM_SET",
      targetSystem: 1,
      targetComponent: 1,
      paramId: "NAV_DLL_ACT",
      paramType: 9,
      paramValue: 3,
    });
    const old = ask(b, "NAV_DLL_ACT");
    expect(old && int32FromParam(old)).toBe(0);
    expect(ask(b, "NO_SUCH_PARAM")).toBeUndefined();
    b.send({
      name: "PARAM_SET",
      targetSystem: 1,
      targetComponent: 1,
      paramId: "RTL_RETURN_ALT",
      paramType: 9,
      paramValue: -50,
    });
    expect(ask(b, "RTL_RETURN_ALT")?.paramValue).toBe(-50);
  });

  it("lists all in about a second with the hash last, and the hash changes with a value", () => {
    const b = bench();
    b.run(2);
    const start = b.heard.length;
    b.send({ name: "PARAM_REQUEST_LIST", targetSystem: 1, targetComponent: 1 });
    b.run(1.5);
    const values = b.heard.slice(start).flatMap(({ message: m }) => (m.name === "PARAM_VALUE" ? [m] : []));
    expect(values.length).toBe((values[0]?.paramCount ?? 0) + 1);
    expect(new Set(values.map((v) => v.paramId)).size).toBe(values.length);
    expect(values.at(-1)).toMatchObject({ paramId: "_HASH_CHECK", paramIndex: 65535, paramType: 5 });
    const before = ask(b, "_HASH_CHECK")?.paramValueBits;
    b.send({
      name: "PARAM_SET",
      targetSystem: 1,
      targetComponent: 1,
      paramId: "MPC_XY_CRUISE",
      paramType: 9,
      paramValue: 12,
    });
    expect(ask(b, "_HASH_CHECK")?.paramValueBits).not.toBe(before);
  });

  it("has every parameter of a first responder's set", () => {
    const b = bench();
    b.run(1);
    const names = [
      "NAV_DLL_ACT",
      "COM_DL_LOSS_T",
      "COM_FAIL_ACT_T",
      "COM_RC_IN_MODE",
      "NAV_RCL_ACT",
      "GF_ACTION",
      "GF_PREDICT",
      "GF_MAX_HOR_DIST",
      "GF_MAX_VER_DIST",
      "RTL_TYPE",
      "RTL_RETURN_ALT",
      "RTL_CONE_ANG",
      "RTL_DESCEND_ALT",
      "RTL_LAND_DELAY",
      "RTL_MIN_DIST",
      "RTL_TIME_FACTOR",
      "RTL_TIME_MARGIN",
      "COM_FLTT_LOW_ACT",
      "COM_LOW_BAT_ACT",
      "BAT_LOW_THR",
      "BAT_CRIT_THR",
      "BAT_EMERGEN_THR",
      "COM_ARM_BAT_MIN",
      "COM_WIND_WARN",
      "COM_WIND_MAX",
      "COM_WIND_MAX_ACT",
      "COM_ARM_WO_GPS",
      "COM_POS_LOW_EPH",
      "COM_POS_LOW_ACT",
      "EKF2_DRAG_CTRL",
      "NAV_TRAFF_AVOID",
      "COM_PARACHUTE",
      "CBRK_FLIGHTTERM",
      "MPC_XY_CRUISE",
      "MPC_XY_VEL_MAX",
      "MPC_TKO_SPEED",
      "MPC_Z_V_AUTO_UP",
      "MPC_Z_V_AUTO_DN",
      "NAV_ACC_RAD",
      "MIS_TKO_LAND_REQ",
      "COM_HOME_IN_AIR",
    ];
    expect(names.filter((name) => ask(b, name) === undefined)).toEqual([]);
  });
});
