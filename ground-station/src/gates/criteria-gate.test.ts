import type { LaunchCriterion } from "@outrider/contract";
import { describe, expect, it } from "vitest";
import { preArmGate } from "./aircraft-gates.js";
import { type CriteriaMeasured, criteriaGate } from "./criteria-gate.js";

const criteria: LaunchCriterion[] = [
  { callTypes: ["SHOOT"], kinds: ["gunshot"], minUrgency: 7, minRealOf100: 30, text: "Shots: signed sensors." },
  { callTypes: ["SHOOT", "BURG"], minUrgency: 5, text: "Crimes in progress." },
];
const shots = { callType: "SHOOT", kind: "gunshot", urgency: 9, realOf100: 60 } as const;
const burglary = { callType: "BURG", kind: "call", urgency: 6, realOf100: undefined } as const;
const at = (...alerts: CriteriaMeasured["alerts"]) => criteriaGate({ criteria, alerts });

describe("launch criteria", () => {
  it("given a report that meets the agency's line, passes with its values and the agency's words", () => {
    expect(at(burglary)).toMatchObject({ state: "pass", measured: 6, limit: 5 });
    expect(at(shots)).toMatchObject({ state: "pass", measured: 60, limit: 30, unit: "of 100" });
    expect(at(shots).text).toBe(
      "SHOOT by gunshot: urgency 9 of 10, at least 7; 60 of 100 from this source were real, at least 30. Shots: signed sensors.",
    );
  });

  it("given too little urgency, a source that is seldom right, or a call that no line names, blocks and says the number", () => {
    expect(at({ ...burglary, urgency: 4.9 }).state).toBe("block");
    expect(at({ ...shots, realOf100: 29 })).toMatchObject({ state: "block", measured: 29, limit: 30 });
    expect(at({ ...shots, realOf100: 34 }).state).toBe("caution");
    expect(at({ ...burglary, callType: "CANINE" }).text).toContain("CANINE by call");
    expect(at().state).toBe("block");
  });

  it("given a source of which too few incidents have closed, needs a person", () => {
    expect(at({ ...shots, realOf100: undefined }).state).toBe("unknown");
  });

  it("given several reports, is met when one of them meets it", () => {
    expect(at({ ...burglary, callType: "CANINE" }, burglary).state).toBe("pass");
    expect(at({ ...shots, realOf100: undefined }, { ...burglary, urgency: 1 }).state).toBe("unknown");
  });

  it("given no criteria, is not known", () => {
    expect(criteriaGate({ criteria: undefined, alerts: [shots] }).state).toBe("unknown");
  });
});

describe("pre-arm check of the autopilot", () => {
  it("given what it says of itself, passes, blocks with its reason, and is unknown while it says nothing", () => {
    expect(preArmGate({ callSign: "OSPREY", ok: true, said: "old" }).state).toBe("pass");
    expect(preArmGate({ callSign: "OSPREY", ok: undefined, said: undefined }).state).toBe("unknown");
    expect(preArmGate({ callSign: "OSPREY", ok: false, said: "Preflight Fail: compass" })).toMatchObject({
      state: "block",
      text: 'OSPREY would refuse to arm: it says "Preflight Fail: compass".',
    });
    expect(preArmGate({ callSign: "OSPREY", ok: false, said: undefined }).text).toContain("has not said why");
  });
});
