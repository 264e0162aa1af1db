import type { AircraftNow, Wanted } from "./wanted.js";

/** An autopilot that is heard and not ordered, by the bridge's reason. */
export type UnidentifiedNow = {
  readonly endpoint: string;
  readonly sysid: number;
  readonly reason: "silent" | "noUid" | "uidTaken";
  /** Of whom it tells the id; otherwise, whom it is known as from before, and must say anew that it is. */
  readonly uid: string | undefined;
};

// Each is a cause of its own: what helps against one does not help against the other.
const causes = { silent: "unidentified", noUid: "noUid", uidTaken: "uidTaken" } as const;

/** Somebody on our links of whom it is not known who he is. */
export function unidentified(one: UnidentifiedNow, ours: readonly AircraftNow[]): Wanted {
  const known = ours.find(({ uid }) => uid === one.uid);
  return {
    cause: causes[one.reason],
    // Part of the alarm's id, which stands in addresses.
    subject: `${one.endpoint}.${one.sysid}`.replace(/[^\w.-]/g, "_"),
    level: known?.live === true ? "warning" : "caution",
    about: known?.callSign ?? "Bridge",
    text: `${unidentifiedText(one, known)} (${one.endpoint}).`,
    consequence: unidentifiedAdvice(one, known),
  };
}

function unidentifiedText({ sysid, reason, uid }: UnidentifiedNow, known: AircraftNow | undefined): string {
  const stranger = `An aircraft with system id ${sysid}`;
  switch (reason) {
    case "silent":
      return known === undefined
        ? `${stranger} does not say who it is`
        : `${known.callSign} does not say that it is the same one`;
    case "noUid":
      return `${known?.callSign ?? stranger} has no unique id`;
    case "uidTaken":
      return `${stranger} tells the unique id of ${known?.callSign ?? uid ?? "another one"}`;
  }
}

function unidentifiedAdvice({ reason }: UnidentifiedNow, known: AircraftNow | undefined): string {
  if (reason === "uidTaken")
    return "It gets no order. Switch it off: if the other one falls silent, this one would be taken for it.";
  if (known?.live === true)
    return "Over this link only hold, return and land go to it. Where it has no other, bring it home.";
  return reason === "noUid"
    ? "It gets no order. Give its autopilot firmware that tells uid2, or switch it off."
    : "It gets no order. Look which aircraft it is and at its link, then switch it off and on again.";
}

export function ourIds(endpoint: string, flying: readonly AircraftNow[]): Wanted {
  return {
    cause: "ourIds",
    subject: "bridge",
    level: flying.length > 0 ? "warning" : "caution",
    about: "Bridge",
    text: `Another station sends with our own ids at ${endpoint}.`,
    consequence: "Its frames are dropped; answers to it can look like answers to us. Switch it off.",
  };
}

export function forged({ verb, reason }: { readonly verb: string; readonly reason: string }): Wanted {
  return {
    cause: "forgedOrder",
    subject: "bridge",
    level: "warning",
    about: "Bridge",
    text: `The bridge was sent an order (${verb}) that is not ours: ${reason}`,
    consequence: "It was not carried out. Somebody holds the bridge's token: tell who runs the network.",
  };
}
