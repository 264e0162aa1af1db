import type { CityFile, GeoPoint } from "@outrider/contract";
import { localFrame } from "@outrider/geo";

const nearEnoughM = 80;

/** Name of a place for people: the nearest known address, or the position itself where none is near. */
export function createAddressBook(city: CityFile): (point: GeoPoint) => string {
  const frame = localFrame(city.origin);
  return (point) => {
    const at = frame.toLocal(point);
    let best: { text: string; distanceM: number } | undefined;
    for (const address of city.addresses) {
      const distanceM = Math.hypot(address.eastDm / 10 - at.eastM, address.northDm / 10 - at.northM);
      if (distanceM <= nearEnoughM && (best === undefined || distanceM < best.distanceM))
        best = { text: address.text, distanceM };
    }
    return best?.text.slice(0, 200) ?? `${point.latDeg.toFixed(5)}, ${point.lonDeg.toFixed(5)}`;
  };
}
