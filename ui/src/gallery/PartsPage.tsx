import type { ReactNode } from "react";
import {
  Age,
  AircraftStrip,
  AlarmBar,
  type AlarmItem,
  EnergyBar,
  GateRow,
  type HoldStatus,
  HoldToConfirm,
  Notice,
  VerifyCard,
} from "../parts/index.js";
import { AGE_LIMITS } from "../theme/index.js";
import { GATES, STRIPS, VERIFY } from "./sampleParts.js";

const NOW_MS = 1_000_000;
const alarm = (id: string, over: Partial<AlarmItem>): AlarmItem => ({
  id,
  level: "caution",
  about: "PLOVER",
  text: "PLOVER link late.",
  consequence: "Home at 10 s.",
  sinceMs: NOW_MS - 2800,
  acknowledged: false,
  endedMs: undefined,
  ...over,
});
const ALARMS: readonly (readonly AlarmItem[])[] = [
  [alarm("w", { level: "warning", text: "MERLIN low battery.", consequence: "Landing in place in 40 s." })],
  [
    alarm("wa", {
      level: "warning",
      text: "MERLIN low battery.",
      consequence: "Landing in place in 31 s.",
      acknowledged: true,
    }),
  ],
  [alarm("c", {})],
  [alarm("ca", { acknowledged: true })],
  [alarm("e", { endedMs: NOW_MS - 1000 })],
  Array.from({ length: 12 }, (_, i) =>
    alarm(`f${i}`, { about: i < 4 ? "HERON" : "PLOVER", level: i === 0 ? "warning" : "caution" }),
  ),
  [],
];
const HOLDS: readonly HoldStatus[] = [
  { kind: "ready" },
  { kind: "sent", ageMs: 400 },
  { kind: "done", text: "OSPREY is climbing" },
  { kind: "unconfirmed", text: "No answer in 2 s. OSPREY may have launched. Look, then decide." },
  { kind: "blocked", text: "Dock A is not open" },
];
const AGES: readonly (number | undefined)[] = [200, 2800, 14_000, undefined];
const nothing = (): void => undefined;

/** Every state of every part, side by side. */
export function PartsPage(): ReactNode {
  return (
    <main className="gallery">
      <section>
        <h2>HoldToConfirm</h2>
        {HOLDS.map((status) => (
          <HoldToConfirm
            key={status.kind}
            verb="Hold to launch"
            callSign="OSPREY"
            holdMs={1500}
            hotkeyLabel="Space"
            status={status}
            meaning="sample"
            onConfirm={nothing}
          />
        ))}
        <h2>Age</h2>
        <div className="gallery-row">
          {AGES.map((ageMs) => (
            <Age key={ageMs ?? -1} value="186" unit="ft" ageMs={ageMs} limit={AGE_LIMITS.aircraft} />
          ))}
        </div>
        <h2>Energy</h2>
        {STRIPS.map((s) => (
          <EnergyBar key={s.uid} energy={s.energy} />
        ))}
      </section>
      <section>
        <h2>AlarmBar</h2>
        {ALARMS.map((alarms) => (
          <AlarmBar
            key={alarms[0]?.id ?? "calm"}
            alarms={alarms}
            nowMs={NOW_MS}
            calm="No alarms for 26 minutes"
            onAcknowledge={nothing}
          />
        ))}
        <AlarmBar alarms={[]} nowMs={NOW_MS} calm="" channelDeadS={3.4} onAcknowledge={nothing} />
        <h2>GateRow</h2>
        <ul>
          {GATES.map((g) => (
            <GateRow key={g.id} gate={g} onSettle={nothing} />
          ))}
        </ul>
        <Notice title="Nothing to decide" text="The next proposal will appear here and sound once." />
        <Notice
          title="Waiting for HERON’s picture"
          text="Asked 3.1 s ago. Usual: 1.2 s. Position and battery are live."
        />
      </section>
      <StripSection />
    </main>
  );
}

function StripSection(): ReactNode {
  return (
    <section>
      <h2>AircraftStrip</h2>
      <ul>
        {STRIPS.map((s) => (
          <AircraftStrip key={s.uid} strip={s} units="imperial" selected={s.uid === "heron"} onSelect={nothing} />
        ))}
      </ul>
      <VerifyCard view={VERIFY} crop={null} onVerdict={nothing} />
    </section>
  );
}
