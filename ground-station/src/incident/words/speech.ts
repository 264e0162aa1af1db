import type { Actor } from "@outrider/contract";

/** Names and units that words for the ear need, from the configuration. */
export type Speech = {
  callSign(uid: string): string;
  dockName(dockId: string): string;
  /** Short distances over ground, with unit. */
  near(metres: number): string;
  /** Heights, with unit. */
  height(metres: number): string;
};

/** `kind` picks the mark on the timeline: measured dot, a person's green dot, computed diamond. */
export type Words = {
  readonly kind: "measured" | "person" | "computed";
  readonly title: string;
  readonly detail: string;
};

export const measured = (title: string, detail = ""): Words => ({ kind: "measured", title, detail });
export const person = (title: string, detail = ""): Words => ({ kind: "person", title, detail });
export const computed = (title: string, detail = ""): Words => ({ kind: "computed", title, detail });

const round = (value: number, step: number): number => Math.round(value / step) * step;

export function createSpeech(
  names: { callSigns: ReadonlyMap<string, string>; dockNames: ReadonlyMap<string, string> },
  units: "us" | "metric",
): Speech {
  const feet = (metres: number): string => {
    const ft = metres * 3.280_839_9;
    return ft < 1000 ? `${round(ft, 10)} ft` : `${(metres / 1609.344).toFixed(1)} mi`;
  };
  const metric = (metres: number): string =>
    metres < 1000 ? `${round(metres, 5)} m` : `${(metres / 1000).toFixed(1)} km`;
  return {
    callSign: (uid) => names.callSigns.get(uid) ?? "unknown aircraft",
    dockName: (dockId) => names.dockNames.get(dockId) ?? dockId,
    near: units === "us" ? feet : metric,
    height: units === "us" ? (m) => `${round(m * 3.280_839_9, 5)} ft` : (m) => `${Math.round(m)} m`,
  };
}

/** Below two minutes seconds, above minutes and seconds. */
export function duration(seconds: number): string {
  const s = Math.max(0, Math.round(seconds));
  return s < 120 ? `${s} s` : `${Math.floor(s / 60)}:${String(s % 60).padStart(2, "0")} min`;
}

export function byWhom(by: Actor): string {
  switch (by.kind) {
    case "person":
      return by.name;
    case "source":
      return by.sourceId;
    case "system":
      return "by itself";
  }
}

export const kindWord: Readonly<Record<string, string>> = {
  call: "Call",
  gunshot: "Possible gunfire heard",
  cap: "Public alert",
  alpr: "Plate read",
  manual: "Opened by hand",
};
