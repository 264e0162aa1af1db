import { limits } from "./limits.js";
import { block, caution, type Outcome, pass, unknown } from "./result.js";
import { figure, worded } from "./worded.js";

export type EnergyMeasured = {
  readonly nowWh: number | undefined;
  readonly fullWh: number;
  /** There, the planned stay, and home at the wind's 99.7 % quantile; Infinity where the wind does not let it. */
  readonly needWh: number | undefined;
  readonly reserveWh: number;
  readonly windKnown: boolean;
};

export function energyGate(m: EnergyMeasured): Outcome {
  if (m.needWh === undefined) return block("There is no way to fly, so no energy for it.", "See the other gates.");
  if (m.needWh === Number.POSITIVE_INFINITY)
    return block("Against this wind it would not come home.", "Wait for less wind.");
  if (m.nowWh === undefined) return unknown("No battery value heard.", "Wait for telemetry.");
  const needWh = m.needWh + m.reserveWh;
  const more = { measured: m.nowWh, limit: needWh, unit: "Wh" };
  const text = `${Math.floor(m.nowWh)} Wh, with reserve needs ${Math.ceil(needWh)}.`;
  if (m.nowWh < needWh) return block(text, "Let it charge, or choose an aircraft that is nearer.", more);
  if (!m.windKnown) return unknown(`${text} The wind is not known.`, "Look at the wind, then decide.", more);
  return m.nowWh - needWh < limits.energyCautionShare * m.fullWh ? caution(text, more) : pass(text, more);
}

export type FenceMeasured = {
  readonly homeInside: boolean;
  readonly sceneInside: boolean;
  readonly routeInside: boolean;
  /** Distance of the scene's circle from the fence and from exclusion zones; negative where it breaks one. */
  readonly sceneMarginM: number;
  /** What it takes to stop from the speed on the circle. */
  readonly sceneNeedM: number;
  /** Where the way there is least far inside the fence for the speed that it has there. */
  readonly route: { readonly marginM: number; readonly needM: number };
  /** Metres of the way that are flown slowly because the fence is near. */
  readonly slowM: number;
};

/** Names of fences by their content; three of them must be one before it arms. */
export type FenceVersions = {
  /** As the site has it now. */
  readonly site: string;
  /** As the plan has it; undefined without a plan. */
  readonly plan: string | undefined;
  /** As read back from the aircraft; undefined where none was since it started. */
  readonly aboard: string | undefined;
  /** The plan has been uploaded: from now on what is aboard is what will be enforced. */
  readonly uploaded: boolean;
};

/** Room that is there, never told as more, and room that is needed, never told as less. */
const roomM = (metres: number) => figure("distance", metres, `${Math.floor(metres)} m`, { round: "down" });
const neededM = (metres: number) => figure("distance", metres, `${Math.ceil(metres)}`, { bare: true, round: "up" });

const short = (version: string): string => version.slice(0, 8);

function staleFence(v: FenceVersions): Outcome | undefined {
  const doThis = "Propose again: the fence of this site has changed.";
  if (v.plan !== undefined && v.plan !== v.site)
    return block(`The plan has fence ${short(v.plan)}, this site's is ${short(v.site)} now.`, doThis);
  if (!v.uploaded || v.aboard === v.site) return undefined;
  const aboard = v.aboard === undefined ? "no fence that was read back" : `fence ${short(v.aboard)}`;
  return block(`The aircraft holds ${aboard}, this site's is ${short(v.site)}.`, doThis);
}

function versionText(v: FenceVersions): string {
  if (v.aboard === v.site) return `Fence ${short(v.site)} is aboard, read back.`;
  if (v.aboard === undefined) return `Fence ${short(v.site)} goes aboard and is read back before it arms.`;
  return `Fence ${short(v.site)} replaces ${short(v.aboard)} aboard and is read back before it arms.`;
}

/**
 * A fence that does not hold home is accepted by the autopilot and then silently not enforced; a stale one is enforced.
 * A failsafe at speed needs room to stop, so everything stays inside by that much (flight.md 6.1).
 */
export function fenceGate(m: FenceMeasured | undefined, versions: FenceVersions): Outcome {
  if (m === undefined) return unknown("No route, so nothing to hold against the fence.", "See the other gates.");
  if (!m.homeInside) return block("The dock lies outside the fence.", "Correct the fence of this site.");
  if (!m.sceneInside) return block("The scene lies outside the fence.", "Send somebody else, or look from its edge.");
  if (!m.routeInside)
    return block("The way there leaves the fence or enters an exclusion zone.", "Choose another aircraft.");
  const circle = { measured: m.sceneMarginM, limit: m.sceneNeedM, unit: "m" };
  if (m.sceneMarginM < 0)
    return block("The circle at the scene breaks the fence or an exclusion zone.", "Send somebody else.", circle);
  if (m.sceneMarginM < m.sceneNeedM)
    return block(
      worded`The circle comes within ${roomM(m.sceneMarginM)} of the fence, ${neededM(m.sceneNeedM)} needed to stop.`,
      "Send somebody else, or look from further inside.",
      circle,
    );
  const way = { measured: m.route.marginM, limit: m.route.needM, unit: "m" };
  if (m.route.marginM < m.route.needM)
    return block(
      worded`The way comes within ${roomM(m.route.marginM)} of the fence, ${neededM(m.route.needM)} needed to stop.`,
      "Choose another aircraft.",
      way,
    );
  const stale = staleFence(versions);
  if (stale !== undefined) return stale;
  const { marginM, needM } = m.route;
  const room = worded`Circle ${roomM(m.sceneMarginM)} inside, ${neededM(m.sceneNeedM)} needed; way ${roomM(marginM)}, ${neededM(needM)} needed.`;
  const slow =
    m.slowM > 0 ? worded` ${figure("distance", m.slowM, `${Math.round(m.slowM)} m`)} of it flown slowly.` : "";
  return pass(worded`${room}${slow} ${versionText(versions)}`, circle);
}

export type ClearanceMeasured = {
  readonly minClearanceM: number;
  readonly limitM: number;
  /** False where part of the way lies outside the height model. */
  readonly covered: boolean;
  readonly maxAglM: number;
  readonly ceilingAglM: number;
};

export function clearanceGate(m: ClearanceMeasured | undefined): Outcome {
  if (m === undefined) return unknown("No route, so no height to prove.", "See the other gates.");
  const more = { measured: m.minClearanceM, limit: m.limitM, unit: "m" };
  if (!m.covered) return unknown("Part of the way is outside the height model.", "Look at the map, then decide.", more);
  const clear = figure("height", m.minClearanceM, `${m.minClearanceM.toFixed(0)} m`, { round: "down" });
  const least = figure("height", m.limitM, `${m.limitM}`, { bare: true, round: "up" });
  if (m.minClearanceM < m.limitM)
    return block(worded`Only ${clear} above roofs and ground, at least ${least}.`, "Choose another aircraft.", more);
  if (m.maxAglM > m.ceilingAglM)
    return block(
      worded`The way reaches ${figure("height", m.maxAglM, `${m.maxAglM.toFixed(0)} m`, { round: "up" })} above ground, ceiling ${figure("height", m.ceilingAglM, `${m.ceilingAglM}`, { bare: true, round: "down" })}.`,
      "Choose another aircraft.",
      { measured: m.maxAglM, limit: m.ceilingAglM, unit: "m" },
    );
  return pass(worded`${clear} over the roofs, limit ${least}.`, more);
}

export type WayHomeMeasured = {
  /** Places on the way from which the straight return is not proven clear, in words. */
  readonly gaps: readonly string[];
  readonly checked: number;
  readonly alternates: number;
};

/** The autopilot's return is a straight line that knows nothing of exclusion zones: proven clear before launch. */
export function wayHomeGate(m: WayHomeMeasured | undefined): Outcome {
  if (m === undefined) return unknown("No route, so no way home to prove.", "See the other gates.");
  const first = m.gaps[0];
  const more = { measured: m.checked - m.gaps.length, limit: m.checked, unit: "places" };
  if (first !== undefined)
    return block(
      `The straight way home is not clear from ${m.gaps.length} of ${m.checked} places: ${first}.`,
      "Choose another aircraft.",
      more,
    );
  const others = m.alternates === 0 ? "no other dock" : `${m.alternates} other dock${m.alternates === 1 ? "" : "s"}`;
  return m.alternates === 0
    ? caution(`Clear from ${m.checked} places; ${others} to go to.`, more)
    : pass(`Clear from ${m.checked} places, ${others}.`, more);
}

export type OwnMeasured = {
  /** Others of ours that fly or are about to. */
  readonly others: number;
  readonly crossings: readonly {
    readonly callSign: string;
    readonly horizontalM: number;
    readonly verticalM: number;
    readonly where: string;
  }[];
  readonly leastVerticalM: number;
};

/** Two of ours that cross at one height: never a surprise, but the pilot's to decide, since both can be held. */
export function ownGate(m: OwnMeasured | undefined): Outcome {
  if (m === undefined) return unknown("No route to hold against our other aircraft.", "See the other gates.");
  const [first] = m.crossings;
  if (first === undefined)
    return pass(
      m.others === 0
        ? "No other of ours is flying."
        : `Clear of ${m.others} other${m.others === 1 ? "" : "s"} of ours.`,
    );
  const names = [...new Set(m.crossings.map(({ callSign }) => callSign))].join(", ");
  const apart = figure("height", first.verticalM, `${Math.round(first.verticalM)} m`, { round: "down" });
  const least = figure("height", m.leastVerticalM, `${m.leastVerticalM}`, { bare: true, round: "up" });
  return caution(worded`It crosses ${names} (${first.where}) with ${apart} of height between them, ${least} wanted.`, {
    measured: Math.round(first.verticalM),
    limit: m.leastVerticalM,
    unit: "m",
    doThis: "Change the height of one of them, or hold one until the other has passed.",
  });
}

export type PrivacyMeasured = { readonly crossed: readonly string[]; readonly sceneIn: readonly string[] };

export function privacyGate(m: PrivacyMeasured | undefined): Outcome {
  if (m === undefined) return unknown("No route to hold against the privacy zones.", "See the other gates.");
  if (m.crossed.length > 0) return block(`The way crosses ${m.crossed.join(", ")}.`, "Choose another aircraft.");
  if (m.sceneIn.length > 0)
    return caution(`The scene lies in ${m.sceneIn.join(", ")}: what is recorded there is masked.`);
  return pass("The way avoids all privacy zones; the camera looks level until the scene.");
}
