import type { LaunchView, RoomViews } from "@outrider/contract";
import { useRef, useState } from "react";
import type { LaunchCardView, Units } from "../../parts/index.js";
import { changeText, launchCardView, queueText } from "./launchCardView.js";
import { phaseWord } from "./strips.js";
import type { Orders } from "./useOrders.js";

export interface CardsInput {
  readonly pilot: RoomViews["pilot"] | undefined;
  readonly nowMs: number;
  readonly wallMs: number;
  readonly units: Units;
  readonly ceilingAglM: number | undefined;
  readonly orders: Orders;
  readonly me: string;
  readonly mayLaunch: boolean;
  /** Nothing has come from the station for a while: an approval would go nowhere, or arrive unseen. */
  readonly channelDead: boolean;
}

export interface Cards {
  readonly shown: LaunchView | undefined;
  readonly card: LaunchCardView | undefined;
  readonly queue: readonly { readonly id: string; readonly text: string }[];
  readonly openIds: readonly string[];
  readonly proposedUids: ReadonlySet<string>;
  /** Aircraft on their way out of the dock, and at which step: they must not read as if they were still free. */
  readonly leaving: ReadonlyMap<string, string>;
  readonly vetoLeftS: number | undefined;
  open(id: string): void;
}

const PREPARING: ReadonlySet<LaunchView["phase"]> = new Set(["approved", "openingDock", "uploading", "arming"]);
const OVER: ReadonlySet<LaunchView["phase"]> = new Set(["declined", "expired", "refused", "aborted"]);
const OVER_STAYS_MS = 12_000;
const CHANGED_STAYS_MS = 8_000;

/** Which launch is on the card, which wait behind it, and what changed under the pilot's hand. */
export function useCards(input: CardsInput): Cards {
  const [wanted, setWanted] = useState<string>();
  const seen = useRef(
    new Map<
      string,
      { launch: LaunchView; changed: string | undefined; changedWallMs: number; overWallMs: number | undefined }
    >(),
  );
  const launches = input.pilot?.launches ?? [];
  for (const l of launches) note(seen.current, l, input.wallMs);
  const proposed = launches.filter((l) => l.phase === "proposed");
  const preparing = launches.filter((l) => PREPARING.has(l.phase));
  const over = launches.filter(
    (l) =>
      OVER.has(l.phase) &&
      input.wallMs - (seen.current.get(l.launchId)?.overWallMs ?? Number.NEGATIVE_INFINITY) < OVER_STAYS_MS,
  );
  // What launches by itself is on top, or its one key to stop it would be hidden.
  const byItself = (l: LaunchView): number => (l.policy.kind === "veto" ? 0 : 1);
  const order = [...proposed].sort((a, b) => byItself(a) - byItself(b) || a.expiresAtMs - b.expiresAtMs);
  const all = [...order, ...preparing, ...over];
  const shown = all.find((l) => l.launchId === wanted) ?? all[0];
  const mark = shown === undefined ? undefined : seen.current.get(shown.launchId);
  const key = shown === undefined ? "" : `approve:${shown.launchId}:${shown.version}`;
  const made =
    shown === undefined
      ? undefined
      : launchCardView({
          launch: shown,
          nowMs: input.nowMs,
          units: input.units,
          ceilingAglM: input.ceilingAglM,
          changed:
            mark !== undefined && input.wallMs - mark.changedWallMs < CHANGED_STAYS_MS ? mark.changed : undefined,
          sentAgeMs: input.orders.sentAgeMs(key, input.wallMs),
          problem: input.orders.problem(key),
          mayLaunch: input.mayLaunch,
          me: input.me,
        });
  const card: LaunchCardView | undefined =
    made === undefined || !input.channelDead
      ? made
      : { ...made, status: { kind: "blocked", text: "No contact with the server: nothing can be sent" } };
  const veto = order.filter((l) => l.policy.kind === "veto").map((l) => (l.expiresAtMs - input.nowMs) / 1000);
  return {
    shown,
    card,
    queue: all
      .filter((l) => l !== shown && (l.phase === "proposed" || PREPARING.has(l.phase)))
      .map((l) => ({ id: l.launchId, text: queueText(l, input.nowMs) })),
    openIds: proposed.map((l) => l.launchId),
    proposedUids: new Set(proposed.map((l) => l.choice.uid)),
    leaving: new Map(preparing.map((l) => [l.choice.uid, phaseWord(l.phase).toLowerCase()])),
    vetoLeftS: veto.length === 0 ? undefined : Math.min(...veto),
    open: setWanted,
  };
}

function note(
  seen: Map<
    string,
    { launch: LaunchView; changed: string | undefined; changedWallMs: number; overWallMs: number | undefined }
  >,
  launch: LaunchView,
  wallMs: number,
): void {
  const before = seen.get(launch.launchId);
  const changed = changeText(before?.launch, launch);
  // A launch that was already over when this desk opened is history, not news.
  const overNow = OVER.has(launch.phase) && before !== undefined && !OVER.has(before.launch.phase);
  seen.set(launch.launchId, {
    launch,
    changed: changed ?? before?.changed,
    changedWallMs: changed === undefined ? (before?.changedWallMs ?? Number.NEGATIVE_INFINITY) : wallMs,
    overWallMs: overNow ? wallMs : before?.overWallMs,
  });
}
