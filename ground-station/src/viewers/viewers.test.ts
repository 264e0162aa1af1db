import type { Fact, HttpRequest, HttpResponse, OfficerPicture } from "@outrider/contract";
import { HandClock } from "@outrider/contract/testing";
import { beforeEach, describe, expect, it } from "vitest";
import type { PageRoute, Reply, Session, StationContext } from "../kernel/index.js";
import { viewerLimits } from "./viewers.js";
import { createViewersPart, type ViewersPart } from "./viewers-part.js";
import type { WhepAnswer } from "./whep-port.js";

type Played = { readonly offer: string; tapped: number; closed: number; leave(): void; answer(as: WhepAnswer): void };

/** The part with a phone on link ol_1, a desk session s_1 and a WebRTC that only keeps count. */
class Bench {
  readonly clock = new HandClock(1_000_000);
  readonly part: ViewersPart;
  readonly played: Played[] = [];
  camera: string | undefined = "uid-1";
  link: string | undefined = "ol_1";
  session: Session | undefined = { personId: "p", name: "P", roles: ["rtcc"], demo: true, sessionId: "s_1" };
  picture: OfficerPicture | undefined = { state: "live", why: "", ageMs: 90, mark: undefined };
  answersAtOnce = true;

  constructor(playable = true) {
    let n = 0;
    // The part reads nothing else of the station: what is not here would fail the test.
    const context = {
      clocks: { run: this.clock, wall: this.clock },
      chance: { id: (prefix: string) => `${prefix}_${++n}` },
      count: () => undefined,
    } as unknown as StationContext;
    this.part = createViewersPart(context, {
      play: playable ? (offer, viewer, done) => this.#play(offer, viewer, done) : undefined,
      feeds: {
        pictureOf: (cameraId) => (cameraId === "uid-1" ? this.picture : undefined),
        tap: () => () => undefined,
      },
      officers: {
        pass: () =>
          this.link === undefined
            ? { kind: "refused", status: 410, title: "Link over", detail: "This link has ended." }
            : ({ kind: "pass", link: { linkId: this.link } } as never),
        cameraOf: (linkId) => (linkId === this.link ? this.camera : undefined),
      },
      sessionById: (sessionId) => (this.session?.sessionId === sessionId ? this.session : undefined),
    });
  }

  #play(
    offer: string,
    viewer: { tap: (take: () => void) => () => void; onEnd: () => void },
    done: (answer: WhepAnswer) => void,
  ): void {
    let untap: (() => void) | undefined;
    const one: Played = {
      offer,
      tapped: 0,
      closed: 0,
      leave: () => {
        untap?.();
        viewer.onEnd();
      },
      answer: (as) => {
        untap = viewer.tap(() => undefined);
        one.tapped += 1;
        done(as);
      },
    };
    this.played.push(one);
    const close = (): void => {
      one.closed += 1;
      one.leave();
    };
    if (this.answersAtOnce) one.answer({ kind: "playing", answerSdp: "v=0 answer", close });
  }

  ask(method: "POST" | "DELETE", path: string, params: Record<string, string> = {}): HttpResponse | undefined {
    const route = this.part.routes?.find(
      (one): one is PageRoute => one.kind === "page" && one.method === method && one.path === path,
    );
    const request: HttpRequest = {
      method,
      path,
      query: {},
      headers: {},
      body: new TextEncoder().encode("v=0 offer"),
      remote: "",
    };
    let answer: HttpResponse | undefined;
    const reply: Reply = {
      ok: (body, status = 200) => {
        answer = { status, headers: {}, body: JSON.stringify(body) };
      },
      problem: (status, title, detail) => {
        answer = { status, headers: {}, body: `${title}: ${detail}` };
      },
      raw: (response) => {
        answer = response;
      },
    };
    route?.handle({ params, session: this.session, request }, reply);
    return answer;
  }

  officer = (): HttpResponse | undefined => this.ask("POST", "/officer/whep");
  desk = (cameraId = "uid-1"): HttpResponse | undefined => this.ask("POST", "/whep/{cameraId}", { cameraId });
  get playing(): number {
    return this.played.filter((one) => one.closed === 0).length;
  }
}

let bench = new Bench();
beforeEach(() => {
  bench = new Bench();
});

describe("a phone's live picture", () => {
  it("is answered with the SDP and the place where it is ended, and ends there", () => {
    const answer = bench.officer();
    expect(answer).toMatchObject({
      status: 201,
      headers: { "content-type": "application/sdp", location: "/api/v1/officer/whep/w_1", "cache-control": "no-store" },
      body: "v=0 answer",
    });
    expect(bench.played[0]?.offer).toBe("v=0 offer");
    expect(bench.ask("DELETE", "/officer/whep/{whepId}", { whepId: "w_1" })?.status).toBe(200);
    expect(bench.playing).toBe(0);
    expect(bench.ask("DELETE", "/officer/whep/{whepId}", { whepId: "w_1" })?.status).toBe(404);
  });

  it("is refused with its reason", () => {
    bench.picture = {
      state: "none",
      why: "The camera is off: no picture has come.",
      ageMs: undefined,
      mark: undefined,
    };
    expect(bench.officer()).toMatchObject({ status: 409, body: "No picture: The camera is off: no picture has come." });
    bench.camera = undefined;
    expect(bench.officer()).toMatchObject({ status: 409, body: expect.stringContaining("No aircraft is in the air") });
    bench.link = undefined;
    expect(bench.officer()).toMatchObject({ status: 410, body: expect.stringContaining("Link over") });
    expect(new Bench(false).officer()?.status).toBe(503);
    expect(bench.played).toHaveLength(0);
  });

  it("ends at once when its link ends (security test 23)", () => {
    bench.officer();
    bench.link = undefined;
    bench.part.onFact?.({ type: "OfficerLinkEnded" } as Fact);
    expect(bench.playing).toBe(0);
  });

  it.each([
    [
      "its link ran out and nobody said so",
      () => {
        bench.link = undefined;
      },
    ],
    [
      "the aircraft landed",
      () => {
        bench.camera = undefined;
      },
    ],
    [
      "another aircraft serves the incident",
      () => {
        bench.camera = "uid-2";
      },
    ],
  ])("ends within two seconds when %s", (_, change) => {
    bench.officer();
    bench.clock.advance(10_000);
    expect(bench.playing).toBe(1);
    change();
    bench.clock.advance(2_000);
    expect(bench.playing).toBe(0);
  });

  it("does not start where the right ended while the answer was being made", () => {
    bench.answersAtOnce = false;
    let closed = 0;
    bench.officer();
    bench.link = undefined;
    bench.clock.advance(2_000);
    bench.played[0]?.answer({
      kind: "playing",
      answerSdp: "v=0",
      close: () => {
        closed += 1;
      },
    });
    expect(closed).toBe(1);
  });

  it("is played twice at most: the newest win, since a page that was loaded again says no good-bye", () => {
    for (let i = 0; i < 4; i += 1) expect(bench.officer()?.status).toBe(201);
    expect(bench.played.map((one) => one.closed)).toEqual([1, 1, 0, 0]);
  });

  it("leaves no timer behind when nobody watches", () => {
    bench.officer();
    bench.played[0]?.leave();
    bench.clock.advance(5_000);
    bench.camera = undefined;
    bench.clock.advance(5_000);
    expect(bench.played[0]?.closed).toBe(0);
  });
});

describe("a desk's live picture", () => {
  it("is of any aircraft's camera, and not of what is none", () => {
    expect(bench.desk()).toMatchObject({ status: 201, headers: { location: "/api/v1/whep/uid-1/w_1" } });
    expect(bench.desk("uid-9")?.status).toBe(404);
  });

  it("cannot be ended from a phone, nor a phone's from a desk", () => {
    bench.desk();
    bench.officer();
    expect(bench.ask("DELETE", "/officer/whep/{whepId}", { whepId: "w_1" })?.status).toBe(404);
    expect(bench.ask("DELETE", "/whep/{cameraId}/{whepId}", { cameraId: "uid-1", whepId: "w_2" })?.status).toBe(404);
    expect(bench.playing).toBe(2);
  });

  it("ends within two seconds when the person is signed out or has the role no more (security test 23)", () => {
    bench.desk();
    if (bench.session) bench.session = { ...bench.session, roles: ["trainer"] };
    bench.clock.advance(2_000);
    expect(bench.playing).toBe(0);
  });

  it("is refused where the station plays as many as it can", () => {
    for (let i = 0; i < viewerLimits.all; i += 1) {
      bench.session = {
        personId: "p",
        name: "P",
        roles: ["rtcc"],
        demo: true,
        sessionId: `s_${Math.floor(i / viewerLimits.perDesk)}`,
      };
      expect(bench.desk()?.status).toBe(201);
    }
    bench.session = { personId: "p", name: "P", roles: ["rtcc"], demo: true, sessionId: "s_last" };
    expect(bench.desk()).toMatchObject({ status: 503, body: expect.stringContaining("Too many viewers") });
  });

  it("ends with the station", () => {
    bench.desk();
    bench.officer();
    bench.part.close();
    expect(bench.playing).toBe(0);
  });
});
