import type { LaunchView } from "@outrider/contract";
import type { ReactNode } from "react";
import { type AlarmSound, alarmSound, useLive } from "../../live/index.js";
import { LaunchCard, type LaunchCardView, Notice } from "../../parts/index.js";
import { AskCards } from "./AskCards.js";
import { decidedLines } from "./decidedLines.js";
import { HandOver } from "./HandOver.js";
import { handOverText } from "./handOverText.js";
import { QuietCard } from "./QuietCard.js";
import { SignOn } from "./SignOn.js";
import type { PilotDeskState } from "./usePilotDesk.js";

export interface PilotPanelProps {
  readonly panel: "card" | "handOver";
  readonly name: string;
  readonly state: PilotDeskState;
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
export function PilotPanel({ panel, name, state: s, onClose, onHandOver }: PilotPanelProps): ReactNode {
  const live = useLive();
  if (s.pilot === undefined)
    return <Notice title="Waiting for your watch" text="Usual: under 1 s. Strips and orders work without it." />;
  if (s.pilot.watch === undefined) {
    return <SignOn name={name} notConfigured={s.site?.notConfigured ?? []} orders={s.orders} onSound={s.setSound} />;
  }
  const text = handOverText(s.fleet, live.samples);
  const { shown, card } = s.cards;
  const aircraft = s.fleet?.aircraft ?? [];
  const mine = aircraft.filter((a) => a.picId === s.me);
  return (
    <>
      {!s.soundReady && <SoundOff onSound={s.setSound} />}
      <AskCards asks={s.pilot.asks} aircraft={aircraft} me={s.me} orders={s.orders} />
      {shown !== undefined && card !== undefined ? (
        <PilotCard state={s} shown={shown} card={card} />
      ) : panel === "handOver" ? (
        <HandOver pilot={s.pilot} mine={mine} me={s.me} text={text} orders={s.orders} onClose={onClose} />
      ) : (
        <QuietCard
          decided={decidedLines(s.facts, s.nowMs)}
          openedLate={s.pilot.watch.sinceMs < s.openedMs}
          handOver={text}
          onHandOver={onHandOver}
          onDemo={
            s.site?.prov === "sim"
              ? (which) => s.orders.send(`demo:${which}`, "demoIncident", {}, { which })
              : undefined
          }
        />
      )}
    </>
  );
}

function PilotCard({
  state: s,
  shown,
  card,
}: {
  readonly state: PilotDeskState;
  readonly shown: LaunchView;
  readonly card: LaunchCardView;
}): ReactNode {
  const { orders, cards } = s;
  const { launchId, version } = shown;
  const settle = (gate: string): void => {
    const found = shown.gates.find((g) => g.gate === gate);
    if (found === undefined) return;
    const text = `${found.name}: looked, clear`;
    orders.send(`settle:${launchId}:${gate}`, "settleGate", { launchId }, { version, gate: found.gate, text });
  };
  return (
    <LaunchCard
      card={card}
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
      onSettle={settle}
      onAbort={() => orders.send(`abort:${launchId}`, "abortLaunch", { launchId }, { reason: "Stopped by the pilot" })}
    />
  );
}

/** After a reload the watch goes on, but the browser keeps sound off until a click: say so instead of staying silent. */
function SoundOff({ onSound }: { readonly onSound: (sound: AlarmSound) => void }): ReactNode {
  const start = (): void => {
    const sound = alarmSound();
    onSound(sound);
    sound.proposal();
  };
  return (
    <button type="button" className="btn sound-off" onClick={start}>
      Silent until you press a key or click: this page was opened anew
    </button>
  );
}
