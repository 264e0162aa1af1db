import type { Config } from "@outrider/contract";
import type { World } from "@outrider/geo";
import type { FaultSet } from "../faults/index.js";
import type { HeardAircraft, PublishedNotice } from "../sensors/index.js";
import { Helicopters } from "../traffic/index.js";
import type { SimAircraft } from "./sim-aircraft.js";

export type SkyDeps = {
  readonly config: Config;
  readonly world: World;
  readonly faults: FaultSet;
  aircraft(): readonly SimAircraft[];
};

type Shadow = { readonly beyondM: number; faultId: string | undefined };

/** What is in the sky beside the fleet, and what the land does to radio: helicopters, restrictions, radio shadows. */
export class Sky {
  readonly helicopters = new Helicopters();
  readonly #deps: SkyDeps;
  readonly #shadows = new Map<string, Shadow>();
  #restrictions: PublishedNotice[] = [];
  /** Aircraft in the air in the order in which they took off. */
  #up: readonly string[] = [];
  #chosen: string | undefined;

  constructor(deps: SkyDeps) {
    this.#deps = deps;
  }

  get restrictions(): readonly PublishedNotice[] {
    return this.#restrictions;
  }

  restrict(restriction: PublishedNotice): void {
    this.#restrictions.push(restriction);
  }

  /** Its publisher takes a restriction back. */
  unrestrict(notam: string): void {
    this.#restrictions = this.#restrictions.filter((one) => one.notam !== notam);
  }

  clear(): void {
    this.helicopters.clear();
    this.#restrictions = [];
    for (const uid of [...this.#shadows.keys()]) this.endShadow(uid);
  }

  /** A hill stands at this distance from the aircraft's dock: its link is dead beyond. */
  castShadow(uid: string, beyondM: number): void {
    this.endShadow(uid);
    this.#shadows.set(uid, { beyondM, faultId: undefined });
  }

  endShadow(uid: string): void {
    const { faultId } = this.#shadows.get(uid) ?? {};
    if (faultId !== undefined) this.#deps.faults.clear(faultId);
    this.#shadows.delete(uid);
  }

  step(nowMs: number): void {
    this.helicopters.step(nowMs);
    if (this.#restrictions.some((one) => one.untilMs <= nowMs))
      this.#restrictions = this.#restrictions.filter((one) => one.untilMs > nowMs);
    this.#followUp();
    for (const [uid, shadow] of this.#shadows) this.#shade(uid, shadow, nowMs);
  }

  /** Remembers which aircraft was proposed last: its dock can be jammed before the door is asked to open. */
  onFact(type: string, data: unknown): void {
    if (type !== "LaunchProposed" || typeof data !== "object" || data === null || !("choice" in data)) return;
    const { choice } = data;
    if (typeof choice === "object" && choice !== null && "uid" in choice) this.#chosen = String(choice.uid);
  }

  /** `@flying`, `@second`, `@chosen` and plain uids; undefined where nothing flies. */
  uidOf(name: string): string | undefined {
    if (name === "@flying") return this.#up.at(-1);
    if (name === "@chosen") return this.#chosen;
    return name === "@second" ? this.#up.at(-2) : name;
  }

  dockOf(name: string): string | undefined {
    if (name !== "@home" && name !== "@chosen") return name;
    const uid = this.uidOf(name === "@home" ? "@flying" : name);
    return this.#deps.config.aircraft.find((one) => one.uid === uid)?.dockId;
  }

  /** Where an aircraft truly is. */
  placeOf(uid: string): { readonly eastM: number; readonly northM: number } | undefined {
    const truth = this.#host(uid)?.autopilot.truth;
    return truth === undefined ? undefined : { eastM: truth.eastM, northM: truth.northM };
  }

  /** What a receiver on the roof hears: cooperative aircraft alone. */
  heard(): readonly HeardAircraft[] {
    const { frame } = this.#deps.world;
    return this.helicopters.all
      .filter((one) => one.cooperative)
      .map(({ icao24, callSign, altAmslM, speedMps, trackDeg, ...at }) => ({
        icao24,
        callSign,
        point: frame.toGeo(at),
        altAmslM,
        speedMps,
        trackDeg,
      }));
  }

  #host(uid: string): SimAircraft | undefined {
    return this.#deps.aircraft().find((one) => one.config.uid === uid);
  }

  #followUp(): void {
    const flying = this.#deps.aircraft().filter((one) => !one.onGround);
    if (flying.length === this.#up.length && flying.every((one) => this.#up.includes(one.config.uid))) return;
    const still = this.#up.filter((uid) => flying.some((one) => one.config.uid === uid));
    const fresh = flying.map((one) => one.config.uid).filter((uid) => !still.includes(uid));
    this.#up = [...still, ...fresh];
  }

  #shade(uid: string, shadow: Shadow, nowMs: number): void {
    const host = this.#host(uid);
    const dock = this.#deps.config.docks.find((one) => one.dockId === host?.config.dockId);
    if (host === undefined || dock === undefined) return;
    const from = this.#deps.world.frame.toLocal(dock.point);
    const { truth } = host.autopilot;
    const behind = Math.hypot(truth.eastM - from.eastM, truth.northM - from.northM) > shadow.beyondM;
    if (behind && shadow.faultId === undefined)
      shadow.faultId = this.#deps.faults.inject(uid, { kind: "dead-link" }, nowMs);
    else if (!behind && shadow.faultId !== undefined) {
      this.#deps.faults.clear(shadow.faultId);
      shadow.faultId = undefined;
    }
  }
}
