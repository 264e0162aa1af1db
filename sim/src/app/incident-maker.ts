import type { Chance, GeoPoint, SimSensorsConfig } from "@outrider/contract";
import type { EnuPoint, World } from "@outrider/geo";
import { eidoDocument, gunshotDocument, type ShotReport, type SourceKey } from "../sensors/index.js";
import type { Poster } from "./poster.js";

export type IncidentMakerDeps = {
  readonly world: World;
  readonly chance: Chance;
  readonly poster: Poster;
  readonly keys: { readonly cad: SourceKey; readonly shots: SourceKey };
  /** Where things may happen: within this radius of the middle of the site. */
  readonly middle: GeoPoint;
  readonly radiusM: number;
  /** How callers and the gunshot network err by themselves; left out: only as they are asked to. */
  readonly sensors?: Pick<SimSensorsConfig, "callers" | "gunshot"> | undefined;
  nowMs(): number;
  /** Calls once after so much run time, unless another run has begun by then. */
  after(delayMs: number, run: () => void): void;
  told(text: string, point: GeoPoint): void;
};

export type CallWish = {
  readonly callType: string;
  readonly title: string;
  readonly narrative: string;
  readonly point?: GeoPoint | undefined;
  readonly radiusM: number;
  readonly priority: number;
  /** The caller names a street that is not where the call comes from: words and point contradict each other. */
  readonly wrongStreet?: boolean | undefined;
};
export type ShotsWish = {
  readonly rounds: number;
  readonly point?: GeoPoint | undefined;
  readonly errorM: number;
  /** From the shots to the alert; left out: 15 to 60 s, by chance. */
  readonly delayS?: number | undefined;
  /** How long ago they were fired; left out: now. An alert that is due by then comes at once. */
  readonly firedAgoS?: number | undefined;
  readonly sound?: "gunfire" | "fireworks" | undefined;
};

type Call = { readonly id: string; readonly wish: CallWish; readonly said: GeoPoint };
type Shots = {
  readonly id: string;
  readonly point: GeoPoint;
  readonly rounds: number;
  readonly errorM: number;
  readonly occurredMs: number;
  readonly sound: "gunfire" | "fireworks";
  published: boolean;
};

/** A reviewer begins within 15 s of the sound, the alert is out within 60 s (formats/gunshot.md section 1). */
const reviewS = { from: 15, to: 60 } as const;
/** Nine in ten at their usual error, the tenth with a spread of 60 m (correlation reference, section 3). */
const outlierSigmaM = 60;
/** Echoes in streets are 100 m off and more (formats/gunshot.md section 3); the network takes them for shots of their own. */
const echo = { from: 100, to: 200, afterS: 4 } as const;
/** A caller who names another street means one a block or two off. */
const wrongStreetM = 180;
/** Other callers mostly come while the first is still speaking; a centre's correction after it was asked again. No study tells. */
const secondCallS = { from: 5, to: 90 } as const;
const secondCallM = { from: 20, to: 150 } as const;
const correctionS = { from: 20, to: 90 } as const;
const correctionM = { from: 40, to: 200 } as const;
/** Machine class of a bang that nobody has listened to; `human` alerts carry 0.9 (formats/gunshot.md section 4). */
const machineConfidence = 0.45;
/** The network's own circle: 25 m as contracts promise it, 50 m from a machine alone, wider with its error (section 3). */
const circleM = (shots: Pick<Shots, "errorM" | "sound">): number =>
  Math.min(200, Math.max(shots.sound === "fireworks" ? 50 : 25, Math.round(shots.errorM * 1.5)));

const intake = "/api/v1/intake";
const correction = "Corrected place: it is further down the street.";

type ShotWords = Pick<ShotReport, "workflow" | "kind" | "classifier" | "confidence">;
/** Fireworks come as what a machine makes of them before anybody has listened. */
const wordsOf = ({ sound }: Pick<Shots, "sound">): ShotWords =>
  sound === "gunfire"
    ? { workflow: "published", kind: "gunfire" }
    : { workflow: "machine", kind: "possible_gunfire", classifier: "machine", confidence: machineConfidence };

const between = ({ from, to }: { readonly from: number; readonly to: number }, drawn = 0.5): number =>
  from + (to - from) * drawn;

/** Callers and the gunshot network: what truly happened somewhere, and what they report of it. */
export class IncidentMaker {
  readonly #deps: IncidentMakerDeps;
  /** Last place where something happened, so that a second report can be about the same thing. */
  #lastPoint: GeoPoint | undefined;
  #lastCall: Call | undefined;
  #lastShots: Shots | undefined;

  constructor(deps: IncidentMakerDeps) {
    this.#deps = deps;
  }

  /** Somebody else about the same thing, who gives another place. */
  callAgain(metres: number): boolean {
    const last = this.#lastCall;
    if (last === undefined) return false;
    this.#secondCaller(last, metres);
    return true;
  }

  #secondCaller({ wish }: Call, metres: number): void {
    const last = this.#lastCall;
    const place = this.#misplaced(wish.point ?? this.#somewhere(), metres);
    this.#report({ ...wish, title: `${wish.title}, second caller`, point: place });
    this.#lastCall = last;
  }

  /** The centre says more about the last call under the name it has: it is so far from where it was said to be. */
  correctCall(metres: number): boolean {
    const last = this.#lastCall;
    if (last === undefined) return false;
    const point = this.#misplaced(last.said, metres);
    const wish = { ...last.wish, point, wrongStreet: false, narrative: `${last.wish.narrative} ${correction}` };
    this.#lastPoint = point;
    this.#lastCall = { ...last, wish, said: point };
    this.#deps.told(`Caller corrects: ${wish.title}`, point);
    this.#postCall(this.#lastCall, "Active");
    return true;
  }

  /** The centre closes the last call, or takes it back. */
  callEnds(as: "Closed" | "Cancelled"): boolean {
    const last = this.#lastCall;
    if (last === undefined) return false;
    this.#postCall(last, as);
    this.#lastCall = undefined;
    return true;
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
    const { sensors, chance, after } = this.#deps;
    const habits = sensors?.callers;
    if (habits === undefined) {
      this.#report(wish);
      return;
    }
    // Every call draws the same numbers whatever comes of them: one share changed in the file moves nothing else.
    const [street, second, secondAt, secondOff, correct, correctAt, correctOff] = Array.from({ length: 7 }, () =>
      chance.unit(),
    );
    const is = (drawn: number | undefined, share: number): boolean => drawn !== undefined && drawn < share;
    const call = this.#report({ ...wish, wrongStreet: wish.wrongStreet ?? is(street, habits.wrongStreetShare) });
    if (is(second, habits.duplicateShare))
      after(between(secondCallS, secondAt) * 1000, () => this.#secondCaller(call, between(secondCallM, secondOff)));
    if (is(correct, habits.correctionShare))
      after(between(correctionS, correctAt) * 1000, () => {
        // Closed, cancelled or followed by another by then: nobody corrects it any more.
        if (this.#lastCall?.id === call.id) this.correctCall(between(correctionM, correctOff));
      });
  }

  #report(wish: CallWish): Call {
    const point = wish.point ?? this.#somewhere();
    this.#lastPoint = point;
    const id = this.#deps.chance.id("cad");
    const call: Call = { id, wish: { ...wish, point }, said: this.#misplaced(point, wish.radiusM / 2) };
    this.#lastCall = call;
    this.#deps.told(`Caller: ${wish.title}`, point);
    this.#postCall(call, "Active");
    return call;
  }

  #postCall({ id, wish, said }: Call, status: "Active" | "Closed" | "Cancelled"): void {
    const { nowMs, poster, keys } = this.#deps;
    const named = wish.wrongStreet === true ? this.#misplaced(said, wrongStreetM) : said;
    const document = eidoDocument({
      incidentUrn: `urn:emergency:uid:incidentid:${id.replace(/[^0-9a-z]/gi, "")}:psap.demo.example`,
      internalId: id,
      tMs: nowMs(),
      callType: wish.callType,
      priority: wish.priority,
      point: said,
      radiusM: wish.radiusM,
      address: this.#address(named),
      narrative: wish.narrative,
      status,
    });
    poster.post(`${intake}/eido`, document, keys.cad);
  }

  shots(wish: ShotsWish): void {
    const { nowMs, after, chance, told, sensors } = this.#deps;
    const errs = sensors?.gunshot;
    const truth = wish.point ?? this.#near(this.#lastPoint) ?? this.#somewhere();
    this.#lastPoint = truth;
    const { rounds, errorM, sound = "gunfire", firedAgoS = 0 } = wish;
    const point = this.#misplaced(truth, errs === undefined ? errorM : this.#erredM(errorM, errs.outlierShare));
    const delayS = wish.delayS ?? between(errs?.delayS ?? reviewS, chance.unit());
    const occurredMs = nowMs() - firedAgoS * 1000;
    const shots: Shots = { id: chance.id("shot"), point, rounds, errorM, occurredMs, sound, published: false };
    this.#lastShots = shots;
    told(sound === "gunfire" ? `${rounds} shots` : `Fireworks, ${rounds} bangs`, truth);
    this.#publish(shots, delayS - firedAgoS, after);
    if (errs !== undefined && chance.unit() < errs.echoShare)
      after((delayS + echo.afterS) * 1000, () => {
        if (this.#lastShots?.id === shots.id) this.shotsEcho(between(echo, chance.unit()));
      });
  }

  /** Rayleigh about the mean that is asked for; an outlier of the reference's second spread, whatever was asked for. */
  #erredM(meanM: number, outlierShare: number): number {
    const { chance } = this.#deps;
    const sigmaM = chance.unit() < outlierShare ? outlierSigmaM : meanM / Math.sqrt(Math.PI / 2);
    return sigmaM * Math.sqrt(-2 * Math.log(1 - chance.unit()));
  }

  /** Other shots, so far from where something happened last; the network tells of them now. */
  otherShots(distanceM: number): void {
    const point = this.#misplaced(this.#lastPoint ?? this.#somewhere(), distanceM);
    this.shots({ rounds: 2, errorM: 25, point, delayS: reviewS.from, firedAgoS: reviewS.from });
  }

  /** The same bangs off a wall: another alert of its own name, elsewhere. */
  shotsEcho(metres: number): boolean {
    const heard = this.#lastShots;
    if (heard === undefined) return false;
    const id = this.#deps.chance.id("shot");
    this.#postShots({ ...heard, id, point: this.#misplaced(heard.point, metres) }, 1, wordsOf(heard));
    return true;
  }

  /** The reviewer listened again. */
  shotsWereFireworks(): boolean {
    if (this.#lastShots?.published !== true) return false;
    this.#postShots(this.#lastShots, 2, { workflow: "reclassified", kind: "fireworks" });
    return true;
  }

  #publish(shots: Shots, delayS: number, after: IncidentMakerDeps["after"]): void {
    const out = (): void => {
      shots.published = true;
      this.#postShots(shots, 1, wordsOf(shots));
    };
    if (delayS > 0) after(delayS * 1000, out);
    else out();
  }

  #postShots(shots: Shots, revision: number, words: ShotWords): void {
    const { keys, poster, nowMs } = this.#deps;
    const document = gunshotDocument({
      source: keys.shots.sourceId,
      sourceIncidentId: shots.id,
      revision,
      occurredMs: shots.occurredMs,
      publishedMs: nowMs(),
      point: shots.point,
      radiusM: circleM(shots),
      address: this.#address(shots.point),
      rounds: shots.rounds,
      ...words,
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
