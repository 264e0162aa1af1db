import { newFact } from "@outrider/contract";
import { isPreparing, type Launch, launchRoom, stageLimitsS } from "@outrider/ground-station";
import { describe, expect, it } from "vitest";
import { Automaton } from "./automaton.js";
import { canonical, swapped } from "./canonical.js";
import { noGhost } from "./ghost.js";
import { freeMoves, gatedMoves, type Move, stepMoves, wholeSize } from "./moves.js";
import { factAt, gates, person, system } from "./offers.js";
import { LAUNCH, NOW_MS, type Single, SingleRules, shipped } from "./single.js";
import { walkLaunches } from "./walk-launches.js";

/** Everything that the canonical form drops or renames, given another value: what no rule may notice. */
function scattered({ launch, ghost }: Single): Single {
  if (launch === undefined) return { launch, ghost };
  const { stage, offer } = launch;
  const card = stage.kind === "proposed";
  const shiftMs = 17_000;
  const own = "approval" in stage ? stage.approval : undefined;
  const limited = stageLimitsS[stage.kind] !== undefined;
  const moved = (atMs: number): number => (atMs > NOW_MS ? atMs + shiftMs : atMs - shiftMs);
  const grant = (id: string): string => (id === "a" ? "approval-9" : "approval-8");
  const changed: Launch = {
    ...launch,
    offer: {
      ...offer,
      version: offer.version + 6,
      nonce: "another",
      ruleText: "another",
      proposedMs: 5,
      expiresAtMs: card ? moved(offer.expiresAtMs) : NOW_MS - 3,
      policy: card ? offer.policy : { kind: "veto", seconds: 3 },
    },
    gates: card ? launch.gates : gates("block"),
    sinceMs: limited && launch.sinceMs < NOW_MS ? launch.sinceMs - shiftMs : launch.sinceMs,
    stage: scatteredStage(launch, grant, moved),
    picId: "Q",
    picName: "Q",
    airborneMs: 5,
    landedMs: 6,
    unconfirmed: "something",
  };
  const { approval } = ghost;
  const kept =
    approval === undefined
      ? undefined
      : {
          ...approval,
          id: approval.id === own?.approvalId ? grant("a") : grant("b"),
          version: approval.version === 1 ? offer.version + 6 : 2,
          validUntilMs: moved(approval.validUntilMs),
        };
  return { launch: changed, ghost: { ...ghost, approval: kept } };
}

function scatteredStage(
  launch: Launch,
  grant: (id: string) => string,
  moved: (atMs: number) => number,
): Launch["stage"] {
  const { stage, offer } = launch;
  if (stage.kind === "returning") return { ...stage, why: "another" };
  if ("reason" in stage) return { ...stage, reason: "another" };
  if (!("approval" in stage)) return "orderId" in stage ? { ...stage, orderId: "order-9" } : stage;
  const approval = {
    ...stage.approval,
    approvalId: grant(stage.approval.approvalId),
    version: stage.approval.version === 1 ? offer.version + 6 : 2,
    validUntilMs: isPreparing(launch) ? moved(stage.approval.validUntilMs) : NOW_MS - 9,
    by: person("Q"),
  };
  return "orderId" in stage ? { ...stage, orderId: "order-9", approval } : { ...stage, approval };
}

/** What is no longer read at this stage, turned over: only such flags as the canonical form has put back. */
function turnedOver(single: Single): Single {
  const { launch } = single;
  if (launch === undefined) return single;
  const here = canonical(single).key;
  const flags = ["level", "camera", "orbit", "return", "divert"] as const;
  let now = launch;
  for (const flag of flags) {
    const tried = { ...now, ordered: { ...now.ordered, [flag]: !now.ordered[flag] } };
    if (canonical({ ...single, launch: tried }).key === here) now = tried;
  }
  for (const flag of ["handFlown", "cameraOnTarget"] as const) {
    const tried = { ...now, [flag]: !now[flag] };
    if (canonical({ ...single, launch: tried }).key === here) now = tried;
  }
  for (const returnDockId of ["dock-A", "dock-B"])
    if (returnDockId !== now.returnDockId) {
      const tried = { ...now, returnDockId };
      if (canonical({ ...single, launch: tried }).key === here) now = tried;
    }
  const turned = { ...single, launch: now };
  // Of a launch that is over not even the aircraft matters.
  return canonical(swapped(turned)).key === here ? swapped(turned) : turned;
}

const rules = new SingleRules(shipped);

function* everything(single: Single): Iterable<Move> {
  yield* freeMoves(rules, single, wholeSize);
  for (const busy of [false, true]) yield* gatedMoves(rules, single, { busy }, wholeSize);
  for (const a of [false, true])
    for (const b of [false, true])
      for (const busy of [false, true]) yield* stepMoves(rules, single, { doors: { A: a, B: b }, busy, twin: busy });
}

/** All answers of all deciders, as what they lead to. */
function answersOf(automaton: Automaton, single: Single): string[] {
  const moves = [...everything(single)].map(
    (move) => `${move.label} > ${canonical(move.single).key} > ${move.breach ?? ""} > ${move.told.length}`,
  );
  const heard = automaton.events.map(({ label, fact }) => {
    const moved = rules.hear(single, fact);
    return `${label} > ${canonical(moved.single).key} > ${moved.breach ?? ""}`;
  });
  return [...moves, ...heard];
}

/** Every how many-th state is asked; all of them take a minute. */
const EVERY = 19;

describe("the canonical state", { timeout: 60_000 }, () => {
  const automaton = new Automaton(wholeSize, shipped);
  walkLaunches("one launch", automaton, 1);
  const sample = Array.from({ length: Math.floor(automaton.found / EVERY) }, (_, at) => automaton.state(at * EVERY));

  it("drops only what no rule reads: with other values for it every decider answers alike", () => {
    for (const single of sample) {
      const wild = turnedOver(scattered(single));
      expect(canonical(wild).key).toBe(canonical(single).key);
      expect(answersOf(automaton, wild)).toEqual(answersOf(automaton, single));
    }
  });

  it("stands for itself, and twice exchanged is the same again", () => {
    for (const single of sample) {
      const { key, single: tidy } = canonical(single);
      expect(canonical(tidy).key).toBe(key);
      expect(canonical(swapped(canonical(swapped(single)).single)).key).toBe(key);
    }
  });

  it("has the same way on after the two aircraft are exchanged", () => {
    for (const single of sample) {
      const there = [...freeMoves(rules, single, wholeSize)].map((move) => canonical(swapped(move.single)).key);
      const mirrored = canonical(swapped(single)).single;
      const here = [...freeMoves(rules, mirrored, wholeSize)].map((move) => canonical(move.single).key);
      expect(new Set(here)).toEqual(new Set(there));
    }
  });

  it("of one launch changes with what is said of it and of its aircraft, whatever launch stands beside it", () => {
    for (const [at, single] of sample.entries()) {
      const other = sample[(at * 31 + 7) % sample.length]?.launch;
      const { launch } = single;
      if (launch === undefined || other === undefined) continue;
      const beside = { ...other, launchId: "M", offer: { ...other.offer, launchId: "M" } };
      const both = {
        ...launchRoom.initial(),
        launches: new Map([
          ["M", beside],
          [LAUNCH, launch],
        ]),
      };
      for (const { fact, label } of automaton.events) {
        const after = launchRoom.evolve(both, factAt(fact, NOW_MS)).launches;
        const alone = rules.apply(single, fact).launch;
        const otherAlone = rules.apply({ ...single, launch: other }, fact).launch;
        expect([label, keyOf(after.get(LAUNCH))]).toEqual([label, keyOf(alone)]);
        expect([label, keyOf(after.get("M"))]).toEqual([label, keyOf(otherAlone)]);
      }
      const { uid } = launch.offer.choice;
      const order = newFact("OrderIssued", { orderId: "o9", uid, act: { verb: "arm" }, launchId: LAUNCH }, system);
      expect(launchRoom.evolve(both, factAt(order, NOW_MS)).launches.get("M")).toBe(beside);
    }
  });
});

const keyOf = (launch: Launch | undefined): string => canonical({ launch, ghost: noGhost }).key;
