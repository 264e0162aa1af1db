import type { Chance, Clock } from "@outrider/contract";
import type { XmlNode } from "../../intake/index.js";
import { type AuthHashes, authorization, bestChallenge, type Challenge, type Login } from "../rtsp/rtsp-auth.js";
import type { PtzSpaces } from "./ptz-scale.js";
import {
  type Action,
  capabilitiesIn,
  dateAndTime,
  type HeadStatus,
  type Preset,
  presetsIn,
  profilesIn,
  requests,
  servicesIn,
  spacesIn,
  statusIn,
} from "./ptz-words.js";
import { envelope, namespaces, readSoap } from "./soap.js";
import type { SoapPost, SoapReply } from "./soap-post.js";
import { type TokenDigest, usernameToken } from "./ws-token.js";

export type TroubleCause =
  | "unreachable"
  | "timeout"
  | "tooLong"
  | "unreadable"
  | "unauthorised"
  | "fault"
  /** It has not what is needed to turn it. */
  | "cannot";
export type Trouble = { readonly kind: "trouble"; readonly cause: TroubleCause; readonly text: string };
export type Answer<T> = { readonly kind: "ok"; readonly value: T } | Trouble;

export type OnvifClientDeps = {
  readonly address: string;
  readonly login: Login | undefined;
  readonly profile: string | undefined;
  readonly post: SoapPost;
  readonly digest: TokenDigest;
  readonly hashes: AuthHashes;
  readonly wall: Clock;
  readonly chance: Chance;
  readonly count: (metric: string) => void;
};

/** What a camera has told of itself. */
export type Opened = {
  readonly profile: string;
  readonly spaces: PtzSpaces;
  readonly presets: readonly Preset[];
};

export const onvifTimes = {
  /** Its clock drifts, and is set by people. */
  clockAgainMs: 3_600_000,
  /** Cameras lock a name after a handful of wrong passwords. */
  wrongLoginMs: 60_000,
} as const;

const trouble = (cause: TroubleCause, text: string): Trouble => ({ kind: "trouble", cause, text });
const closedTrouble = trouble("unreachable", "The station stops.");

/**
 * One camera's ONVIF services (device, media ver10, PTZ ver20), as far as turning it needs them. Each call is sent once;
 * one that the camera refused unheard, for its login, is sent again with a better one, twice at most.
 */
export class OnvifClient {
  readonly #deps: OnvifClientDeps;
  readonly #cancels = new Set<() => void>();
  #opened: Opened | undefined;
  #ptzUrl = "";
  /** What the camera's clock is ahead of ours; a second candidate where it may have mislabelled its local time. */
  #aheadMs: readonly number[] = [0];
  #clockReadMs: number | undefined;
  #challenge: Extract<Challenge, { kind: "digest" }> | undefined;
  #challengeUses = 0;
  #notBeforeMs = Number.NEGATIVE_INFINITY;
  #closed = false;

  constructor(deps: OnvifClientDeps) {
    this.#deps = deps;
  }

  get opened(): Opened | undefined {
    return this.#opened;
  }

  close(): void {
    this.#closed = true;
    for (const cancel of [...this.#cancels]) cancel();
    this.#cancels.clear();
  }

  /** Clock, services, profile, spaces, presets. What was learnt before is learnt anew. */
  open(done: (answer: Answer<Opened>) => void): void {
    this.#readClock((gone) => {
      if (gone !== undefined) return done(gone);
      this.#services((services) => {
        if (services.kind === "trouble") return done(services);
        const [media, ptz] = [namespaces.media, namespaces.ptz].map((one) => this.#addressOf(services.value.get(one)));
        if (ptz === undefined) return done(trouble("cannot", "It has no PTZ service."));
        if (media === undefined) return done(trouble("cannot", "It has no media service of version 1."));
        this.#ptzUrl = ptz;
        this.#learn(media, done);
      });
    });
  }

  #learn(media: string, done: (answer: Answer<Opened>) => void): void {
    this.#ask(media, "GetProfiles", requests.GetProfiles(), (profiles) => {
      if (profiles.kind === "trouble") return done(profiles);
      const all = profilesIn(profiles.value);
      const wanted = this.#deps.profile;
      const profile = wanted === undefined ? all[0] : all.find(({ token }) => token === wanted);
      if (profile === undefined)
        return done(trouble("cannot", `It has no media profile ${wanted ?? "that turns it"}.`));
      this.#ask(this.#ptzUrl, "GetNodes", requests.GetNodes(), (nodes) => {
        if (nodes.kind === "trouble") return done(nodes);
        const spaces = spacesIn(nodes.value, profile.node);
        if (spaces === undefined) return done(trouble("cannot", "It tells no spaces that it could be sent to."));
        this.#ask(this.#ptzUrl, "GetPresets", requests.GetPresets(profile.token), (presets) => {
          // One without presets turns as well as any.
          const known = presets.kind === "ok" ? presetsIn(presets.value) : [];
          this.#opened = { profile: profile.token, spaces, presets: known };
          done({ kind: "ok", value: this.#opened });
        });
      });
    });
  }

  status(done: (answer: Answer<HeadStatus>) => void): void {
    this.#ptz(
      "GetStatus",
      (profile) => requests.GetStatus(profile),
      (answer) => {
        if (answer.kind === "trouble") return done(answer);
        const status = statusIn(answer.value);
        done(status === undefined ? this.#counted(trouble("unreadable", "Its status says nothing.")) : ok(status));
      },
    );
  }

  moveTo(position: Parameters<(typeof requests)["AbsoluteMove"]>[1], done: (answer: Answer<true>) => void): void {
    this.#ptz(
      "AbsoluteMove",
      (profile) => requests.AbsoluteMove(profile, position),
      (answer) => done(yes(answer)),
    );
  }

  goToPreset(token: string, done: (answer: Answer<true>) => void): void {
    this.#ptz(
      "GotoPreset",
      (profile) => requests.GotoPreset(profile, token),
      (answer) => done(yes(answer)),
    );
  }

  #ptz(action: Action, body: (profile: string) => string, done: (answer: Answer<XmlNode>) => void): void {
    const { profile } = this.#opened ?? {};
    if (profile === undefined) return done(trouble("unreachable", "It has not been opened yet."));
    const ask = (): void => this.#ask(this.#ptzUrl, action, body(profile), done);
    const oldMs = this.#deps.wall.nowMs() - (this.#clockReadMs ?? Number.NEGATIVE_INFINITY);
    if (oldMs < onvifTimes.clockAgainMs) ask();
    else this.#readClock((gone) => (gone === undefined ? ask() : done(gone)));
  }

  /** A token's time must be the camera's own: it is asked first, and answers everybody (ONVIF Core 5.9). */
  #readClock(then: (gone: Trouble | undefined) => void): void {
    const sentMs = this.#deps.wall.nowMs();
    const { address } = this.#deps;
    this.#ask(address, "GetSystemDateAndTime", requests.GetSystemDateAndTime(), (answer) => {
      if (answer.kind === "trouble" && (answer.cause === "unreachable" || answer.cause === "timeout"))
        return then(answer);
      this.#clockReadMs = sentMs;
      const { utcMs, localMs } = answer.kind === "ok" ? dateAndTime(answer.value) : {};
      // Seconds are all that it tells: the middle of the exchange is as near as it gets.
      const middleMs = (sentMs + this.#deps.wall.nowMs()) / 2;
      const told = [...new Set([utcMs, localMs].filter((ms) => ms !== undefined))];
      this.#aheadMs = told.length === 0 ? [0] : told.map((ms) => ms - middleMs);
      then(undefined);
    });
  }

  #services(done: (answer: Answer<ReadonlyMap<string, string>>) => void): void {
    const { address } = this.#deps;
    this.#ask(address, "GetServices", requests.GetServices(), (services) => {
      if (services.kind === "ok") return done(ok(servicesIn(services.value)));
      if (services.cause !== "fault") return done(services);
      // Older ones know only this.
      this.#ask(address, "GetCapabilities", requests.GetCapabilities(), (capabilities) =>
        done(capabilities.kind === "ok" ? ok(capabilitiesIn(capabilities.value)) : capabilities),
      );
    });
  }

  /**
   * Its own word for a service's address, at the host and port that were configured: behind an address translation it
   * does not know them, and a hostile one would name somebody else's.
   */
  #addressOf(told: string | undefined): string | undefined {
    if (told === undefined || !URL.canParse(told)) return undefined;
    const { pathname, search } = new URL(told);
    return `${new URL(this.#deps.address).origin}${pathname}${search}`;
  }

  #ask(url: string, action: Action, body: string, done: (answer: Answer<XmlNode>) => void, tries = 0): void {
    const { wall, post } = this.#deps;
    if (this.#closed) return done(closedTrouble);
    const open = action === "GetSystemDateAndTime";
    if (!open && wall.nowMs() < this.#notBeforeMs)
      return done(trouble("unauthorised", "It refused our name: it is asked again in a minute."));
    const headers = { "content-type": "application/soap+xml; charset=utf-8", ...(open ? {} : this.#authorized(url)) };
    const again = (): void => this.#ask(url, action, body, done, tries + 1);
    let over = false;
    let cancel = (): void => undefined;
    cancel = post({ url, headers, body: envelope(body, open ? "" : this.#token()) }, (reply) => {
      over = true;
      this.#cancels.delete(cancel);
      if (!this.#closed) this.#take(reply, action, { open, tries, again, done });
    });
    if (!over) this.#cancels.add(cancel);
  }

  #take(
    reply: SoapReply,
    action: Action,
    call: { open: boolean; tries: number; again: () => void; done: (answer: Answer<XmlNode>) => void },
  ): void {
    const { open, tries, again, done } = call;
    if (reply.kind === "failed") return done(this.#counted(trouble(reply.cause, reply.text)));
    if (reply.status === 401) return this.#challenged(reply.headers, call);
    const read = readSoap(reply.text, action);
    switch (read.kind) {
      case "ok":
        return done(ok(read.response));
      case "unreadable":
        return done(this.#counted(trouble("unreadable", `HTTP ${reply.status}: ${read.why}.`)));
      case "fault": {
        if (!open && read.codes.some((code) => code === "NotAuthorized" || code === "FailedAuthentication")) {
          // It may be the time and not the name: some label their local time as UTC.
          if (tries < 2 && this.#aheadMs.length > 1) {
            this.#aheadMs = this.#aheadMs.slice(1);
            return again();
          }
          return done(this.#refusedUs());
        }
        const said = read.text === "" ? read.codes.join(" ") : read.text;
        return done(this.#counted(trouble("fault", `It refused: ${said === "" ? "no reason given" : said}`)));
      }
    }
  }

  /** HTTP digest (RFC 7616) from then on. A password in the clear is not given to a camera. */
  #challenged(
    headers: Extract<SoapReply, { kind: "reply" }>["headers"],
    { open, tries, again, done }: { open: boolean; tries: number; again: () => void; done: (answer: Trouble) => void },
  ): void {
    const challenge = bestChallenge(headers);
    const fresh = this.#challenge === undefined || (challenge?.kind === "digest" && challenge.stale);
    if (!open && tries < 2 && fresh && challenge?.kind === "digest" && this.#deps.login !== undefined) {
      this.#challenge = challenge;
      this.#challengeUses = 0;
      return again();
    }
    this.#challenge = undefined;
    done(open ? this.#counted(trouble("unauthorised", "It wants a name even for its clock.")) : this.#refusedUs());
  }

  #refusedUs(): Trouble {
    this.#notBeforeMs = this.#deps.wall.nowMs() + onvifTimes.wrongLoginMs;
    this.#clockReadMs = undefined;
    const why = this.#deps.login === undefined ? "It wants a name and a password." : "It refuses our name or password.";
    return this.#counted(trouble("unauthorised", why));
  }

  #authorized(url: string): Readonly<Record<string, string>> {
    const { login, chance, hashes } = this.#deps;
    if (this.#challenge === undefined || login === undefined) return {};
    this.#challengeUses += 1;
    const { pathname, search } = new URL(url);
    const ask = { method: "POST", uri: `${pathname}${search}`, count: this.#challengeUses, cnonce: chance.id("n") };
    return { authorization: authorization(this.#challenge, login, ask, hashes) };
  }

  /** Not beside a digest: some refuse what carries both. */
  #token(): string {
    const { login, chance, wall, digest } = this.#deps;
    if (login === undefined || this.#challenge !== undefined) return "";
    return usernameToken(login, chance.bytes(16), wall.nowMs() + (this.#aheadMs[0] ?? 0), digest);
  }

  #counted(one: Trouble): Trouble {
    this.#deps.count(`onvif_${one.cause}`);
    return one;
  }
}

const ok = <T>(value: T): Answer<T> => ({ kind: "ok", value });
const yes = (answer: Answer<XmlNode>): Answer<true> => (answer.kind === "ok" ? ok(true) : answer);
