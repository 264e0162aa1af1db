import type { Clock, Log } from "@outrider/contract";
import { type Frame, type MavMessage, MavType } from "@outrider/mavlink";
import { actOf } from "../aircraft/index.js";
import type { FactSink } from "../journal/index.js";
import type { ForwardHooks, Path } from "../route/index.js";
import type { Fleet } from "./fleet.js";

/** One sender with our ids is told once in this time, not with every frame. */
const againMs = 60_000;

/** What the fleet knows and notes of the stations that share its aircraft. */
export class Sharing implements ForwardHooks {
  readonly #deps: { readonly fleet: () => Fleet; readonly clock: Clock; readonly sink: FactSink; readonly log: Log };
  readonly #told = new Map<string, number>();

  constructor(deps: { fleet: () => Fleet; clock: Clock; sink: FactSink; log: Log }) {
    this.#deps = deps;
  }

  carrier(path: Path, sysid: number | undefined): Path {
    return this.#deps.fleet().at(path, sysid)[0]?.carrier ?? path;
  }

  disputed(path: Path, sysid: number): boolean {
    const fleet = this.#deps.fleet();
    return fleet.at(path, sysid).some((aircraft) => fleet.isDuplicate(aircraft.uid));
  }

  callSignsAt(path: Path): readonly string[] {
    const fleet = this.#deps.fleet();
    return fleet.at(path).map((aircraft) => fleet.callSignOf(aircraft.uid));
  }

  onForwarded(from: Path, to: Path, frame: Frame, message: MavMessage | undefined): void {
    if (message === undefined) return;
    const fleet = this.#deps.fleet();
    if (message.name === "HEARTBEAT") {
      if (message.type === MavType.GCS)
        for (const aircraft of fleet.at(to)) fleet.foreignBeat(aircraft, frame.sysid, nameOf(from));
      return;
    }
    const act = actOf(message);
    if (act === undefined) return;
    if (act.moves)
      this.#deps.log("warn", "another station acts on an aircraft", {
        sysid: frame.sysid,
        what: act.text,
        aircraft: act.sysid,
        by: nameOf(from),
      });
    for (const aircraft of fleet.at(to, act.sysid)) aircraft.others.did(frame.sysid, act);
  }

  onOurIds(from: Path, { sysid, compid }: Frame): void {
    const endpoint = nameOf(from);
    const tMs = this.#deps.clock.nowMs();
    if (tMs - (this.#told.get(endpoint) ?? Number.NEGATIVE_INFINITY) < againMs) return;
    if (this.#told.size > 256) this.#told.clear();
    this.#told.set(endpoint, tMs);
    this.#deps.log("error", "a station uses our own ids: give it another system id, e.g. 254", { endpoint });
    this.#deps.sink("OurIdsUsed", { sysid, compid, endpoint });
  }
}

const nameOf = (path: Path): string => `${path.link} ${path.peer}`;
