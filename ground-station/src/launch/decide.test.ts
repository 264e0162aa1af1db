import type { GateResult } from "@outrider/contract";
import { describe, expect, it } from "vitest";
import { fleetRoom } from "../fleet/index.js";
import { decideLaunch, type LaunchCommand } from "./decide.js";
import type { Launch, Stage, StageKind } from "./launch.js";
import { launchRoom } from "./launch-room.js";
import { Bench } from "./testing/bench.js";

const bench = new Bench({}, [fleetRoom, launchRoom]);
bench.bridge.connect();
bench.signOn();
bench.alert("i1");
const found = bench.kernel.state(launchRoom).launches.get(bench.card().launchId);
if (found === undefined) throw new Error("no launch was proposed");
const launch: Launch = found;
const nowMs = launch.offer.proposedMs + 1_000;

const by = { kind: "person", personId: "p1", name: "Pilot One", role: "pic" } as const;
const pass: readonly GateResult[] = launch.gates.map((gate) => ({ ...gate, state: "pass" }));
const unknown: readonly GateResult[] = pass.map((gate, n) => (n === 0 ? { ...gate, state: "unknown" } : gate));
const blocked: readonly GateResult[] = pass.map((gate, n) => (n === 0 ? { ...gate, state: "block" } : gate));
const approval = { approvalId: "a1", version: 1, uid: launch.offer.choice.uid, validUntilMs: nowMs + 45_000, by };

/** Every stage that a launch can be in, so that none is forgotten where a command is refused. */
const stages: { readonly [K in StageKind]: Extract<Stage, { kind: K }> } = {
  proposed: { kind: "proposed" },
  approved: { kind: "approved", approval },
  openingDock: { kind: "openingDock", orderId: "o", approval },
  dockOpen: { kind: "dockOpen", approval },
  uploading: { kind: "uploading", orderId: "o", approval },
  planReady: { kind: "planReady", approval },
  arming: { kind: "arming", orderId: "o", approval },
  armed: { kind: "armed" },
  starting: { kind: "starting", orderId: "o" },
  climbing: { kind: "climbing" },
  enRoute: { kind: "enRoute" },
  onScene: { kind: "onScene" },
  returning: { kind: "returning", why: "x" },
  landed: { kind: "landed" },
  docked: { kind: "docked" },
  closed: { kind: "closed" },
  declined: { kind: "declined", reason: "x" },
  expired: { kind: "expired" },
  refused: { kind: "refused", reason: "x" },
  aborted: { kind: "aborted", reason: "x" },
};
const all = Object.values(stages);
const decided = all.filter((stage) => stage.kind !== "proposed");
const at = (stage: Stage): Launch => ({ ...launch, stage });

const { version, nonce } = launch.offer;
const { uid } = launch.offer.choice;
type Command<K extends LaunchCommand["kind"]> = Extract<LaunchCommand, { kind: K }>;
const given = { approvalId: "a1", validUntilMs: nowMs + 45_000 };
const approve: Command<"approve"> = { kind: "approve", version, nonce, uid, by, onWatch: true, gates: pass, ...given };
const decline: Command<"decline"> = { kind: "decline", version, reason: "no", by, onWatch: true };
const settle: Command<"settleGate"> = { kind: "settleGate", version, gate: "link", text: "looked", by };
const ends: Command<"windowEnds"> = { kind: "windowEnds", hindrance: undefined, gates: pass, ...given };
const veto: Launch = { ...launch, offer: { ...launch.offer, policy: { kind: "veto", seconds: 5 } } };

function codeOf(command: LaunchCommand, one: Launch | undefined, atMs = nowMs): string {
  const decision = decideLaunch(command, one, atMs);
  return decision.kind === "refused" ? decision.reason.code : `facts: ${decision.facts.map((fact) => fact.type)}`;
}

describe("a command for a launch is refused", () => {
  it.each<[string, LaunchCommand, Launch | undefined, number?]>([
    ["no-launch", approve, undefined],
    ["stale-version", { ...approve, version: version + 1 }, launch],
    ["stale-version", { ...decline, version: version + 1 }, launch],
    ["stale-version", { ...settle, version: version + 1 }, launch],
    ["wrong-nonce", { ...approve, nonce: "n_other" }, launch],
    ["wrong-aircraft", { ...approve, uid: "another" }, launch],
    ["expired", approve, launch, launch.offer.expiresAtMs],
    ["not-on-watch", { ...approve, onWatch: false }, launch],
    ["not-on-watch", { ...decline, onWatch: false }, launch],
    ["gate-blocks", { ...approve, gates: blocked }, launch],
    ["gate-unknown", { ...approve, gates: unknown }, launch],
    ["not-unknown", settle, { ...launch, gates: pass }],
    ["veto-stopped", { ...ends, hindrance: "The pilot is gone." }, veto, launch.offer.expiresAtMs],
    ["veto-stopped", { ...ends, gates: unknown }, veto, launch.offer.expiresAtMs],
    ["veto-stopped", { ...ends, gates: blocked }, veto, launch.offer.expiresAtMs],
  ])("as %s", (code, command, one, atMs) => {
    expect(codeOf(command, one, atMs)).toBe(code);
  });

  it.each(decided.map((stage) => stage.kind))("when it is no longer proposed but %s", (kind) => {
    const one = at(stages[kind]);
    for (const command of [approve, decline, settle]) expect(codeOf(command, one)).toBe("not-proposed");
  });

  it("as too late where an aircraft may fly, or the launch has ended: no new card takes its place", () => {
    const { version: _version, proposedMs: _proposedMs, ...offer } = launch.offer;
    const codes = all.map((stage) => [stage.kind, codeOf({ kind: "propose", offer }, at(stage))]);
    const before = ["proposed", "approved", "openingDock", "dockOpen", "uploading", "planReady"];
    for (const [kind, code] of codes)
      expect([kind, code]).toEqual([kind, before.includes(kind ?? "") ? "facts: LaunchProposed" : "too-late"]);
  });

  it("when somebody stops it and it has ended, or has landed", () => {
    const codes = Object.fromEntries(
      all.map((stage) => [stage.kind, codeOf({ kind: "abort", reason: "x", by }, at(stage))]),
    );
    for (const kind of ["closed", "declined", "expired", "refused", "aborted"]) expect(codes[kind]).toBe("ended");
    for (const kind of ["landed", "docked"]) expect(codes[kind]).toBe("landed");
    expect(codes["proposed"]).toBe("facts: LaunchRefused");
    for (const kind of ["approved", "openingDock", "dockOpen", "uploading", "planReady", "arming", "armed", "starting"])
      expect(codes[kind]).toBe("facts: LaunchAborted");
    for (const kind of ["climbing", "enRoute", "onScene"]) expect(codes[kind]).toBe("facts: Returning");
    expect(codes["returning"]).toBe("facts: ");
  });
});

describe("the end of a countdown", () => {
  it("does nothing before its time, or to a launch that is decided", () => {
    expect(codeOf(ends, veto, launch.offer.expiresAtMs - 1)).toBe("facts: ");
    for (const stage of decided) expect(codeOf(ends, { ...veto, stage }, launch.offer.expiresAtMs)).toBe("facts: ");
  });

  it("lapses a card that asked for a word, and launches a veto that nothing speaks against", () => {
    expect(codeOf(ends, launch, launch.offer.expiresAtMs)).toBe("facts: LaunchExpired");
    expect(codeOf(ends, veto, launch.offer.expiresAtMs)).toContain("VetoWindowElapsed,ControlTaken");
  });
});
