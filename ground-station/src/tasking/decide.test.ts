import { describe, expect, it } from "vitest";
import type { Control, ControlState } from "./control-room.js";
import { type ControlCommand, type ControlView, decideControl, OFFER_STANDS_MS, STALE_MS } from "./decide-control.js";
import { decideFly, type FlyBody, type FlyView } from "./decide-fly.js";

const uid = "u1";
const one = { kind: "person", personId: "p1", name: "Pilot One", role: "pic" } as const;
const two = { kind: "person", personId: "p2", name: "Pilot Two", role: "pic" } as const;
const nowMs = 1_000_000;
const control: Control = {
  ...{ uid, picId: "p1", picName: "Pilot One" },
  ...{ offer: undefined, camera: undefined, calledHome: false },
};
const place = { latDeg: 37.77, lonDeg: -122.45 };

function flyView(over: Partial<FlyView> = {}): FlyView {
  return {
    ...{ personId: "p1", onWatch: true, control, callSign: "OSPREY", armed: true, inAir: true, linkLost: false },
    ...{ doubt: undefined, at: { point: place, altAmslM: 80 }, cruiseMps: 15, orbitRadiusM: 45, orbitMps: 6 },
    privacyZone: () => undefined,
    check: () => ({ kind: "fly", altAmslM: 90, groundAmslM: 30 }),
    ...over,
  };
}

const moves: readonly FlyBody[] = [
  { verb: "goto", point: place, altAglM: 60 },
  { verb: "orbit", point: place },
  { verb: "changeHeight", altAglM: 60 },
];
const always: readonly FlyBody[] = [{ verb: "hold" }, { verb: "return" }, { verb: "land" }, { verb: "releaseStick" }];
const needsControl: readonly FlyBody[] = [...moves, { verb: "takeStick" }, { verb: "emergencyStop", twoKeys: true }];
const refusalOf = (body: FlyBody, view: FlyView): string => {
  const decision = decideFly(body, view);
  return decision.kind === "refused" ? decision.reason : `order ${decision.act.verb}`;
};

describe("a pilot's flying act", () => {
  it.each(always)(
    "$verb asks only who asks: no watch, no link, no position, no control of anybody is in its way",
    (body) => {
      const worst = { onWatch: false, linkLost: true, doubt: "jump", at: undefined, inAir: false, control: undefined };
      expect(refusalOf(body, flyView(worst))).toBe(`order ${body.verb}`);
      expect(refusalOf(body, flyView({ personId: "p2" }))).toMatch(/^Pilot One has control/);
    },
  );

  it.each(needsControl)("$verb is refused without control, and without a watch", (body) => {
    expect(refusalOf(body, flyView({ control: undefined }))).toMatch(/do not have control/);
    expect(refusalOf(body, flyView({ personId: "p2" }))).toMatch(/^Pilot One has control/);
    expect(refusalOf(body, flyView({ onWatch: false }))).toMatch(/not on watch/);
  });

  it.each<[string, boolean, boolean, string]>([
    ["armed on the ground", true, false, "order emergencyStop"],
    ["in the air", true, true, "order emergencyStop"],
    ["in the air though it says it is not armed", false, true, "order emergencyStop"],
    ["disarmed on the ground", false, false, "OSPREY is not armed."],
  ])("emergency stop, %s", (_what, armed, inAir, said) => {
    expect(
      refusalOf({ verb: "emergencyStop", twoKeys: true }, flyView({ armed, inAir, linkLost: true, doubt: "jump" })),
    ).toBe(said);
  });

  it.each([...moves, { verb: "takeStick" } as const])(
    "$verb is refused on the ground, with no place, and with no link",
    (body) => {
      expect(refusalOf(body, flyView({ inAir: false }))).toMatch(/not in the air/);
      expect(refusalOf(body, flyView({ at: undefined }))).toMatch(/not in the air/);
      expect(refusalOf(body, flyView({ linkLost: true }))).toMatch(/^No contact/);
    },
  );

  it.each(moves)(
    "$verb is refused where its position is doubted, while the sticks are not; and where the place is not clear",
    (body) => {
      const doubted = flyView({ doubt: "GNSS and estimate are 40 m apart" });
      expect(refusalOf(body, doubted)).toMatch(/40 m apart/);
      expect(refusalOf({ verb: "takeStick" }, doubted)).toBe("order takeStick");
      const shut = flyView({ check: () => ({ kind: "refused", reason: "That is outside the fence." }) });
      expect(refusalOf(body, shut)).toBe("That is outside the fence.");
      expect(refusalOf(body, flyView())).toBe(`order ${body.verb}`);
    },
  );
});

describe("a place in a privacy zone", () => {
  const yard = flyView({ privacyZone: () => "School yard" });
  it.each([
    { verb: "goto", point: place },
    { verb: "orbit", point: place },
  ] as const)("is refused to $verb without a reason, and with one the zone goes on record", (body) => {
    expect(refusalOf(body, yard)).toBe("That is in the privacy zone School yard.");
    expect(decideFly({ ...body, privacyReason: "danger" }, yard)).toMatchObject({
      kind: "order",
      zone: { zone: "School yard", reason: "danger" },
    });
  });

  it("asks nothing of who changes height over it, or flies elsewhere with a reason left over", () => {
    expect(refusalOf({ verb: "changeHeight", altAglM: 60 }, yard)).toBe("order changeHeight");
    const free = decideFly({ verb: "goto", point: place, privacyReason: "danger" }, flyView());
    expect(free).not.toHaveProperty("zone");
  });
});

function controlSaid(command: ControlCommand, had: Control | undefined, over: Partial<ControlView> = {}): string {
  const controls: ControlState["controls"] = new Map(had === undefined ? [] : [[uid, had]]);
  const view = { nowMs, onWatch: () => true, presenceAgeMs: () => 0, inUse: true, ...over };
  const decision = decideControl(command, { controls, asks: new Map() }, view);
  return decision.kind === "refused" ? decision.reason : decision.facts.map((fact) => fact.type).join();
}

describe("control of an aircraft", () => {
  const take = { kind: "take", uid, by: two } as const;
  const offer = { kind: "offer", uid, by: one, to: "p2", toName: "Pilot Two", text: "" } as const;
  const accept = { kind: "accept", uid, by: two } as const;
  const giveBack = { kind: "returnCamera", uid, by: two } as const;
  const lastMoment = { to: "p2", toName: "Pilot Two", from: "p1", text: "", atMs: nowMs - OFFER_STANDS_MS };
  const offered: Control = { ...control, offer: lastMoment };
  const shared: Control = { ...control, camera: { personId: "p3", name: "Operator" } };
  const off = { onWatch: () => false };

  it.each<[string, string | RegExp, ControlCommand, Control | undefined, Partial<ControlView>?]>([
    ["is not taken off watch", /on watch/, take, undefined, off],
    ["is not taken of what stands in its dock", /stands in its dock/, take, undefined, { inUse: false }],
    ["is taken of what nobody has", "ControlTaken", take, undefined],
    ["is not taken twice", /already/, { ...take, by: one }, control],
    ["is not taken from who is there", /at the screen/, take, control, { presenceAgeMs: () => STALE_MS - 1 }],
    ["is taken from who has left the screen", "ControlTaken", take, control, { presenceAgeMs: () => STALE_MS }],
    ["is taken from who has left the watch", "ControlTaken", take, control, { onWatch: (id) => id === "p2" }],
    ["is not offered by who does not have it", /do not have control/, { ...offer, by: two }, control],
    ["is not offered where nobody has it", /do not have control/, offer, undefined],
    ["is not offered to oneself", /already/, { ...offer, to: "p1" }, control],
    ["is not offered to who is off watch", /not on watch/, offer, control, off],
    ["is offered", "ControlOffered", offer, control],
    ["is not accepted unasked", /not offered to you/, accept, control],
    ["is not accepted by another", /not offered to you/, { ...accept, by: one }, offered],
    ["is not accepted off watch", /on watch/, accept, offered, off],
    ["is not accepted too late", /lapsed/, accept, offered, { nowMs: nowMs + 1 }],
    ["is accepted", "ControlGiven", accept, offered],
    ["of the camera is not given back by who never had it", /do not hold/, giveBack, shared],
    ["of the camera is not given back where nobody has it", /Nobody else/, giveBack, control],
    ["of the camera is taken back by its pilot", "CameraReturned", { ...giveBack, by: one }, shared],
  ])("%s", (_what, said, command, had, over) => {
    if (typeof said === "string") expect(controlSaid(command, had, over)).toBe(said);
    else expect(controlSaid(command, had, over)).toMatch(said);
  });
});
