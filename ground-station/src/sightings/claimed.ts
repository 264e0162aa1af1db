import type { Check } from "./checks.js";
import { stateCode, stateName } from "./plate-state.js";

/** What another network says of a plate: that it is on a list of its own, which nobody here has seen. */
export type Claim = { readonly list: string; readonly reason: string };

/**
 * What a person is told instead of a comparison. Nothing of the entry came with the claim, so nothing passes: it is
 * worth a look at that network, and two people before anybody is stopped.
 */
export function claimChecks({ list }: Pick<Claim, "list">, plateState: string | undefined): readonly Check[] {
  const read = stateCode(plateState);
  return [
    { name: "Letters", state: "caution", text: "the listed letters were not sent" },
    {
      name: "State",
      state: "caution",
      text: read === undefined ? "not read" : `${stateName(read)} read; the listed state was not sent`,
    },
    { name: "List", state: "caution", text: `${list}: no list of ours, its age is not known. Ask who entered it` },
  ];
}
