import type { Chance, GeoPoint } from "@outrider/contract";
import type { EnuPoint, World } from "@outrider/geo";
import { eidoDocument, gunshotDocument, type SourceKey } from "../sensors/index.js";
import type { Poster } from "./poster.js";

export type IncidentMakerDeps = {
  readonly world: World;
  readonly chance: Chance;
  readonly poster: Poster;
  readonly keys: { readonly cad: SourceKey; readonly shots: SourceKey };
  /** Where things may happen: within this radius of the middle of the site. */
  readonly middle: GeoPoint;
  readonly radiusM: number;
  nowMs(): number;
  told(text: string, point: GeoPoint): void;
};

export type CallWish = {
  readonly callType: string;
  readonly title: string;
  readonly narrative: string;
  readonly point?: GeoPoint | undefined;
  readonly radiusM: number;
  readonly priority: number;
};
export type ShotsWish = { readonly rounds: number; readonly point?: GeoPoint | undefined; readonly errorM: number };

const intake = "/api/v1/intake";

/** Callers and the gunshot network: what truly happened somewhere, and what they report of it. */
export class IncidentMaker {
  readonly #deps: IncidentMakerDeps;
  /** Last place where something happened, so that a second report can be about the same thing. */
  #lastPoint: GeoPoint | undefined;
  #lastCall: CallWish | undefined;
  #lastShots: { id: string; point: GeoPoint; rounds: number; address: string; occurredMs: number } | undefined;

  constructor(deps: IncidentMakerDeps) {
    this.#deps = deps;
  }

  /** Somebody else about the same thing, who gives another place. */
  callAgain(metres: number): void {
    const last = this.#lastCall;
    if (last === undefined) return;
    const place = this.#misplaced(last.point ?? this.#somewhere(), metres);
    this.call({ ...last, title: `${last.title}, second caller`, point: place });
    this.#lastCall = last;
  }

  /** Another run begins: nothing has happened yet. */
  forget(): void {
    this.#lastPoint = undefined;
    this.#lastCall = undefined;
    this.#lastShots = undefined;
  }

  get lastPoint(): GeoPoint | undefined {
    return this.#lastPoint;
  }

  call(wish: CallWish): void {
    const point = wish.point ?? this.#somewhere();
    this.#lastPoint = point;
    this.#lastCall = { ...wish, point };
    const id = this.#deps.chance.id("cad");
    const said = this.#misplaced(point, wish.radiusM / 2);
    const { nowMs, poster, keys, told } = this.#deps;
    const document = eidoDocument({
      incidentUrn: `urn:emergency:uid:incidentid:${id.replace(/[^0-9a-z]/gi, "")}:psap.demo.example`,
      internalId: id,
      tMs: nowMs(),
      callType: wish.callType,
      priority: wish.priority,
      point: said,
      radiusM: wish.radiusM,
      address: this.#address(said),
      narrative: wish.narrative,
      status: "Active",
    });
    told(`Caller: ${wish.title}`, point);
    poster.post(`${intake}/eido`, document, keys.cad);
  }

  shots(wish: ShotsWish): void {
    const truth = wish.point ?? this.#near(this.#lastPoint) ?? this.#somewhere();
    this.#lastPoint = truth;
    const heard = this.#misplaced(truth, wish.errorM);
    const occurredMs = this.#deps.nowMs() - 12_000;
    this.#lastShots = {
      id: this.#deps.chance.id("shot"),
      point: heard,
      rounds: wish.rounds,
      address: this.#address(heard),
      occurredMs,
    };
    this.#deps.told(`${wish.rounds} shots`, truth);
    this.#postShots(1, "published", "gunfire");
  }

  /** The reviewer listened again. */
  shotsWereFireworks(): void {
    if (this.#lastShots) this.#postShots(2, "reclassified", "fireworks");
  }

  #postShots(revision: number, workflow: "published" | "reclassified", kind: "gunfire" | "fireworks"): void {
    const shots = this.#lastShots;
    if (shots === undefined) return;
    const { keys, poster, nowMs } = this.#deps;
    const document = gunshotDocument({
      source: keys.shots.sourceId,
      sourceIncidentId: shots.id,
      revision,
      occurredMs: shots.occurredMs,
      publishedMs: nowMs(),
      point: shots.point,
      radiusM: 25,
      address: shots.address,
      rounds: shots.rounds,
      workflow,
      kind,
    });
    poster.post(`${intake}/gunshot`, document, keys.shots);
  }

  #somewhere(): GeoPoint {
    const { world, middle, radiusM, chance } = this.#deps;
    const centre = world.frame.toLocal(middle);
    const near = world.roads.crossings.filter(
      (c) => Math.hypot(c.point.eastM - centre.eastM, c.point.northM - centre.northM) < radiusM,
    );
    const chosen = near[Math.floor(chance.unit() * near.length)]?.point ?? centre;
    return world.frame.toGeo(chosen);
  }

  #near(point: GeoPoint | undefined): GeoPoint | undefined {
    return point === undefined ? undefined : this.#misplaced(point, 60);
  }

  #misplaced(point: GeoPoint, errorM: number): GeoPoint {
    const { world, chance } = this.#deps;
    const at = world.frame.toLocal(point);
    const angle = chance.unit() * 2 * Math.PI;
    const away: EnuPoint = { eastM: at.eastM + Math.sin(angle) * errorM, northM: at.northM + Math.cos(angle) * errorM };
    return world.frame.toGeo(away);
  }

  #address(point: GeoPoint): string {
    return this.#deps.world.roads.describe(this.#deps.world.frame.toLocal(point)) ?? "no street name near";
  }
}
