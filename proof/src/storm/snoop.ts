import type { ActName, Chance, Clock } from "@outrider/contract";
import type { StormUser, UserDeps } from "./storm-user.js";

/** As much of a person at a browser as a snoop needs. */
export type SnoopUser = Pick<StormUser, "join" | "act" | "connected">;
export type SnoopRole = Exclude<UserDeps["role"], "all">;

/**
 * What a role must never be shown or let do, written by hand after docs/security.md "who may what": were it taken from
 * the station's own table, a hole in that table would hide itself.
 */
const forbiddenRooms: Readonly<Record<SnoopRole, readonly string[]>> = {
  pic: ["sightings", "trainer", "supervisor"],
  rtcc: ["trainer", "supervisor"],
  trainer: ["sightings", "supervisor"],
  supervisor: ["trainer"],
};
type Trial = { readonly act: ActName; readonly params: (seen: Seen) => Readonly<Record<string, string>> | undefined };
type Seen = { readonly launchId: string | undefined; readonly uid: string };

const ofLaunch = ({ launchId }: Seen) => (launchId === undefined ? undefined : { launchId });
const ofAircraft = ({ uid }: Seen) => ({ uid });
const flying: readonly Trial[] = [
  { act: "approveLaunch", params: ofLaunch },
  { act: "declineLaunch", params: ofLaunch },
  { act: "fly", params: ofAircraft },
  { act: "takeControl", params: ofAircraft },
];
const forbiddenActs: Readonly<Record<SnoopRole, readonly Trial[]>> = {
  pic: [{ act: "startRun", params: () => ({}) }],
  rtcc: flying,
  trainer: flying,
  supervisor: flying,
};

const bodies: Partial<Record<ActName, (seen: Seen) => unknown>> = {
  approveLaunch: ({ uid }) => ({ version: 1, nonce: "0", uid }),
  declineLaunch: () => ({ version: 1, reason: "not mine to decline" }),
  fly: () => ({ verb: "hold" }),
  takeControl: () => ({}),
  startRun: () => ({ scenario: "storm", seed: 1 }),
};

/** What a caller without rights may be answered: never that it was done. 404 and 409 would tell what exists. */
const refusals: ReadonlySet<number> = new Set([0, 401, 403, 429, 503]);

/**
 * Somebody at a desk of his own who tries the doors of all others: joins their rooms, sends their acts.
 * A room that comes, or an act that is not refused for want of the role, is a breach of INV-10.
 */
export class Snoop {
  readonly #user: SnoopUser;
  readonly #role: SnoopRole;
  readonly #clock: Clock;
  readonly #chance: Chance;
  readonly #say: (what: string) => void;
  readonly #seen: () => Seen;
  tried = 0;

  constructor(deps: {
    user: SnoopUser;
    role: SnoopRole;
    clock: Clock;
    chance: Chance;
    say: (what: string) => void;
    seen: () => Seen;
  }) {
    this.#user = deps.user;
    this.#role = deps.role;
    this.#clock = deps.clock;
    this.#chance = deps.chance;
    this.#say = deps.say;
    this.#seen = deps.seen;
  }

  start(): void {
    this.#clock.after(10_000 + this.#chance.unit() * 20_000, () => this.#try());
  }

  onReady(): void {
    for (const room of forbiddenRooms[this.#role]) this.#user.join(room);
    this.#user.join("incidents");
  }

  onRoom(room: string): void {
    if (forbiddenRooms[this.#role].includes(room)) this.#say(`the ${this.#role} was sent the room ${room}`);
  }

  #try(): void {
    this.#clock.after(10_000 + this.#chance.unit() * 20_000, () => this.#try());
    const trials = forbiddenActs[this.#role];
    const trial = trials[Math.floor(this.#chance.unit() * trials.length)];
    const params = trial?.params(this.#seen());
    if (trial === undefined || params === undefined || !this.#user.connected) return;
    this.tried += 1;
    // The body is right for its act by the table above; its type depends on the act's name, which is not known here.
    this.#user.act(trial.act, bodies[trial.act]?.(this.#seen()) as never, params, (status) => {
      if (!refusals.has(status)) this.#say(`the ${this.#role} sent ${trial.act} and was answered ${status}`);
    });
  }
}
