import type { Actor, CameraAim, Fact, FixedCameraConfig, NewFact } from "@outrider/contract";
import { describe, expect, it } from "vitest";
import { decideTurn, type TurnCommand, type TurnDecision, type TurnView } from "./decide-turn.js";
import { type TurnState, turnRoom } from "./turn-room.js";

const t0 = 1_790_000_000_000;
const person = (personId: string): Actor => ({ kind: "person", personId, name: personId.toUpperCase(), role: "rtcc" });
const point = { latDeg: 39.74, lonDeg: -104.99 };
const config = {
  ...{ cameraId: "cam", name: "Corner", kind: "camera", point, heightAglM: 7 },
  ...{ azimuthDeg: 90, pitchDeg: -12, hfovDeg: 80, rangeM: 130, shared: true, ptz: true },
} as const satisfies FixedCameraConfig;
const aim: CameraAim = { azimuthDeg: 200, pitchDeg: -20, hfovDeg: 40 };

const view = (over: Partial<TurnView> = {}): TurnView => ({
  nowMs: t0,
  heldMs: 10_000,
  config,
  cannot: undefined,
  present: { azimuthDeg: 100, pitchDeg: -10, hfovDeg: 40 },
  zoomMax: 20,
  home: { azimuthDeg: 90, pitchDeg: -12, hfovDeg: 80 },
  presets: [
    { preset: "p1", name: "Gate", aim },
    { preset: "p2", name: "Yard", aim: undefined },
  ],
  zonesConfigured: true,
  aimAt: () => aim,
  outOfReach: () => undefined,
  zoneAtPlace: () => undefined,
  zoneAtAim: () => undefined,
  ...over,
});
const look: TurnCommand["wish"] = { verb: "look", point };
const command = (wish: TurnCommand["wish"], who = "ann", turnId = "t2"): TurnCommand => ({
  ...{ turnId, cameraId: "cam", wish },
  by: person(who),
});
const apply = (state: TurnState, facts: readonly NewFact[], tMs: number): TurnState =>
  facts.reduce(
    (now, fact, i) => turnRoom.evolve(now, { ...fact, seq: i + 1, id: "f", tMs, prov: "sim" } as Fact),
    state,
  );
/** After one turn by somebody, so long ago. */
function turnedBy(who: string, agoMs: number, end?: "turned" | "refused"): TurnState {
  const first = decideTurn(command(look, who, "t1"), new Map(), view());
  const asked = apply(new Map(), first.facts, t0 - agoMs);
  if (end === undefined) return asked;
  const data = {
    turnId: "t1",
    cameraId: "cam",
    name: "Corner",
    towards: { kind: "place", point },
    reason: "",
  } as const;
  return apply(asked, [{ type: "CameraTurned", data: { ...data, outcome: end }, by: person(who) }], t0 - agoMs);
}
const reasonOf = (decision: TurnDecision): string => (decision.kind === "refused" ? decision.reason : "decided");
const typesOf = ({ facts }: TurnDecision): string[] =>
  facts.map(({ type, data }) => (type === "CameraTurned" ? `${type} ${data.outcome}` : type));

describe("turning a fixed camera", () => {
  it("given nobody has turned it, when it is to look at a place, then the fact stands before the order, with the name", () => {
    const decision = decideTurn(command({ ...look, incidentId: "i1" }), new Map(), view());
    expect(decision).toMatchObject({ kind: "decided", order: { kind: "aim", aim } });
    expect(decision.facts).toEqual([
      {
        type: "CameraTurnAsked",
        data: {
          turnId: "t2",
          cameraId: "cam",
          name: "Corner",
          towards: { kind: "place", point },
          incidentId: "i1",
          aim,
        },
        by: person("ann"),
      },
    ]);
  });

  it("given another turned it a moment ago, when it is turned, then it is asked who holds it, and taken over by a word", () => {
    const held = turnedBy("bob", 9_000, "turned");
    expect(decideTurn(command(look), held, view())).toMatchObject({ kind: "refused", heldBy: "BOB" });
    expect(reasonOf(decideTurn(command(look), held, view()))).toBe("Held by BOB, who turned it 9 s ago.");
    expect(decideTurn(command({ ...look, takeOver: true }), held, view()).kind).toBe("decided");
    expect(decideTurn(command(look, "bob"), held, view()).kind).toBe("decided");
    expect(decideTurn(command(look), turnedBy("bob", 10_000, "turned"), view()).kind).toBe("decided");
    expect(decideTurn(command(look), turnedBy("bob", 9_000, "refused"), view()).kind).toBe("decided");
    // Times of a run that was left: not held into all of the new one.
    expect(decideTurn(command(look), turnedBy("bob", -60_000, "turned"), view()).kind).toBe("decided");
  });

  it("given a turn under way, when the next one comes, then the first is told as overtaken and steps add up", () => {
    const decision = decideTurn(
      command({ verb: "step", right: 1, up: 0, nearer: 0 }, "bob"),
      turnedBy("bob", 500),
      view(),
    );
    expect(typesOf(decision)).toEqual(["CameraTurned superseded", "CameraTurnAsked"]);
    expect(decision).toMatchObject({ order: { aim: { azimuthDeg: 210, pitchDeg: -20 } } });
  });

  it("refuses with the reason and records the refusal with the name", () => {
    const step = { verb: "step", right: 0, up: 0, nearer: 1 } as const;
    const cases: readonly [string, TurnCommand["wish"], Partial<TurnView>][] = [
      ["Corner does not turn.", look, { cannot: "Corner does not turn." }],
      ["It would look into the privacy zone School.", look, { zoneAtPlace: () => "School" }],
      ["It would look into the privacy zone School.", step, { zoneAtAim: () => "School" }],
      ["It tells no direction for this preset, which may lie in a privacy zone.", { verb: "preset", preset: "p2" }, {}],
      ["It has no such preset.", { verb: "preset", preset: "p9" }, {}],
      ["Where it looks now is not known.", step, { present: undefined }],
      ["How far it zooms is not known.", step, { zoomMax: undefined }],
      ["It does not tilt that far.", look, { outOfReach: () => "It does not tilt that far." }],
    ];
    for (const [reason, wish, over] of cases) {
      const decision = decideTurn(command(wish), new Map(), view(over));
      expect([reasonOf(decision), ...typesOf(decision)]).toEqual([reason, "CameraTurned refused"]);
      expect(decision.facts[0]?.by).toEqual(person("ann"));
      // A refusal is nobody's hand on the camera.
      expect(apply(new Map(), decision.facts, t0).size).toBe(0);
    }
    expect(
      decideTurn(command({ verb: "preset", preset: "p2" }), new Map(), view({ zonesConfigured: false })).kind,
    ).toBe("decided");
  });

  it("is away until it was seen to be home, or the camera refused to go", () => {
    const away = (state: TurnState) => state.get("cam")?.away;
    expect(away(turnedBy("bob", 0))).toBe(true);
    expect(away(turnedBy("bob", 0, "refused"))).toBe(false);
    const home = decideTurn(command({ verb: "home" }, "bob"), turnedBy("bob", 0, "turned"), view());
    const going = apply(turnedBy("bob", 0, "turned"), home.facts, t0);
    expect(away(going)).toBe(true);
    const end = (outcome: "turned" | "unconfirmed"): NewFact => ({
      type: "CameraTurned",
      data: { turnId: "t2", cameraId: "cam", name: "Corner", towards: { kind: "home" }, outcome, reason: "" },
      by: person("bob"),
    });
    expect([away(apply(going, [end("turned")], t0)), away(apply(going, [end("unconfirmed")], t0))]).toEqual([
      false,
      true,
    ]);
  });
});
