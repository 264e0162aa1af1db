import { describe, expect, it } from "vitest";
import { type AircraftNow, type AlarmNow, wantedAlarms } from "./wanted.js";

const osprey: AircraftNow = {
  uid: "a1",
  callSign: "OSPREY",
  live: true,
  inAir: true,
  link: "live",
  failsafe: undefined,
  returnsAfterS: 12,
  foreignStations: 0,
  otherControl: undefined,
  changedByOther: [],
  gimbalsTaken: [],
  sysidShared: false,
  doubt: undefined,
  turnInS: 600,
  returning: false,
  picName: "P",
  presenceS: 1,
  cancelled: false,
  unconfirmed: undefined,
  abortedMayBeArmed: false,
  landedAwayS: 0,
  noDock: false,
};
const now: AlarmNow = {
  bridgeUp: true,
  everUp: true,
  aircraft: [osprey],
  docks: [],
  graceS: 20,
  unread: [],
  limits: [],
  traffic: [],
  restrictions: [],
  floods: [],
  unidentified: [],
  ourIdsAt: undefined,
  forged: undefined,
};
const lost = (aircraft: readonly AircraftNow[]) =>
  wantedAlarms({ ...now, bridgeUp: false, aircraft }).find((one) => one.cause === "bridgeLost")?.consequence;

describe("what the alarms say", () => {
  it("given a lost bridge, tells both ends of the span: by the aircraft's own parameter, and with the bridge's grace", () => {
    expect(lost([osprey])).toBe(
      "They turn for home by themselves 12 to 32 s after contact was lost: 12 if the bridge itself is down, 32 if only the way to it is.",
    );
    expect(lost([osprey, { ...osprey, uid: "a2", callSign: "HERON", returnsAfterS: 17 }])).toContain("12 to 37 s");
  });

  it("given an aircraft whose settings were not read back as wanted, does not promise that it comes home", () => {
    const heron = { ...osprey, uid: "a2", callSign: "HERON", returnsAfterS: undefined };
    expect(lost([heron])).toBe("What HERON will do by itself is not proven.");
    expect(lost([osprey, heron])).toMatch(/12 to 32 s .* What HERON will do by itself is not proven\.$/);
    const linkLost = wantedAlarms({ ...now, aircraft: [{ ...heron, link: "lost" }] });
    expect(linkLost[0]?.consequence).toBe("What it does by itself is not proven.");
  });

  it("given a source that floods, says which, how much is usual, and that nothing of it launches by itself", () => {
    const [alarm] = wantedAlarms({ ...now, floods: [{ sourceId: "cad 1", perMinute: 60 }] });
    expect(alarm).toMatchObject({ cause: "flood", subject: "cad_1", level: "caution", about: "cad 1" });
    expect(alarm?.text).toContain("60 reports a minute");
  });

  it("given another station that flies an aircraft, or changed what it carries, warns while it is so and in flight", () => {
    const causes = (one: Partial<AircraftNow>) =>
      wantedAlarms({ ...now, aircraft: [{ ...osprey, ...one }] }).map(({ cause, level }) => `${level} ${cause}`);
    expect(causes({ otherControl: "it accepted NAV_LAND, which is not ours" })).toEqual(["warning otherControl"]);
    expect(causes({ changedByOther: ["fence"] })).toEqual(["warning planChanged"]);
    expect(causes({ gimbalsTaken: ["system 77, component 190 has its gimbal"] })).toEqual(["caution gimbalTaken"]);
    expect(causes({ otherControl: "x", live: false })).toEqual([]);
    expect(causes({})).toEqual([]);
  });

  it("given an autopilot that does not say who it is, says where, that it gets no order and what helps", () => {
    const at = { endpoint: "udp-server:14550 10.0.0.7:14550", sysid: 3, reason: "silent" as const, uid: undefined };
    const alarm = (more: object, ours = [osprey]) =>
      wantedAlarms({ ...now, aircraft: ours, unidentified: [{ ...at, ...more }] })[0];
    expect(alarm({})).toMatchObject({ cause: "unidentified", level: "caution", about: "Bridge" });
    expect(alarm({})?.subject).toMatch(/^[\w.-]+$/);
    expect(alarm({})?.text).toContain("system id 3 does not say who it is (udp-server:14550 10.0.0.7:14550)");
    expect(alarm({})?.consequence).toMatch(/^It gets no order\. .*switch it off and on/);
    expect(alarm({ reason: "noUid" })).toMatchObject({
      cause: "noUid",
      consequence: expect.stringContaining("firmware"),
    });
    expect(alarm({ uid: "a1" })).toMatchObject({ level: "warning", about: "OSPREY" });
    expect(alarm({ uid: "a1" }, [{ ...osprey, live: false }])?.level).toBe("caution");
    const clone = alarm({ uid: "a1", reason: "uidTaken" });
    expect(clone?.text).toContain("system id 3 tells the unique id of OSPREY");
    expect(clone?.consequence).toContain("Switch it off");
  });

  it("given two with one system id, says so of each, and louder of one in flight", () => {
    const shared = { ...osprey, sysidShared: true };
    const levels = wantedAlarms({
      ...now,
      aircraft: [shared, { ...shared, uid: "a2", callSign: "HERON", live: false }],
    });
    expect(levels.map(({ cause, about, level }) => `${level} ${cause} ${about}`)).toEqual([
      "warning sysidShared OSPREY",
      "caution sysidShared HERON",
    ]);
  });

  it("given an aircraft that turned over, does not say that it can be taken over, but what is in danger", () => {
    const consequence = (failsafe: string) =>
      wantedAlarms({ ...now, aircraft: [{ ...osprey, failsafe }] })[0]?.consequence;
    expect(consequence("Low battery")).toContain("you can take over");
    expect(consequence("out of control: roll 118°, pitch 38°; Attitude failure")).toMatch(/^No order .*emergency stop/);
  });

  it("given a station that uses our ids, says where", () => {
    const wanted = wantedAlarms({ ...now, ourIdsAt: "udp 10.0.0.9:14550" });
    expect(wanted).toMatchObject([{ cause: "ourIds", level: "warning", text: expect.stringContaining("10.0.0.9") }]);
    expect(wantedAlarms({ ...now, aircraft: [], ourIdsAt: "x" })[0]?.level).toBe("caution");
  });

  it("given an order that was not ours, warns, says what was ordered, and that it was not done", () => {
    const [alarm] = wantedAlarms({ ...now, forged: { verb: "arm", reason: "signed by another key." } });
    expect(alarm).toMatchObject({ cause: "forgedOrder", level: "warning", text: expect.stringContaining("arm") });
    expect(alarm?.consequence).toContain("not carried out");
  });

  it("given a warning of the turn, keeps it while the estimate trembles round its limit", () => {
    const energy = (turnInS: number, turnWarned: boolean) =>
      wantedAlarms({ ...now, aircraft: [{ ...osprey, turnInS, turnWarned }] }).map((one) => one.cause);
    expect(energy(121, false)).toEqual([]);
    expect(energy(119, false)).toEqual(["energySoon"]);
    expect(energy(150, true)).toEqual(["energySoon"]);
    expect(energy(200, true)).toEqual([]);
  });

  it("given another aircraft that comes too near, says who and what was agreed, at the level of the conflict", () => {
    const conflict = { uid: "a1", trafficId: "~a0bb01", text: "OSPREY: N1 near.", suggestion: "Agreed: hold." };
    const wanted = wantedAlarms({ ...now, traffic: [{ ...conflict, level: "warning" }] });
    expect(wanted).toMatchObject([
      { cause: "traffic", subject: "a1._a0bb01", level: "warning", about: "OSPREY", consequence: "Agreed: hold." },
    ]);
  });
  it("given a flight restriction, is one alarm each for being in it, near it, and having it on the way home", () => {
    const one = { uid: "a1", notam: "FDC 6/0421", text: "OSPREY is inside TFR FDC 6/0421." };
    const said = (relation: "inside" | "ahead" | "wayHome") =>
      wantedAlarms({ ...now, restrictions: [{ ...one, relation }] }).map(
        ({ cause, subject, level }) => `${level} ${cause} ${subject}`,
      );
    expect([said("inside"), said("ahead"), said("wayHome")].flat()).toEqual([
      "warning inRestriction a1.FDC_6_0421",
      "warning restrictionAhead a1.FDC_6_0421",
      "caution restrictionOnWayHome a1.FDC_6_0421",
    ]);
  });
  it("given a card that its unit has not read, stands until it is read", () => {
    const card = { adviceId: "ad1", unit: "3A12", text: "3A12 has not read the card: call 3A12 by radio." };
    const wanted = wantedAlarms({ ...now, aircraft: [], unread: [card] });
    expect(wanted).toMatchObject([{ cause: "adviceUnread", subject: "ad1.3A12", level: "caution", about: "3A12" }]);
    expect(wantedAlarms({ ...now, aircraft: [], unread: [] })).toEqual([]);
  });
});
