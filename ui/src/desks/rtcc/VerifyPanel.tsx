import type { HitView } from "@outrider/contract";
import { type KeyboardEvent, type ReactNode, useState } from "react";
import { API } from "../../live/index.js";
import { agoText, VerifyCard, type VerifyView } from "../../parts/index.js";
import { AGE_LIMITS } from "../../theme/index.js";
import type { Acts } from "./useActs.js";

/** How long a read stays worth comparing: after that the vehicle is elsewhere. */
export const HIT_EXPIRES_MS = 30 * 60_000;

/** A hit as the card shows it. Whose yes is missing, and whether the list is too old for a yes, is said in words. */
export function verifyView(hit: HitView, nowMs: number): VerifyView {
  const listTooOld = hit.listAgeS * 1000 >= AGE_LIMITS.hotlist.lostMs;
  const expired = hit.state === "unread" && nowMs - hit.readAtMs > HIT_EXPIRES_MS;
  return {
    hitId: hit.hitId,
    plate: hit.plateRead,
    doubtfulIndexes: hit.doubtfulIndexes,
    list: hit.plateListed === hit.plateRead ? hit.list : `${hit.plateListed} on the ${hit.list}`,
    checks: hit.checks.map((c) => ({ name: c.name, look: c.state, text: c.text })),
    age: `${hit.readerName}, ${agoText(nowMs - hit.readAtMs)}`,
    state: expired ? "expired" : hit.state,
    listTooOld,
    by: hit.by,
    note: "A stop at gunpoint needs a second person to say yes.",
  };
}

/** Open hits first, newest first; what was settled follows. */
export function hitsInOrder(hits: readonly HitView[]): readonly HitView[] {
  const open = (h: HitView): number => (h.state === "unread" || h.state === "second-needed" ? 0 : 1);
  return [...hits].sort((a, b) => open(a) - open(b) || b.readAtMs - a.readAtMs);
}

export function VerifyPanel({
  hits,
  me,
  nowMs,
  acts,
}: {
  readonly hits: readonly HitView[];
  readonly me: string;
  readonly nowMs: number;
  readonly acts: Acts;
}): ReactNode {
  const [at, setAt] = useState(0);
  const sorted = hitsInOrder(hits);
  const hit = sorted[Math.min(at, sorted.length - 1)];
  if (hit === undefined) return null;
  const view = verifyView(hit, nowMs);
  const verdict = (v: Verdict): void =>
    acts.send(`hit:${hit.hitId}`, "verifyHit", { hitId: hit.hitId }, { verdict: v });
  const mine = hit.state === "second-needed" && hit.by === me;
  const problem = acts.problem(`hit:${hit.hitId}`);
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: the card takes focus so that Y and N act on it and on nothing else.
    <fieldset className="verify-focus" tabIndex={0} onKeyDown={(e) => keyVerdict(e, view, verdict)}>
      <legend className="sr-only">Compare the plate: Y same, N not the same</legend>
      <VerifyCard
        view={mine ? { ...view, note: "You said yes. Now another person must look and say it." } : view}
        crop={<PlateCrop hit={hit} />}
        onVerdict={verdict}
      />
      {problem !== "" && <p className="amber problem">{problem}</p>}
      {sorted.length > 1 && (
        <button type="button" className="more" onClick={() => setAt((n) => (n + 1) % sorted.length)}>
          {`${Math.min(at, sorted.length - 1) + 1} of ${sorted.length} leads, next`}
        </button>
      )}
    </fieldset>
  );
}

type Verdict = "same" | "not-same" | "cannot-tell";

/** Y and N while the card itself has the focus; its buttons see to their own keys. */
function keyVerdict(e: KeyboardEvent<HTMLElement>, view: VerifyView, verdict: (v: Verdict) => void): void {
  if (e.target !== e.currentTarget || (view.state !== "unread" && view.state !== "second-needed")) return;
  const key = e.key.toLowerCase();
  if (key === "y" && !view.listTooOld) verdict("same");
  else if (key === "n") verdict("not-same");
  else return;
  e.preventDefault();
  e.stopPropagation();
}

function PlateCrop({ hit }: { readonly hit: HitView }): ReactNode {
  const [broken, setBroken] = useState(false);
  if (hit.cropId === undefined || broken) return <p className="no-crop">The reader sent no picture.</p>;
  return (
    <img
      src={`${API}/reads/${encodeURIComponent(hit.readId)}/crop`}
      alt={`Plate as read by ${hit.readerName}`}
      onError={() => setBroken(true)}
    />
  );
}
