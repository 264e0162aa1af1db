import type { GeoPoint, ReadView } from "@outrider/contract";
import { type ReactNode, type RefObject, useState } from "react";
import { Drawer, Fold, Notice } from "../../parts/index.js";
import type { SceneHandle } from "../../scene/index.js";
import type { DeskProps } from "../desk.js";
import { type AdviceDraft, AdvicePanel, adviceUnread } from "./AdvicePanel.js";
import { CameraHold } from "./CameraHold.js";
import { CameraTurn } from "./CameraTurn.js";
import { LookNext } from "./LookNext.js";
import { OfficerLinks } from "./OfficerLinks.js";
import { ReadsPanel } from "./ReadsPanel.js";
import { SeekForm } from "./SeekForm.js";
import type { Acts } from "./useActs.js";
import type { Pointing, Rtcc } from "./useRtcc.js";
import type { Turning } from "./useTurning.js";
import { VerifyPanel } from "./VerifyPanel.js";

export interface RtccCardsProps {
  readonly desk: DeskProps;
  readonly rtcc: Rtcc;
  readonly acts: Acts;
  readonly pointing: Pointing;
  readonly turning: Turning;
  readonly scene: RefObject<SceneHandle | null>;
  readonly nowMs: number;
  readonly onDraft: (draft: AdviceDraft | undefined) => void;
  readonly onAsk: () => void;
}

/** Right: cards in the order of the work. Is it the same plate, tell the officers, where to look next. */
export function RtccCards(p: RtccCardsProps): ReactNode {
  const { rtcc, acts, nowMs } = p;
  const { incident, aircraft } = rtcc;
  const me = p.desk.session?.personId ?? "";
  const [seek, setSeek] = useState<ReadView>();
  if (incident === undefined)
    return (
      <Drawer title="Cards" wakes="">
        <Notice
          title="Nothing to compare or to tell"
          text="Plates to compare and the sentence for the officers will appear here with the next incident."
        />
      </Drawer>
    );
  const open = incident.hits.filter((h) => h.state === "unread" || h.state === "second-needed");
  const unread = incident.advice.filter((a) => adviceUnread(a, nowMs));
  const wakes = [...open.map((h) => h.hitId), ...unread.map((a) => a.adviceId)].join();
  const look = (point: GeoPoint): void => p.scene.current?.lookAt(point);
  return (
    <Drawer title={drawerTitle(open.length, unread.length)} wakes={wakes}>
      <div className="rtcc-cards" key={incident.incidentId}>
        <VerifyPanel hits={incident.hits} me={me} nowMs={nowMs} acts={acts} />
        <AdvicePanel incident={incident} seq={rtcc.seq} nowMs={nowMs} acts={acts} onDraft={p.onDraft} />
        <LookNext incident={incident} aircraft={aircraft} nowMs={nowMs} acts={acts} onLook={look} onAsk={p.onAsk} />
        <Fold title="Plate reads around here" fact={incident.purposeNeeded ? "needs a purpose" : ""}>
          <ReadsPanel incident={incident} units={p.desk.units} nowMs={nowMs} acts={acts} onSeek={setSeek} />
        </Fold>
        <Fold
          key={seek?.readId ?? "seek"}
          open={seek !== undefined}
          title="Seek a vehicle"
          fact={incident.couldBe?.description ?? ""}
        >
          <SeekForm incident={incident} from={seek} picked={p.pointing.picked?.point} nowMs={nowMs} acts={acts} />
        </Fold>
        <TurnFold {...p} />
        {aircraft !== undefined && (
          <Fold title="Camera" fact={aircraft.cameraHeldBy === me ? "you hold it" : aircraft.callSign}>
            <CameraHold aircraft={aircraft} me={me} incidentId={incident.incidentId} acts={acts} />
          </Fold>
        )}
        <Fold title="Officer’s link" fact={linkFact(incident.officerLinks.length)}>
          <OfficerLinks incident={incident} nowMs={nowMs} acts={acts} />
        </Fold>
      </div>
    </Drawer>
  );
}

/** The fixed camera in the large picture, where it turns. */
function TurnFold({ rtcc, pointing, turning, nowMs }: RtccCardsProps): ReactNode {
  const { stream, incident } = rtcc;
  const camera = rtcc.site?.cameras.find((c) => c.cameraId === stream?.cameraId && c.turns === true);
  if (camera === undefined) return null;
  return (
    <Fold key={camera.cameraId} open title="Turn the camera" fact={camera.name}>
      <CameraTurn
        camera={camera}
        turning={turning}
        incidentAt={incident?.needsPlace === undefined ? incident?.place.point : undefined}
        pickedAt={pointing.picked?.point}
        nowMs={nowMs}
      />
    </Fold>
  );
}

function drawerTitle(open: number, unread: number): string {
  if (open > 0) return `Compare ${open}`;
  return unread > 0 ? `Not read: ${unread}` : "Cards";
}

const linkFact = (n: number): string => (n === 0 ? "none made" : `${n} made`);
