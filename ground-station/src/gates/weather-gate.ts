import type { GateState, WeatherLimits } from "@outrider/contract";
import { limits as fixed } from "./limits.js";
import type { Outcome } from "./result.js";

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
  const all = found.map((finding) => finding.text).join(" ");
  // What stops it comes first, as a sentence of its own; everything that was measured follows.
  const first =
    worst === found[0] ? "" : `${worst.text.charAt(0).toUpperCase()}${worst.text.slice(1).replace(/,$/, ".")} `;
  return { ...worst, text: `${first}${all}` };
}

const lookFirst = "Look at the weather, then decide.";
const wait = "Wait until it is better.";

type More = Omit<Outcome, "state" | "text">;
const one = (state: GateState, text: string, more: More = {}): Outcome => ({ state, text, ...more });

function dockFinding({ dock, maxWindMps, maxGustMps, limits }: WeatherMeasured): Outcome {
  if (dock === undefined) return one("unknown", "The dock has no weather.", { doThis: lookFirst });
  const gust = { measured: dock.gustMps, limit: maxGustMps, unit: "m/s" };
  const text = `Wind ${dock.windMps.toFixed(0)} m/s, gusts ${dock.gustMps.toFixed(0)}, limits ${maxWindMps} and ${maxGustMps}.`;
  const doThis = "Wait for less wind.";
  if (dock.windMps > maxWindMps)
    return one("block", text, { measured: dock.windMps, limit: maxWindMps, unit: "m/s", doThis });
  if (dock.gustMps > maxGustMps) return one("block", text, { ...gust, doThis });
  if (dock.rain) return one("caution", `${text} It rains.`, gust);
  return one(dock.windMps > (limits?.cautionWindMps ?? fixed.windWarnMps) ? "caution" : "pass", text, gust);
}

function airFindings(m: WeatherMeasured, air: AirMeasured): Outcome[] {
  if (air.kind === "none" || m.limits === undefined)
    return [one("unknown", air.kind === "none" ? air.why : "No limits for the weather.", { doThis: lookFirst })];
  const { limits } = m;
  return [
    one("pass", `${air.station} ${Math.round(air.ageS / 60)} min ago${farText(air.distanceM)}:`),
    windFinding(m, air, limits),
    visibilityFinding(air, limits),
    ceilingFinding(air, limits, m.flightAglM),
    temperatureFinding(air, limits),
    ...skyFindings(air, limits),
  ];
}

type Reported = Extract<AirMeasured, { kind: "reported" }>;

const farText = (metres: number | undefined): string =>
  metres === undefined ? "" : `, ${Math.round(metres / 1000)} km away`;

function windFinding(m: WeatherMeasured, air: Reported, limits: WeatherLimits): Outcome {
  if (air.windMps === undefined) return one("unknown", "no wind reported,", { doThis: lookFirst });
  const gusts = air.gustMps === undefined ? "" : `, gusts ${air.gustMps.toFixed(0)}`;
  const text = `wind ${air.windMps.toFixed(0)} m/s${gusts},`;
  const wind = { measured: air.windMps, limit: m.maxWindMps, unit: "m/s" };
  const gust = { measured: air.gustMps ?? air.windMps, limit: m.maxGustMps, unit: "m/s" };
  if (air.windMps > m.maxWindMps) return one("block", text, { ...wind, doThis: wait });
  if ((air.gustMps ?? 0) > m.maxGustMps) return one("block", text, { ...gust, doThis: wait });
  const strong = air.windMps > limits.cautionWindMps || (air.gustMps ?? 0) > limits.cautionGustMps;
  return one(strong ? "caution" : "pass", text, wind);
}

function visibilityFinding(air: Reported, limits: WeatherLimits): Outcome {
  if (air.visibilityM === undefined) return one("unknown", "no visibility reported,", { doThis: lookFirst });
  const miles = air.visibilityM / MILE_M;
  const more = { measured: Math.round(miles * 10) / 10, limit: limits.minVisibilitySm, unit: "SM" };
  // A report in metres of just under the limit, e.g. 4800, is the limit: 1 % is forgiven, as in the report itself.
  if (miles < limits.minVisibilitySm * 0.99)
    return one("block", `visibility ${milesText(miles)}, limit ${limits.minVisibilitySm},`, { ...more, doThis: wait });
  return one(miles < limits.cautionVisibilitySm ? "caution" : "pass", `visibility ${milesText(miles)},`, more);
}

const milesText = (miles: number): string => `${miles < 3 ? miles.toFixed(1) : Math.round(miles)} SM`;

function ceilingFinding(air: Reported, limits: WeatherLimits, flightAglM: number | undefined): Outcome {
  if (air.ceilingM === undefined) return one("unknown", "no ceiling reported,", { doThis: lookFirst });
  if (air.ceilingM === "none") return one("pass", "no ceiling,");
  const text = `ceiling ${Math.round(air.ceilingM)} m,`;
  if (flightAglM === undefined) return one("unknown", `${text} and no way to hold against it,`, { doThis: lookFirst });
  const limit = Math.round(flightAglM + limits.belowCeilingM);
  const more = { measured: Math.round(air.ceilingM), limit, unit: "m" };
  if (air.ceilingM < limit)
    return one("block", `ceiling ${Math.round(air.ceilingM)} m, ${limit} needed,`, { ...more, doThis: wait });
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
