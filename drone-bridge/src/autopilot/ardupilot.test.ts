import { MavCmd, message } from "@outrider/mavlink";
import { describe, expect, it } from "vitest";
import { doorOf, support } from "./index.js";

const copter = doorOf(3);
const here = { latDeg: 39.74, lonDeg: -104.99 };

describe("ArduPilot's door", () => {
  it("knows Copter by its custom modes", () => {
    expect([0, 3, 4, 5, 6, 9, 17, 21, 27, 99].map((mode) => copter.modeOf(mode))).toEqual([
      "manual",
      "mission",
      "goto",
      "position",
      "return",
      "land",
      "hold",
      "return",
      "return",
      "unknown",
    ]);
    expect(copter.modeName(6)).toBe("RTL");
  });

  it("reads parameters by value, not by their bytes", () => {
    const value = message("PARAM_VALUE", { paramId: "FENCE_ENABLE", paramType: 2, paramValue: 1 });
    expect(copter.paramValue(value)).toBe(1);
  });

  it("goes, climbs and turns by AMSL heights, and never to no place", () => {
    const goto = copter.goto({ point: here, altAmslM: 1_720 }, 12);
    expect(goto).toMatchObject({ command: MavCmd.DO_REPOSITION, form: "int", tries: 1 });
    expect(goto.params.slice(4)).toEqual([397_400_000, -1_049_900_000, 1_720]);
    expect(copter.changeHeight(1_700, here).params.slice(4)).toEqual([397_400_000, -1_049_900_000, 1_700]);
  });

  it("stands ready, and holds, in modes that obey no stick: there is no transmitter", () => {
    const loiter = 5;
    expect(copter.readyMode(loiter)?.params[1]).toBe(4);
    expect(copter.readyMode(4)).toBeUndefined();
    expect(copter.hold().params[1]).toBe(17);
    expect(copter.holdByMode().params[1]).not.toBe(loiter);
  });

  it("sends all that arms or moves once", () => {
    const target = { point: here, altAmslM: 1_700 };
    for (const door of [copter, doorOf(12)])
      for (const spec of [
        door.arm(),
        door.startMission(),
        door.goto(target, 5),
        door.orbit(target, 40, 5),
        door.land(),
        door.returnHome(),
        door.changeHeight(1_700, here),
        door.emergencyStop(),
      ])
        expect(spec.tries, spec.what).toBe(1);
  });

  it("takes its objection for a refusal", () => {
    expect(copter.takesBack("arm", "Arm: Compass not calibrated")).toBe(true);
    expect(copter.takesBack("arm", "EKF3 IMU0 is using GPS")).toBe(false);
  });
});

describe("the table of what is spoken", () => {
  it("names each thing once, and says why where something is not spoken", () => {
    const names = support.map((row) => `${row.service} ${row.item}`);
    expect(new Set(names).size).toBe(names.length);
    for (const row of support) if (row.px4 === "no") expect(row.note, row.item).not.toBe("");
  });
});
