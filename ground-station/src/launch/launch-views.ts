import type { LaunchView } from "@outrider/contract";
import type { IncidentBrief } from "./incidents.js";
import type { Launch } from "./launch.js";
import { launchView } from "./view.js";

type Kept = { readonly incident: IncidentBrief | undefined; readonly view: LaunchView };

/** Views of launches, each made once for one state of the launch and its incident. Frozen: every screen gets the same. */
export class LaunchViews {
  readonly #kept = new WeakMap<Launch, Kept>();

  of(launch: Launch, incident: IncidentBrief | undefined): LaunchView {
    const kept = this.#kept.get(launch);
    if (kept !== undefined && kept.incident === incident) return kept.view;
    const view = Object.freeze(launchView(launch, incident));
    this.#kept.set(launch, { incident, view });
    return view;
  }
}
