import type { CityFile } from "@outrider/contract";
import { type CityModel, cityFromFile } from "../world/index.js";
import { API } from "./callStation.js";

export type CityLoad =
  | { readonly kind: "city"; readonly city: CityModel }
  | { readonly kind: "failed"; readonly why: string };

/** The city that the station serves to people who are logged in. */
export async function loadCity(): Promise<CityLoad> {
  try {
    const answer = await fetch(`${API}/city`, { credentials: "same-origin" });
    if (!answer.ok) return { kind: "failed", why: `The map did not come (${answer.status}).` };
    return { kind: "city", city: cityFromFile((await answer.json()) as CityFile) }; // Checked by the station when it loaded it.
  } catch {
    return { kind: "failed", why: "The map did not come: no answer from the server." };
  }
}
