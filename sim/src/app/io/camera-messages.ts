import type { CameraPose, RunTiming } from "@outrider/contract";
import type { Attitude, FixedCameraSetup, ScenePerson, SceneVehicle } from "../../camera/index.js";
import type { SignalNews } from "../signal-news.js";

/** A fixed camera at the address of its stream. */
export type ServedCamera = FixedCameraSetup & {
  readonly name: string;
  readonly port: number;
  readonly path: string;
  readonly ptz: boolean;
  /** Where its ONVIF services are, without their own name at the end. */
  readonly onvif: { readonly port: number; readonly path: string } | undefined;
};

/** An aircraft whose camera sends a transport stream. */
export type TsCamera = {
  readonly uid: string;
  readonly callSign: string;
  readonly over: "udp" | "http";
  readonly file: string | undefined;
};

/** The heat picture of an aircraft at the address of its stream. */
export type HeatCamera = { readonly uid: string; readonly port: number; readonly path: string };

/** What the flight tells the thread that draws. */
export type CameraSetup = {
  readonly cityFile: string;
  readonly host: string;
  readonly ffmpeg: string;
  readonly timing: RunTiming;
  readonly fixed: readonly ServedCamera[];
  readonly mpegts: readonly TsCamera[];
  readonly heat: readonly HeatCamera[];
};
export type CameraTick = {
  readonly tMs: number;
  readonly timing: RunTiming;
  readonly states: readonly { uid: string; videoPort: number; on: boolean }[];
  readonly poses: readonly { uid: string; pose: CameraPose; platform: Attitude }[];
  readonly vehicles: readonly SceneVehicle[];
  readonly people: readonly ScenePerson[];
  /** Left out while the lights show what was told last. */
  readonly signals?: SignalNews;
};
/** What the thread that draws tells back: how many cameras beside the aircraft's own somebody plays now. */
export type CameraNews = { readonly fixedPlaying: number };
