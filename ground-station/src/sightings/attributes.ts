import type { VehicleDescription } from "@outrider/contract";

export type Agreement = "same" | "near" | "differs" | "unknown";

/** Colours that readers and people mix up (correlation.md section 2): white-silver-gray, black-blue-gray and so on. */
const colorGroups = [
  ["white", "silver", "gray"],
  ["black", "blue", "gray", "green"],
  ["red", "brown", "maroon"],
  ["yellow", "orange", "gold", "beige", "brown"],
] as const;
const bodyGroups = [
  ["sedan", "hatchback", "coupe", "wagon"],
  ["suv", "wagon", "van", "crossover"],
  ["truck", "pickup"],
] as const;
const synonyms: Readonly<Record<string, string>> = {
  grey: "gray",
  tan: "beige",
  chevy: "chevrolet",
  vw: "volkswagen",
  mercedesbenz: "mercedes",
  minivan: "van",
};

/** "silver-gray" is silver and "sedan-standard" a sedan: the first word of a vendor's compound decides. */
function word(said: string | undefined): string | undefined {
  const first =
    said
      ?.toLowerCase()
      .trim()
      .split(/[\s_/-]/)[0] ?? "";
  return first === "" || first === "unknown" || first === "missing" ? undefined : (synonyms[first] ?? first);
}

function agree(a: string | undefined, b: string | undefined, groups: readonly (readonly string[])[]): Agreement {
  const [one, other] = [word(a), word(b)];
  if (one === undefined || other === undefined) return "unknown";
  if (one === other) return "same";
  return groups.some((group) => group.includes(one) && group.includes(other)) ? "near" : "differs";
}

export type Agreements = { readonly color: Agreement; readonly make: Agreement; readonly body: Agreement };

export const compareVehicles = (read: VehicleDescription, sought: VehicleDescription): Agreements => ({
  color: agree(read.color, sought.color, colorGroups),
  make: agree(read.make, sought.make, []),
  body: agree(read.body, sought.body, bodyGroups),
});

const all = (agreements: Agreements): readonly Agreement[] => Object.values(agreements);

/** At least one attribute speaks for it and none against: what a weak plate match needs. */
export const attributesSupport = (agreements: Agreements): boolean =>
  all(agreements).some((one) => one === "same") && !all(agreements).includes("differs");

/** Enough to show a car by description alone: two attributes fit (one of them exactly) and none speaks against. */
export function fitsDescription(agreements: Agreements): boolean {
  const fitting = all(agreements).filter((one) => one === "same" || one === "near");
  return fitting.length >= 2 && attributesSupport(agreements);
}

/** For the ear: "silver honda sedan". */
export function vehicleWords(vehicle: VehicleDescription): string {
  const make = vehicle.make === undefined ? undefined : capital(vehicle.make);
  const words = [word(vehicle.color), make, word(vehicle.body)].filter((one) => one !== undefined);
  return words.length === 0 ? "vehicle" : words.join(" ");
}

export const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
