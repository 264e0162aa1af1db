import { type SceneSignals, signalLamps } from "../camera/index.js";
import type { SignalHead } from "../traffic/index.js";

/** What changed at the city's lights: new places come with a new set of lamps, of which there are as many as heads. */
export type SignalNews = { readonly places?: Float64Array; readonly lit: Uint8Array };

/** From the kerb to the pole beside it. */
const besideKerbM = 0.5;

/** Tells those who draw the lights where they stand once, and which lamps are lit whenever one changed. */
export function signalNews(): (heads: readonly SignalHead[]) => SignalNews | undefined {
  let places = new Float64Array(0);
  let lit = new Uint8Array(0);
  return (heads) => {
    const nowLit = Uint8Array.from(heads, (head) => signalLamps.indexOf(head.aspect));
    const nowPlaces = placesOf(heads);
    const moved = !isSame(nowPlaces, places);
    if (!moved && isSame(nowLit, lit)) return undefined;
    places = nowPlaces;
    lit = nowLit;
    return moved ? { places, lit } : { lit };
  };
}

export const withNews = (known: SceneSignals | undefined, news: SignalNews | undefined): SceneSignals | undefined =>
  news === undefined ? known : { places: news.places ?? known?.places ?? new Float64Array(0), lit: news.lit };

function placesOf(heads: readonly SignalHead[]): Float64Array<ArrayBuffer> {
  const places = new Float64Array(3 * heads.length);
  heads.forEach(({ eastM, northM, kerbM, towardsDeg }, i) => {
    const rad = (towardsDeg * Math.PI) / 180;
    places[3 * i] = eastM + Math.cos(rad) * (kerbM + besideKerbM);
    places[3 * i + 1] = northM - Math.sin(rad) * (kerbM + besideKerbM);
    places[3 * i + 2] = towardsDeg;
  });
  return places;
}

const isSame = (a: Float64Array | Uint8Array, b: Float64Array | Uint8Array): boolean =>
  a.length === b.length && a.every((value, i) => value === b[i]);
