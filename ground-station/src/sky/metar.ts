/** A METAR as far as a launch rests on it (WMO No. 306 FM 15; FMH-1). What is not in it, or not readable, is undefined. */
export type Metar = {
  readonly station: string;
  readonly observedMs: number;
  readonly raw: string;
  readonly windMps: number | undefined;
  readonly gustMps: number | undefined;
  readonly windFromDeg: number | undefined;
  readonly visibilityM: number | undefined;
  /** Above the station; "none": no layer covers more than half of the sky. */
  readonly ceilingM: number | "none" | undefined;
  /** Codes of the present weather, e.g. "-RA", "TSRA", "VCTS". */
  readonly weather: readonly string[];
  readonly temperatureC: number | undefined;
  readonly dewPointC: number | undefined;
  readonly qnhHpa: number | undefined;
};

type Found = { -readonly [K in keyof Omit<Metar, "station" | "observedMs" | "raw" | "weather">]: Metar[K] } & {
  weather: string[];
};

const MILE_M = 1609.344;
const FOOT_M = 0.3048;
const HPA_PER_INCH = 33.8639;
const CAVOK_VISIBILITY_M = 10_000;
const LONGEST = 1_000;
const DAY_MS = 86_400_000;
/** A station's clock may be a little ahead of ours. */
const AHEAD_MS = 15 * 60_000;

const header = /(?:^|\s)([A-Z][A-Z0-9]{3})\s+(\d{2})(\d{2})(\d{2})Z(?=\s|$)/;
const afterThis = new Set(["RMK", "TEMPO", "BECMG", "NOSIG", "FCST", "INTER"]);
const windWord = /^(\d{3}|VRB|\/\/\/)P?(\d{2,3})(?:G(\d{2,3}))?(KT|MPS|KMH)$/;
const weatherWord =
  /^(?:[-+]|VC|RE)?(?:MI|PR|BC|DR|BL|SH|TS|FZ){0,2}(?:DZ|RA|SN|SG|IC|PL|GR|GS|UP|BR|FG|FU|VA|DU|SA|HZ|PY|PO|SQ|FC|SS|DS){0,3}$/;
const cloudWord = /^(FEW|SCT|BKN|OVC|VV)(\d{3}|\/\/\/)(?:CB|TCU|\/\/\/)?$/;
const temperatureWord = /^(M?\d{2})\/(M?\d{2}|\/\/)?$/;

/**
 * Reads the newest METAR in a text, of `station` where one is asked for. Undefined where there is none that can be read.
 * `nowMs`: the report tells its day of the month alone.
 */
export function readMetar(text: string, nowMs: number, station?: string): Metar | undefined {
  let best: Metar | undefined;
  for (const line of text.slice(0, 64 * LONGEST).split(/[\r\n=]+/)) {
    const one = readLine(line.slice(0, LONGEST), nowMs);
    if (one === undefined || (station !== undefined && one.station !== station)) continue;
    if (best === undefined || one.observedMs > best.observedMs) best = one;
  }
  return best;
}

function readLine(line: string, nowMs: number): Metar | undefined {
  const head = header.exec(line);
  if (head === null) return undefined;
  const [whole, station = "", day, hour, minute] = head;
  const observedMs = observedAt(Number(day), Number(hour), Number(minute), nowMs);
  const words = line
    .slice(head.index + whole.length)
    .trim()
    .split(/\s+/);
  if (observedMs === undefined || words[0] === "NIL") return undefined;
  const found: Found = {
    ...{ windMps: undefined, gustMps: undefined, windFromDeg: undefined, visibilityM: undefined },
    ...{ ceilingM: undefined, weather: [], temperatureC: undefined, dewPointC: undefined, qnhHpa: undefined },
  };
  let wholeMiles: number | undefined;
  for (const word of words) {
    if (afterThis.has(word)) break;
    // "1 1/2SM" is two words.
    if (/^\d{1,2}$/.test(word)) wholeMiles = Number(word);
    else {
      readWord(word, found, wholeMiles ?? 0);
      wholeMiles = undefined;
    }
  }
  return { station, observedMs, raw: line.trim(), ...found };
}

function readWord(word: string, found: Found, wholeMiles: number): void {
  const known =
    readWind(word, found) ||
    readVisibility(word, found, wholeMiles) ||
    readCloud(word, found) ||
    readTemperature(word, found) ||
    readPressure(word, found);
  if (!known && word.length > 1 && weatherWord.test(word) && !/^(?:[-+]|VC|RE)$/.test(word)) found.weather.push(word);
}

function readWind(word: string, found: Found): boolean {
  const wind = windWord.exec(word);
  if (wind === null) return false;
  const [, from = "", speed, gust, unit = "KT"] = wind;
  const factor = unit === "MPS" ? 1 : unit === "KMH" ? 1 / 3.6 : 1852 / 3600;
  found.windMps ??= Number(speed) * factor;
  if (gust !== undefined) found.gustMps ??= Number(gust) * factor;
  if (/^\d/.test(from)) found.windFromDeg ??= Number(from) % 360;
  return true;
}

function readVisibility(word: string, found: Found, wholeMiles: number): boolean {
  if (word === "CAVOK") {
    found.visibilityM ??= CAVOK_VISIBILITY_M;
    found.ceilingM ??= "none";
    return true;
  }
  const miles = /^([MP])?(\d{1,2})(?:\/(\d{1,2}))?SM$/.exec(word);
  if (miles !== null) {
    const [, sign, upper, lower] = miles;
    const value = wholeMiles + Number(upper) / Number(lower ?? 1);
    // "Less than a quarter": anything below it may be true.
    if (Number.isFinite(value)) found.visibilityM ??= sign === "M" ? 0 : value * MILE_M;
    return true;
  }
  const metres = /^(\d{4})(NDV|N|NE|E|SE|S|SW|W|NW)?$/.exec(word);
  if (metres === null) return false;
  const value = Number(metres[1]);
  // The least of several directions counts.
  found.visibilityM = Math.min(
    found.visibilityM ?? Number.POSITIVE_INFINITY,
    value === 9999 ? CAVOK_VISIBILITY_M : value,
  );
  return true;
}

function readCloud(word: string, found: Found): boolean {
  if (/^(SKC|CLR|NSC|NCD)$/.test(word)) {
    found.ceilingM ??= "none";
    return true;
  }
  const layer = cloudWord.exec(word);
  if (layer === null) return false;
  const [, cover = "", height = ""] = layer;
  if (cover === "FEW" || cover === "SCT") {
    found.ceilingM ??= "none";
    return true;
  }
  // A ceiling without a height may be anywhere, also on the ground.
  const heightM = height === "///" ? 0 : Number(height) * 100 * FOOT_M;
  found.ceilingM = typeof found.ceilingM === "number" ? Math.min(found.ceilingM, heightM) : heightM;
  return true;
}

function readTemperature(word: string, found: Found): boolean {
  const read = temperatureWord.exec(word);
  if (read === null) return false;
  const celsius = (text: string | undefined): number | undefined =>
    text === undefined || text === "//" ? undefined : Number(text.replace("M", "-"));
  found.temperatureC ??= celsius(read[1]);
  found.dewPointC ??= celsius(read[2]);
  return true;
}

/** A pressure that no weather has is a misread one: a height would rest on it. */
function readPressure(word: string, found: Found): boolean {
  const read = /^([AQ])(\d{4})$/.exec(word);
  if (read === null) return false;
  const value = Number(read[2]);
  const hpa = read[1] === "A" ? (value / 100) * HPA_PER_INCH : value;
  if (hpa > 870 && hpa < 1090) found.qnhHpa ??= hpa;
  return true;
}

/** The latest such day, hour and minute that is not ahead of now. */
function observedAt(day: number, hour: number, minute: number, nowMs: number): number | undefined {
  if (day < 1 || day > 31 || hour > 23 || minute > 59) return undefined;
  const now = new Date(nowMs + AHEAD_MS);
  for (let back = 0; back < 3; back++) {
    const atMs = Date.UTC(now.getUTCFullYear(), now.getUTCMonth() - back, day, hour, minute);
    // The 31st of a month that has 30 days would be the 1st of the next one.
    if (new Date(atMs).getUTCDate() === day && atMs <= nowMs + AHEAD_MS && nowMs - atMs < 62 * DAY_MS) return atMs;
  }
  return undefined;
}
