import type { GeoPoint, Restriction, RestrictionArea } from "@outrider/contract";
import { swapped, whereTo } from "./geojson-shapes.js";
import type { ToldNotice } from "./notice-list.js";
import type { NoticeRead } from "./xnotam.js";

/** What matters to a site: who asks, whose notices without a place are its own, and where it is. */
export type NoticeSite = {
  readonly sourceId: string;
  readonly middle: GeoPoint;
  readonly states: readonly string[] | undefined;
};

/** Whether a listed notice may concern this site: it is near, or nobody can say where it lies. */
export function mayConcern(told: ToldNotice, { middle, states }: NoticeSite): boolean {
  const places = told.areas.map(({ shape }) => whereTo(middle, shape));
  if (places.some((one) => one !== "far")) return true;
  // Part of it could not be read, and what could is elsewhere, or nothing could: its state is all that is left.
  const nowhere = told.doubt !== undefined && places.length === 0;
  return nowhere && (states === undefined || told.state === undefined || states.includes(told.state));
}

/**
 * The restriction as list and notice tell it together. `notice` undefined: it was not asked for, or did not come
 * (`problem`), and then nobody knows its times.
 */
export function restrictionOf(
  told: ToldNotice,
  site: NoticeSite,
  notice?: NoticeRead | { readonly kind: "bad"; readonly problem: string },
): Restriction {
  const read = notice?.kind === "notice" ? notice : undefined;
  const areas = (read === undefined ? told.areas : areasOf(told, read)).filter(
    ({ shape }) => whereTo(site.middle, shape) === "near",
  );
  const turned = told.areas.some(({ shape }) => whereTo(site.middle, shape) === "swapped");
  // Where the notice draws no outline of its own, what could not be read of it is no matter: the list's is whole.
  const drawn = read?.areas.some((one) => one.shapes.length > 0) === true;
  const doubt = drawn ? read.doubt : turned ? swapped : told.doubt;
  const problem = notice?.kind === "bad" ? notice.problem : timeless(areas);
  const all = doubt ?? problem;
  const place = doubt === undefined ? {} : { placeDoubtful: true as const };
  return {
    restrictionId: `${site.sourceId}:${told.notam}`,
    ...{ sourceId: site.sourceId, notam: told.notam, title: told.title || (read?.title ?? ""), areas },
    ...(all === undefined ? {} : { doubt: all, ...place }),
  };
}

const timeless = (areas: readonly RestrictionArea[]): string | undefined =>
  areas.some((one) => one.windows.length === 0) ? "its times are not told" : undefined;

/** The notice's own outlines are the truer ones; where it draws none, those of the list have its limits and times. */
function areasOf(told: ToldNotice, { areas }: Extract<NoticeRead, { kind: "notice" }>): readonly RestrictionArea[] {
  if (areas.length === 0) return told.areas;
  return areas.flatMap(({ shapes, ...limits }): RestrictionArea[] =>
    (shapes.length > 0 ? shapes : told.areas.map(({ shape }) => shape)).map((shape) => ({ shape, ...limits })),
  );
}

/** Every time of it lies behind us. */
export const isOver = ({ areas, doubt }: Restriction, nowMs: number): boolean =>
  doubt === undefined &&
  areas.length > 0 &&
  areas.every(({ windows }) => windows.every(({ untilMs }) => untilMs !== undefined && untilMs <= nowMs));
