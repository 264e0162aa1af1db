import type { Role, SessionView } from "@outrider/contract";
import type { ComponentType, ReactNode } from "react";
import type { Units } from "../parts/index.js";
import type { ThemeName } from "../theme/index.js";
import type { CityModel } from "../world/index.js";

export type DeskId = "pilot" | "rtcc" | "trainer" | "supervisor" | "officer" | "public";

/** What the shell hands to every desk. Officer and public pages stand alone: no session, no city, no live wire. */
export interface DeskProps {
  readonly session: SessionView | undefined;
  readonly city: CityModel | undefined;
  /** Why there is no map yet; empty while it is on its way. */
  readonly cityProblem: string;
  readonly theme: ThemeName;
  readonly units: Units;
  readonly onTheme: () => void;
  /** Desk switch and log out, for the top bar. */
  readonly menu: ReactNode;
}

export interface DeskEntry {
  readonly id: DeskId;
  readonly title: string;
  readonly roles: readonly Role[];
  /** Own address without login: `/officer`, `/public`. */
  readonly path: string | undefined;
  readonly theme: ThemeName;
  load(): Promise<ComponentType<DeskProps>>;
}
