export type Weather = {
  readonly windMps: number;
  readonly windFromDeg: number;
  readonly gustMps: number;
  readonly temperatureC: number;
  readonly qnhHpa: number;
};

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
  const temperature = `${degrees(weather.temperatureC)}/${degrees(weather.temperatureC - 6)}`;
  return `METAR ${station} ${time} ${blows} 10SM FEW020 ${temperature} A${inches} RMK AO2 SIMULATED`;
}
