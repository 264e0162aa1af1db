import type { Chance, Clock, LaunchView, RoomViews } from "@outrider/contract";
import type { RoomView, StormUser } from "./storm-user.js";

type Pilot = RoomViews["pilot"];
type Fleet = RoomViews["fleet"];

const proposedMark = '"phase":"proposed"';
/** Marks of what is looked for: within a text of the view their quotation marks would be escaped. */
const onWatchMark = '"watch":{';
const flownMarks = ['"phase":"docked"', '"phase":"landed"'] as const;
const proposedCard =
  /"launchId":"([^"]+)","incidentId":"[^"]+","incidentTitle":"[^"]*","placeLabel":"[^"]*","phase":"proposed","version":(\d+)/g;

/**
 * A pilot as pilots are: mostly approves, sometimes declines, hesitates, presses twice, answers a card that has
 * changed, walks away, takes over, sends home. Whatever he does, the invariants must hold.
 */
export class PilotBot {
  readonly #user: StormUser;
  readonly #clock: Clock;
  readonly #chance: Chance;
  readonly #aboutToApprove: () => void;
  readonly #answered = new Set<string>();
  #pilotRoom: RoomView | undefined;
  #fleetRoom: RoomView | undefined;

  constructor(user: StormUser, clock: Clock, chance: Chance, aboutToApprove: () => void = () => undefined) {
    this.#aboutToApprove = aboutToApprove;
    this.#user = user;
    this.#clock = clock;
    this.#chance = chance;
  }

  start(): void {
    this.#clock.after(3_000 + this.#chance.unit() * 5_000, () => this.#live());
  }

  onReady(): void {
    this.#user.join(`pilot:${this.#user.personId}`);
    this.#user.join("fleet");
    this.#user.join("incidents");
  }

  // The station sends each room its own view; the name says which.
  get #pilot(): Pilot | undefined {
    return this.#pilotRoom?.parsed as Pilot | undefined;
  }

  get #fleet(): Fleet | undefined {
    return this.#fleetRoom?.parsed as Fleet | undefined;
  }

  onRoom(room: string, view: RoomView): void {
    if (room === "fleet") this.#fleetRoom = view;
    if (!room.startsWith("pilot:")) return;
    this.#pilotRoom = view;
    if (!this.#showsNewCard(view.text)) return;
    for (const launch of this.#pilot?.launches ?? []) if (launch.phase === "proposed") this.#consider(launch);
  }

  /** Without reading it all. A title may hide a card from the pattern: then it is read. */
  #showsNewCard(text: string): boolean {
    if (!text.includes(proposedMark)) return false;
    const cards = text.split(proposedMark).length - 1;
    const known = [...text.matchAll(proposedCard)].filter(([, id, version]) => this.#answered.has(`${id}/${version}`));
    return known.length !== cards;
  }

  #live(): void {
    this.#clock.after(4_000 + this.#chance.unit() * 8_000, () => this.#live());
    if (this.#pilotRoom?.text.includes(onWatchMark) !== true && this.#user.connected)
      this.#user.act("startWatch", { soundTested: true, notConfiguredRead: true });
    for (const alarm of this.#fleet?.alarms ?? [])
      if (alarm.acknowledgedBy === undefined && this.#chance.unit() < 0.5)
        this.#user.act("acknowledgeAlarm", {}, { alarmId: alarm.alarmId });
    this.#meddle();
    if (this.#chance.unit() < 0.01) this.#walkAway();
  }

  #consider(launch: LaunchView): void {
    const key = `${launch.launchId}/${launch.version}`;
    if (this.#answered.has(key)) return;
    this.#answered.add(key);
    const dice = this.#chance.unit();
    const inMs = 500 + this.#chance.unit() * 9_000;
    this.#clock.after(inMs, () => {
      if (dice < 0.7) this.#approve(launch);
      else if (dice < 0.85)
        this.#user.act(
          "declineLaunch",
          { version: launch.version, reason: "Not needed" },
          { launchId: launch.launchId },
        );
    });
  }

  #approve(launch: LaunchView): void {
    const body = { version: launch.version, nonce: launch.nonce, uid: launch.choice.uid };
    for (const gate of launch.gates)
      if (gate.state === "unknown")
        this.#user.act(
          "settleGate",
          { version: launch.version, gate: gate.gate, text: "Looked myself" },
          { launchId: launch.launchId },
        );
    this.#aboutToApprove();
    this.#user.act("approveLaunch", body, { launchId: launch.launchId });
    // Hands that press twice, and pages that send an old approval again.
    if (this.#chance.unit() < 0.3) this.#user.act("approveLaunch", body, { launchId: launch.launchId });
    if (this.#chance.unit() < 0.1)
      this.#clock.after(60_000, () => this.#user.act("approveLaunch", body, { launchId: launch.launchId }));
  }

  /** Whatever a pilot may do with an aircraft in the air. */
  #meddle(): void {
    for (const aircraft of this.#fleet?.aircraft ?? []) {
      if (!aircraft.inAir) continue;
      const params = { uid: aircraft.uid };
      const dice = this.#chance.unit();
      if (dice < 0.12) this.#user.act("fly", { verb: "return" }, params);
      else if (dice < 0.2) this.#user.act("fly", { verb: "hold" }, params);
      else if (dice < 0.25)
        this.#user.act("fly", { verb: "changeHeight", altAglM: 20 + this.#chance.unit() * 80 }, params);
      else if (dice < 0.28) this.#user.act("takeControl", {}, params);
      else if (dice < 0.3) this.#user.act("fly", { verb: "land" }, params);
      else if (dice < 0.34 && aircraft.plan !== undefined)
        this.#user.act("fly", { verb: "goto", point: aircraft.plan.scene.point }, params);
    }
    const text = this.#pilotRoom?.text ?? "";
    if (!flownMarks.some((mark) => text.includes(mark))) return;
    const flown = this.#pilot?.launches.find((launch) => launch.phase === "docked" || launch.phase === "landed");
    if (flown !== undefined)
      this.#user.act("closeFlight", { purpose: "Storm", category: "test" }, { launchId: flown.launchId });
  }

  #walkAway(): void {
    this.#user.setPresent(false);
    this.#clock.after(30_000 + this.#chance.unit() * 240_000, () => this.#user.setPresent(true));
  }
}
