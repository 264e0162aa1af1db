import type { Restriction, SkySource } from "@outrider/contract";
import { AskedSource } from "../asked-source.js";
import type { SourceDeps } from "../sources.js";
import { mayConcern, type NoticeSite, restrictionOf } from "./notice.js";
import { type ListRead, readNoShapeList, readNoticeList, type ToldNotice } from "./notice-list.js";
import { type NoticeRead, readNotice } from "./xnotam.js";

type Tfr = Extract<SkySource, { kind: "tfr" }>;

/** Everything near the site that one source publishes, as of the moment it was asked (run time). */
export type Snapshot = { readonly restrictions: readonly Restriction[]; readonly snapshotMs: number };

export type NoticeDeps = SourceDeps & {
  readonly middle: NoticeSite["middle"];
  onNotices(source: Tfr, snapshot: Snapshot): void;
};

/** The FAA's server takes its time. */
const ANSWER_WITHIN_MS = 15_000;
const AGAIN_S = 2;
/** One that is silent is not asked the faster for it. */
const SILENT_AGAIN_S = 10;
/** More notices than this near one city are a fault of the list. */
const MOST_NEAR = 40;

/** A list of flight restrictions with the notices themselves, asked seldom. What cannot be read changes nothing. */
export class NoticeSource extends AskedSource {
  readonly source: Tfr;
  readonly #onNotices: NoticeDeps["onNotices"];
  readonly #site: NoticeSite;
  #etag: string | undefined;
  /** The last list, for as long as the server says that it has not changed. */
  #listed: readonly ToldNotice[] = [];
  /** Notices by number and time of change: what has not changed is not asked for again. */
  #known = new Map<string, NoticeRead>();
  /** An answer to a question of the run before is none. */
  #run = 0;

  constructor(source: Tfr, deps: NoticeDeps) {
    super(deps);
    this.source = source;
    this.#onNotices = deps.onNotices;
    this.#site = { sourceId: source.sourceId, middle: deps.middle, states: source.states };
  }

  tick(): void {
    if (!this.due(this.source.everyS, AGAIN_S, SILENT_AGAIN_S)) return;
    const askedMs = this.deps.run.nowMs();
    const headers = this.#etag === undefined ? {} : { "if-none-match": this.#etag };
    this.#get(this.source.url, headers, (status, body, etag) => {
      if (status === 304) return this.#near(this.#listed, askedMs);
      const read = status === 200 ? readNoticeList(body) : none(status);
      if (read.kind === "bad") return this.#refuse(read.problem);
      this.#etag = etag;
      this.#listed = read.notices;
      this.#near(read.notices, askedMs);
    });
  }

  override newRun(): void {
    super.newRun();
    this.#run++;
    this.#etag = undefined;
    this.#known.clear();
  }

  protected answered(): void {
    // Its answers are taken where they are asked for.
  }

  #get(
    url: string,
    headers: Readonly<Record<string, string>>,
    done: (status: number, body: string, etag: string | undefined) => void,
    failed: (problem: string) => void = (problem) => this.fail(problem),
  ): void {
    const run = this.#run;
    this.askFor(url, { headers, withinMs: ANSWER_WITHIN_MS }, (answer) => {
      if (run !== this.#run) return;
      if (answer.kind === "error") failed(`no answer: ${answer.error.message}`);
      else done(answer.status, answer.body, answer.headers?.["etag"]);
    });
  }

  #refuse(problem: string): void {
    this.deps.onRefused(1);
    // The server may call the same bad answer unchanged for ever.
    this.#etag = undefined;
    this.fail(problem);
  }

  #near(listed: readonly ToldNotice[], askedMs: number): void {
    const near = listed.filter((one) => mayConcern(one, this.#site));
    if (near.length > MOST_NEAR) return this.#refuse(`it lists ${near.length} notices here`);
    const { noShapeUrl } = this.source;
    if (noShapeUrl === undefined) return this.#read(near, [], askedMs);
    this.#get(noShapeUrl, {}, (status, body) => {
      const read = status === 200 ? readNoShapeList(body) : none(status);
      if (read.kind === "bad") return this.#refuse(read.problem);
      const more = read.notices.filter(
        (one) => mayConcern(one, this.#site) && !near.some((known) => known.notam === one.notam),
      );
      this.#read([...near, ...more], [], askedMs);
    });
  }

  /** One notice after the other; one that does not come is told of without its times. */
  #read(left: readonly ToldNotice[], done: readonly Restriction[], askedMs: number): void {
    const [told, ...rest] = left;
    if (told === undefined) return this.#tell(done, askedMs);
    const { detailUrl } = this.source;
    const next = (notice?: NoticeRead): void => {
      this.#read(rest, [...done, restrictionOf(told, this.#site, notice)], askedMs);
    };
    if (detailUrl === undefined) return next();
    const key = told.modified === undefined ? undefined : `${told.fileId} ${told.modified}`;
    const known = key === undefined ? undefined : this.#known.get(key);
    if (known !== undefined) return next(known);
    const bad = (problem: string): void => {
      this.deps.onRefused(1);
      next({ kind: "bad", problem });
    };
    this.#get(
      detailUrl.replaceAll("{notam}", encodeURIComponent(told.fileId)),
      {},
      (status, body) => {
        const notice = status === 200 ? readNotice(body) : none(status);
        if (notice.kind === "bad") return bad(notice.problem);
        if (key !== undefined) this.#known.set(key, notice);
        next(notice);
      },
      (problem) => bad(`its notice: ${problem}`),
    );
  }

  #tell(restrictions: readonly Restriction[], snapshotMs: number): void {
    // Notices that nobody lists any more are forgotten with them.
    const files = new Set(this.#listed.map((one) => `${one.fileId} ${one.modified}`));
    for (const key of this.#known.keys()) if (!files.has(key)) this.#known.delete(key);
    this.health.ok(`${restrictions.length} near, of ${this.#listed.length} published`);
    this.#onNotices(this.source, { restrictions, snapshotMs });
  }
}

const none = (status: number): Extract<ListRead, { kind: "bad" }> => ({
  kind: "bad",
  problem: `it answers with HTTP ${status}`,
});
