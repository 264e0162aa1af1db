import type { GateState, WeatherLimits } from "@outrider/contract";
import { limits as fixed } from "./limits.js";
import { type Outcome, outcome as one } from "./result.js";
import { figure, partsOf, type Said, worded, wordedOf } from "./worded.js";

/** What a weather station reported, or why there is nothing of it. */
export type AirMeasured =
  | { readonly kind: "none"; readonly why: string }
  | {
      readonly kind: "reported";
      readonly station: string;
      readonly ageS: number;
      readonly distanceM: number | undefined;
      readonly windMps: number | undefined;
      readonly gustMps: number | undefined;
      readonly visibilityM: number | undefined;
      readonly ceilingM: number | "none" | undefined;
      readonly weather: readonly string[];
      readonly temperatureC: number | undefined;
      readonly dewPointC: number | undefined;
    };

export type WeatherMeasured = {
  /** By the dock's own sensor; undefined: it tells none. */
  readonly dock: { readonly windMps: number; readonly gustMps: number; readonly rain: boolean } | undefined;
  /** By a METAR; undefined: this site has no such source. */
  readonly air: AirMeasured | undefined;
  readonly maxWindMps: number;
  readonly maxGustMps: number;
  readonly limits: WeatherLimits | undefined;
  /** Highest point of the way above the ground. */
  readonly flightAglM: number | undefined;
};

const MILE_M = 1609.344;
const rank: Readonly<Record<GateState, number>> = { notConfigured: 0, pass: 0, caution: 1, unknown: 2, block: 3 };

/** Each thing measured, with what it means; the worst decides, all are said. */
export function weatherGate(m: WeatherMeasured | undefined): Outcome {
  if (m === undefined) return one("unknown", "The dock has no weather.", { doThis: lookFirst });
  const found = [dockFinding(m), ...(m.air === undefined ? [] : airFindings(m, m.air))];
  const worst = found.reduce((a, b) => (rank[b.state] > rank[a.state] ? b : a));
  // What stops it comes first, as a sentence of its own; everything that was measured follows.
  const all = [...(worst === found[0] ? [] : [sentence(worst)]), ...found.map(saidOf)];
  const { state, text: _, wording: __, ...more } = worst;
  return one(state, wordedOf(all.flatMap((said, at) => [at === 0 ? "" : " ", ...partsOf(said)])), more);
}

const saidOf = ({ text, wording }: Outcome): Said => (wording === undefined ? text : { text, wording });

/** A finding as a sentence of its own: each begins with a word and ends with its mark. */
function sentence(finding: Outcome): Said {
  const parts = partsOf(saidOf(finding));
  return wordedOf(
    parts.map((part, at) => {
      if (typeof part !== "string") return part;
      const begun = at === 0 ? `${part.charAt(0).toUpperCase()}${part.slice(1)}` : part;
      return at === parts.length - 1 ? begun.replace(/,$/, ".") : begun;
    }),
  );
}

const lookFirst = "Look at the weather, then decide.";
const wait = "Wait until it is better.";

const speed = (mps: number) => figure("speed", mps, `${mps.toFixed(0)} m/s`);
const bareSpeed = (mps: number) => figure("speed", mps, mps.toFixed(0), { bare: true });
const mostSpeed = (mps: number) => figure("speed", mps, `${mps}`, { bare: true, round: "down" });

function dockFinding({ dock, maxWindMps, maxGustMps, limits }: WeatherMeasured): Outcome {
  if (dock === undefined) return one("unknown", "The dock has no weather.", { doThis: lookFirst });
  const gust = { measured: dock.gustMps, limit: maxGustMps, unit: "m/s" };
  const text = worded`Wind ${speed(dock.windMps)}, gusts ${bareSpeed(dock.gustMps)}, limits ${mostSpeed(maxWindMps)} and ${mostSpeed(maxGustMps)}.`;
  const doThis = "Wait for less wind.";
  if (dock.windMps > maxWindMps)
    return one("block", text, { measured: dock.windMps, limit: maxWindMps, unit: "m/s", doThis });
  if (dock.gustMps > maxGustMps) return one("block", text, { ...gust, doThis });
  if (dock.rain) return one("caution", worded`${text} It rains.`, gust);
  return one(dock.windMps > (limits?.cautionWindMps ?? fixed.windWarnMps) ? "caution" : "pass", text, gust);
}

function airFindings(m: WeatherMeasured, air: AirMeasured): Outcome[] {
  if (air.kind === "none" || m.limits === undefined)
    return [one("unknown", air.kind === "none" ? air.why : "No limits for the weather.", { doThis: lookFirst })];
  const { limits } = m;
  return [
    one("pass", worded`${air.station} ${Math.round(air.ageS / 60)} min ago${farSaid(air.distanceM)}:`),
    windFinding(m, air, limits),
    visibilityFinding(air, limits),
    ceilingFinding(air, limits, m.flightAglM),
    temperatureFinding(air, limits),
    ...skyFindings(air, limits),
  ];
}

type Reported = Extract<AirMeasured, { kind: "reported" }>;

const farSaid = (metres: number | undefined): Said =>
  metres === undefined ? "" : worded`, ${figure("distance", metres, `${Math.round(metres / 1000)} km`)} away`;

function windFinding(m: WeatherMeasured, air: Reported, limits: WeatherLimits): Outcome {
  if (air.windMps === undefined) return one("unknown", "no wind reported,", { doThis: lookFirst });
  const gusts = air.gustMps === undefined ? "" : worded`, gusts ${bareSpeed(air.gustMps)}`;
  const wind = { measured: air.windMps, limit: m.maxWindMps, unit: "m/s" };
  const gust = { measured: air.gustMps ?? air.windMps, limit: m.maxGustMps, unit: "m/s" };
  // It may lead the whole, before the dock's own wind: whose it is must stand with it.
  const there = worded`wind ${speed(air.windMps)} at ${air.station}${gusts},`;
  if (air.windMps > m.maxWindMps) return one("block", there, { ...wind, doThis: wait });
  if ((air.gustMps ?? 0) > m.maxGustMps) return one("block", there, { ...gust, doThis: wait });
  if (air.windMps > limits.cautionWindMps || (air.gustMps ?? 0) > limits.cautionGustMps)
    return one("caution", there, wind);
  return one("pass", worded`wind ${speed(air.windMps)}${gusts},`, wind);
}

function visibilityFinding(air: Reported, limits: WeatherLimits): Outcome {
  if (air.visibilityM === undefined) return one("unknown", "no visibility reported,", { doThis: lookFirst });
  const miles = air.visibilityM / MILE_M;
  const more = { measured: Math.round(miles * 10) / 10, limit: limits.minVisibilitySm, unit: "SM" };
  const seen = figure("visibility", air.visibilityM, milesText(miles), { round: "down" });
  const least = figure("visibility", limits.minVisibilitySm * MILE_M, `${limits.minVisibilitySm}`, {
    ...{ bare: true, round: "up" },
  });
  // A report in metres of just under the limit, e.g. 4800, is the limit: 1 % is forgiven, as in the report itself.
  if (miles < limits.minVisibilitySm * 0.99)
    return one("block", worded`visibility ${seen}, limit ${least},`, { ...more, doThis: wait });
  return one(miles < limits.cautionVisibilitySm ? "caution" : "pass", worded`visibility ${seen},`, more);
}

const milesText = (miles: number): string => `${miles < 3 ? miles.toFixed(1) : Math.round(miles)} SM`;

function ceilingFinding(air: Reported, limits: WeatherLimits, flightAglM: number | undefined): Outcome {
  if (air.ceilingM === undefined) return one("unknown", "no ceiling reported,", { doThis: lookFirst });
  if (air.ceilingM === "none") return one("pass", "no ceiling,");
  const ceiling = figure("height", air.ceilingM, `${Math.round(air.ceilingM)} m`, { round: "down" });
  const text = worded`ceiling ${ceiling},`;
  if (flightAglM === undefined)
    return one("unknown", worded`${text} and no way to hold against it,`, { doThis: lookFirst });
  const limit = Math.round(flightAglM + limits.belowCeilingM);
  const more = { measured: Math.round(air.ceilingM), limit, unit: "m" };
  if (air.ceilingM < limit)
    return one(
      "block",
      worded`ceiling ${ceiling}, ${figure("height", limit, `${limit}`, { bare: true, round: "up" })} needed,`,
      { ...more, doThis: wait },
    );
  return one(air.ceilingM < limit + limits.belowCeilingM ? "caution" : "pass", text, more);
}

const wet = /RA|DZ|SN|FG|BR|UP|PL/;

/** Ice forms where it is cold and wet; at the height of the flight it is colder than at the station (flight.md 3.4). */
function temperatureFinding(air: Reported, limits: WeatherLimits): Outcome {
  const { temperatureC, dewPointC } = air;
  if (temperatureC === undefined) return one("unknown", "no temperature reported.", { doThis: lookFirst });
  const more = { measured: temperatureC, unit: "°C" };
  const text = `${temperatureC} °C.`;
  if (temperatureC < limits.minC || temperatureC > limits.maxC)
    return one("block", `${temperatureC} °C, limits ${limits.minC} and ${limits.maxC}.`, { ...more, doThis: wait });
  const spreadC = dewPointC === undefined ? undefined : temperatureC - dewPointC;
  const moist = air.weather.some((code) => wet.test(code)) || (spreadC !== undefined && spreadC <= 2);
  if (temperatureC <= 2 && moist)
    return one("block", `${text} Ice can form: at most 2 °C, and wet.`, { ...more, doThis: wait });
  if (temperatureC <= 5 && (moist || (spreadC !== undefined && spreadC <= 3)))
    return one("caution", `${text} Near to icing.`, more);
  return one(temperatureC < 0 || temperatureC > 40 ? "caution" : "pass", text, more);
}

const never: readonly (readonly [RegExp, string])[] = [
  [/^(?!VC|RE).*TS/, "Thunderstorm"],
  [/FZ/, "Freezing rain or fog"],
  [/GR|GS|PL|IC/, "Hail or ice"],
  [/FC|SQ|DS|SS|VA/, "Squalls, sand or ash"],
];

/** What falls and thunders, by the code that the station gave. */
function skyFindings({ weather }: Reported, limits: WeatherLimits): Outcome[] {
  return weather.flatMap((code) => {
    const [, bad] = never.find(([pattern]) => pattern.test(code)) ?? [];
    if (bad !== undefined) return [one("block", `${bad} (${code}).`, { doThis: wait })];
    if (/TS/.test(code)) return [one("caution", `Thunderstorm near or just over (${code}).`)];
    if (!/RA|DZ|SN|SG|UP/.test(code) || /^(VC|RE)/.test(code)) return [one("pass", `(${code})`)];
    const light = code.startsWith("-");
    const rated = limits.rain === "any" || (limits.rain === "light" && light);
    return [
      rated
        ? one("caution", `It rains or snows (${code}).`)
        : one("block", `It rains or snows (${code}).`, { doThis: wait }),
    ];
  });
}
