import type { Fact, RoomViews } from "@outrider/contract";
import type { ReactNode } from "react";
import { type AlarmSound, alarmSound, useLive } from "../../live/index.js";
import { LaunchCard, Notice } from "../../parts/index.js";
import { AskCards } from "./AskCards.js";
import { decidedLines } from "./decidedLines.js";
import { HandOver } from "./HandOver.js";
import { handOverText } from "./handOverText.js";
import { QuietCard } from "./QuietCard.js";
import { SignOn } from "./SignOn.js";
import type { Cards } from "./useCards.js";
import type { Orders } from "./useOrders.js";

export interface PilotPanelProps {
  readonly panel: "card" | "handOver";
  readonly name: string;
  readonly me: string;
  readonly pilot: RoomViews["pilot"] | undefined;
  readonly facts: readonly Fact[];
  readonly fleet: RoomViews["fleet"] | undefined;
  readonly site: RoomViews["site"] | undefined;
  readonly cards: Cards;
  readonly orders: Orders;
  readonly nowMs: number;
  readonly soundReady: boolean;
  readonly onSound: (sound: AlarmSound) => void;
  readonly onClose: () => void;
  readonly onHandOver: () => void;
}

const DECLINE_REASONS = [
  "Not needed, units are there",
  "Weather or wind",
  "Traffic in the area",
  "Workload",
  "Privacy or gathering",
  "Other, said by radio",
] as const;

/** The right column: sign-on, a proposal, the hand-over, or nothing to decide. A proposal always comes first. */
export function PilotPanel(props: PilotPanelProps): ReactNode {
  const { pilot, cards, orders, fleet, me } = props;
  const live = useLive();
  if (pilot === undefined)
    return <Notice title="Waiting for your watch" text="Usual: under 1 s. Strips and orders work without it." />;
  if (pilot.watch === undefined)
    return (
      <SignOn
        name={props.name}
        notConfigured={props.site?.notConfigured ?? []}
        orders={orders}
        onSound={props.onSound}
      />
    );
  const asks = <AskCards asks={pilot.asks} aircraft={fleet?.aircraft ?? []} me={me} orders={orders} />;
  const silent = props.soundReady ? null : (
    <button type="button" className="btn sound-off" onClick={() => startSound(props.onSound)}>
      Sound is off since this page was opened again. Turn it on
    </button>
  );
  const shown = cards.shown;
  if (shown !== undefined && cards.card !== undefined) {
    const { launchId, version } = shown;
    return (
      <>
        {silent}
        {asks}
        <LaunchCard
          card={cards.card}
          queue={cards.queue}
          declineReasons={DECLINE_REASONS}
          onOpenQueued={cards.open}
          onApprove={() =>
            orders.send(
              `approve:${launchId}:${version}`,
              "approveLaunch",
              { launchId },
              { version, nonce: shown.nonce, uid: shown.choice.uid },
            )
          }
          onDecline={(reason) => orders.send(`decline:${launchId}`, "declineLaunch", { launchId }, { version, reason })}
          onChoose={(uid) => orders.send(`choose:${launchId}`, "chooseAircraft", { launchId }, { version, uid })}
          onSettle={(gate) => {
            const found = shown.gates.find((g) => g.gate === gate);
            if (found !== undefined)
              orders.send(
                `settle:${launchId}:${gate}`,
                "settleGate",
                { launchId },
                { version, gate: found.gate, text: `${found.name}: looked, clear` },
              );
          }}
        />
      </>
    );
  }
  const text = handOverText(fleet, live.samples);
  if (props.panel === "handOver") {
    const mine = (fleet?.aircraft ?? []).filter((a) => a.picId === me);
    return <HandOver pilot={pilot} mine={mine} me={me} text={text} orders={orders} onClose={props.onClose} />;
  }
  return (
    <>
      {silent}
      {asks}
      <QuietCard decided={decidedLines(props.facts, props.nowMs)} handOver={text} onHandOver={props.onHandOver} />
    </>
  );
}

/** After a reload the watch goes on, but the browser keeps sound off until a click: say so instead of staying silent. */
function startSound(onSound: (sound: AlarmSound) => void): void {
  const sound = alarmSound();
  onSound(sound);
  sound.proposal();
}
