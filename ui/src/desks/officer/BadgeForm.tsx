import { type FormEvent, type ReactNode, useState } from "react";
import { callStation, problemText } from "../../live/index.js";

/** Six digits, and a badge number: what can be sent at all. The station alone says whether they fit. */
export const badgeReady = (badge: string, pin: string): boolean => badge.trim() !== "" && /^\d{6}$/.test(pin);

/** Who holds this phone: asked once, before anything can be acknowledged in a person's name. */
export function BadgeForm({ unit, onGiven }: { readonly unit: string; readonly onGiven: () => void }): ReactNode {
  const [badge, setBadge] = useState("");
  const [pin, setPin] = useState("");
  const [problem, setProblem] = useState("");
  const [busy, setBusy] = useState(false);
  const give = (event: FormEvent): void => {
    event.preventDefault();
    setBusy(true);
    void callStation("giveBadge", {}, { badge: badge.trim(), pin }).then((answer) => {
      setBusy(false);
      setPin("");
      setProblem(answer.kind === "ok" ? "" : problemText(answer.problem));
      if (answer.kind === "ok") onGiven();
    });
  };
  return (
    <form className="officer-badge" aria-label="Who holds this phone" onSubmit={give}>
      <p>Who holds this phone? Your name stands with what you answer.</p>
      {problem !== "" && (
        <p className="amber" role="alert">
          {problem}
        </p>
      )}
      <div className="officer-badge-fields">
        <label>
          Badge
          <input
            className="field"
            value={badge}
            maxLength={20}
            autoComplete="off"
            autoCapitalize="characters"
            onChange={(e) => setBadge(e.target.value)}
          />
        </label>
        <label>
          PIN
          <input
            className="field"
            type="password"
            inputMode="numeric"
            value={pin}
            maxLength={6}
            autoComplete="off"
            onChange={(e) => setPin(e.target.value.replace(/\D/g, ""))}
          />
        </label>
      </div>
      <button type="submit" className="officer-ack" disabled={busy || !badgeReady(badge, pin)}>
        {badgeReady(badge, pin) ? `This is me, ${unit}` : "Badge and six digits"}
      </button>
    </form>
  );
}
