import type { FactData, VehicleDescription } from "@outrider/contract";
import { type Agreements, capital, vehicleWords } from "./attributes.js";
import { differingIndexes } from "./plate.js";
import { stateCode, stateName } from "./plate-state.js";
import type { RoadVerdict } from "./travel.js";

export type Check = FactData<"HitFound">["checks"][number];

/** Older lists are used with care, then not at all: what is no longer true was never refreshed away. */
export const listAges = { cautionS: 12 * 3600, blockS: 24 * 3600 } as const;

export function lettersCheck(
  read: string,
  listed: string,
  others: readonly string[],
): { check: Check; doubtful: number[] } {
  const rivals = [listed, ...others].filter((plate) => plate.length === read.length);
  const doubtful = [...new Set(rivals.flatMap((plate) => differingIndexes(read, plate)))].sort((a, b) => a - b);
  const say = doubtful.map((index) => {
    const other = rivals.find((plate) => plate.charAt(index) !== read.charAt(index))?.charAt(index) ?? "another";
    return `${read.charAt(index)} may be ${other}`;
  });
  if (read.length !== listed.length) say.push(read.length > listed.length ? "one letter more" : "one letter fewer");
  const text = say.length === 0 ? "the same, letter by letter" : say.join(", ");
  return { check: { name: "Letters", state: say.length === 0 ? "pass" : "caution", text }, doubtful };
}

export const noLettersCheck: Check = {
  name: "Letters",
  state: "caution",
  text: "no plate is known; only the description fits",
};

export function stateCheck(read: string | undefined, listed: string | undefined): Check {
  const [r, l] = [stateCode(read), stateCode(listed)];
  if (r === undefined || l === undefined)
    return { name: "State", state: "caution", text: r === undefined ? "not read" : "not in the list" };
  if (r === l) return { name: "State", state: "pass", text: `${stateName(r)} on both` };
  return { name: "State", state: "block", text: `${stateName(r)} read, ${stateName(l)} listed: another car` };
}

export function vehicleCheck(read: VehicleDescription, sought: VehicleDescription, agreements: Agreements): Check {
  const against = Object.entries(agreements).filter(([, one]) => one === "differs");
  if (against.length > 0)
    return {
      name: "Vehicle",
      state: "caution",
      text: `${vehicleWords(read)} read, ${vehicleWords(sought)} sought: ${against.map(([name]) => name).join(" and ")} differs`,
    };
  if (!Object.values(agreements).includes("same"))
    return { name: "Vehicle", state: "caution", text: `${vehicleWords(read)} read; nothing to compare with` };
  return { name: "Vehicle", state: "pass", text: `${vehicleWords(read)} on both` };
}

export const ageWords = (ageS: number): string => {
  const s = Math.max(0, Math.round(ageS));
  if (s < 120) return `${s} s`;
  if (s < 3600) return `${Math.round(s / 60)} min`;
  if (s < 172_800) return `${Math.floor(s / 3600)} h ${String(Math.floor((s % 3600) / 60)).padStart(2, "0")}`;
  return `${Math.floor(s / 86_400)} days`;
};

export function listAgeCheck(ageS: number): Check {
  const text = `${ageWords(ageS)} since it was refreshed`;
  if (ageS >= listAges.blockS) return { name: "List age", state: "block", text: `${text}: too old to stop anybody on` };
  return { name: "List age", state: ageS >= listAges.cautionS ? "caution" : "pass", text };
}

export function travelCheck(
  from: { readonly label: string; readonly elapsedS: number; readonly roads: RoadVerdict } | undefined,
): Check {
  if (from === undefined) return { name: "Travel", state: "caution", text: "not seen anywhere before" };
  const since = `${ageWords(Math.abs(from.elapsedS))} ${from.elapsedS < 0 ? "before" : "from"} ${from.label}`;
  switch (from.roads.kind) {
    case "allowed":
      return { name: "Travel", state: "pass", text: `${since}, roads allow it` };
    case "hard":
      return { name: "Travel", state: "caution", text: `${since}; the roads need ${ageWords(from.roads.needS)}` };
    case "impossible":
      return {
        name: "Travel",
        state: "block",
        text: `${since}: no road is that quick. ${capital("a cloned plate or a wrong clock")}`,
      };
  }
}
