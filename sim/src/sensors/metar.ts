export type Rain = "none" | "light" | "moderate" | "heavy";

export type Weather = {
  readonly windMps: number;
  readonly windFromDeg: number;
  readonly gustMps: number;
  readonly temperatureC: number;
  readonly qnhHpa: number;
  readonly rain: Rain;
  /** Undefined: as far as a station reports. */
  readonly visibilityM: number | undefined;
  /** Lowest overcast; undefined: none. */
  readonly ceilingAglM: number | undefined;
};

const MILE_M = 1609.344;
const FOOT_M = 0.3048;

const two = (value: number): string => String(value).padStart(2, "0");
const degrees = (celsius: number): string => (celsius < 0 ? `M${two(Math.round(-celsius))}` : two(Math.round(celsius)));

/**
 * A METAR of the present weather (WMO No. 306 FM 15, in the United States' manner: knots, statute miles, inches).
 * Gusts are told when they exceed the mean by ten knots, as FMH-1 has it for gusts between peaks and lulls.
 */
export function metarText(station: string, weather: Weather, nowMs: number): string {
  const at = new Date(nowMs);
  const time = `${two(at.getUTCDate())}${two(at.getUTCHours())}${two(at.getUTCMinutes())}Z`;
  const wind = Math.round(weather.windMps * 1.943_844);
  const gust = Math.round(weather.gustMps * 1.943_844);
  const from = Math.round(weather.windFromDeg / 10) * 10 || 360;
  const blows =
    wind < 1 ? "00000KT" : `${String(from).padStart(3, "0")}${two(wind)}${gust - wind >= 10 ? `G${two(gust)}` : ""}KT`;
  const inches = Math.round((weather.qnhHpa / 33.8639) * 100);
  const temperature = `${degrees(weather.temperatureC)}/${degrees(weather.temperatureC - spreadC(weather))}`;
  const words = [blows, milesSeen(weather.visibilityM), ...presentWeather(weather), clouds(weather), temperature];
  return `METAR ${station} ${time} ${words.join(" ")} A${inches} RMK AO2 SIMULATED`;
}

const milesOf = (metres: number | undefined): number => (metres ?? Number.POSITIVE_INFINITY) / MILE_M;
const isFog = ({ visibilityM }: Weather): boolean => milesOf(visibilityM) < 0.625;

/** Prevailing visibility in the steps that FMH-1 reports (chapter 6), always down: a station never promises more than there is. */
function milesSeen(metres: number | undefined): string {
  // What was ordered in metres of whole miles is whole miles.
  const miles = milesOf(metres) + 1e-6;
  if (miles >= 3) return `${Math.min(10, Math.floor(miles))}SM`;
  if (miles < 0.25) return "M1/4SM";
  const quarters = Math.floor(miles * 4);
  const [whole, rest] = [Math.floor(quarters / 4), quarters % 4];
  const part = ["", "1/4", "1/2", "3/4"][rest] ?? "";
  return `${[...(whole > 0 ? [String(whole)] : []), ...(part === "" ? [] : [part])].join(" ")}SM`;
}

/** Rain and what hides the view; below freezing both are of drops that freeze. */
function presentWeather(weather: Weather): string[] {
  const { rain, temperatureC, visibilityM } = weather;
  const freezing = temperatureC < 0 ? "FZ" : "";
  const falls = rain === "none" ? [] : [`${{ light: "-", moderate: "", heavy: "+" }[rain]}${freezing}RA`];
  if (isFog(weather)) return [...falls, `${freezing}FG`];
  return milesOf(visibilityM) < 7 ? [...falls, "BR"] : falls;
}

/** Clouds that nobody ordered: a few as on a fair day, above rain a grey sky that leaves room to fly. */
function clouds({ ceilingAglM, rain }: Weather): string {
  if (ceilingAglM === undefined) return rain === "none" ? "FEW020" : "OVC050";
  return `OVC${String(Math.floor(ceilingAglM / FOOT_M / 100 + 1e-6)).padStart(3, "0")}`;
}

/** Temperature over dew point: in fog none, in rain and mist little. */
function spreadC(weather: Weather): number {
  if (isFog(weather)) return 0;
  if (weather.rain !== "none") return 1;
  return milesOf(weather.visibilityM) < 7 ? 2 : 6;
}
