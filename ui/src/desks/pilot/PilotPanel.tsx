import type { LaunchView } from "@outrider/contract";
import type { ReactNode } from "react";
import { type AlarmSound, alarmSound, useLive } from "../../live/index.js";
import { LaunchCard, type LaunchCardView, Notice, timeOfDay } from "../../parts/index.js";
import type { DeskProps } from "../desk.js";
import { PlaceForm } from "../placing/PlaceForm.js";
import { mayPlace, placeless } from "../placing/placing.js";
import { silentSources } from "../sky/index.js";
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
  readonly desk: DeskProps;
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
export function PilotPanel({ panel, name, desk, state: s, onClose, onHandOver }: PilotPanelProps): ReactNode {
  const live = useLive();
  if (s.pilot === undefined)
    return <Notice title="Waiting for your watch" text="Usual: under 1 s. Strips and orders work without it." />;
  if (s.pilot.watch === undefined) {
    return (
      <SignOn
        name={name}
        notConfigured={[...silentSources(s.sky, timeOfDay), ...(s.site?.notConfigured ?? [])]}
        orders={s.orders}
        onSound={s.setSound}
      />
    );
  }
  const text = handOverText(s.fleet, live.samples);
  const { shown, card } = s.cards;
  const aircraft = s.fleet?.aircraft ?? [];
  const mine = aircraft.filter((a) => a.picId === s.me);
  return (
    <>
      {!s.soundReady && <SoundOff onSound={s.setSound} />}
      <PlaceForms desk={desk} state={s} />
      <AskCards
        key={shown?.launchId ?? "none"}
        asks={s.pilot.asks}
        aircraft={aircraft}
        me={s.me}
        orders={s.orders}
        folded={shown !== undefined && card !== undefined}
      />
      {shown !== undefined && card !== undefined ? (
        <PilotCard state={s} shown={shown} card={card} />
      ) : panel === "handOver" ? (
        <HandOver pilot={s.pilot} mine={mine} me={s.me} text={text} orders={s.orders} onClose={onClose} />
      ) : (
        <QuietCard
          decided={decidedLines(s.pilot.decided ?? [])}
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

const SHOWN_CALLS = 2;

/** Calls with an address only: nothing is proposed for them until somebody has put them on the map. */
function PlaceForms({ desk, state: s }: { readonly desk: DeskProps; readonly state: PilotDeskState }): ReactNode {
  const all = placeless(s.incidents?.incidents ?? []);
  if (all.length === 0) return null;
  const open = s.placing.now?.incidentId;
  const shown = open === undefined ? all.slice(0, SHOWN_CALLS) : all.filter((i) => i.incidentId === open);
  return (
    <div className="place-forms">
      {shown.map((of) => (
        <PlaceForm
          key={of.incidentId}
          of={of}
          placing={s.placing}
          mayPlace={mayPlace(desk.session?.roles)}
          units={desk.units}
          city={desk.city}
          onLook={(at) => s.scene.current?.lookAt(at)}
          onStart={() => s.orders.clear("place")}
        />
      ))}
      {all.length > shown.length && <p className="empty pad">{`${all.length - shown.length} more without a place`}</p>}
    </div>
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
