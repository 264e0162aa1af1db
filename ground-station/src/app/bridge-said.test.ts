import { type StationToBridge, stationToBridge } from "@outrider/contract";
import { describe, expect, it } from "vitest";
import { testConfig } from "./testing/test-config.js";
import { TestSocket, TestStation } from "./testing/test-station.js";

const orders = { stationId: "station-1", key: { env: "ORDER_KEY" }, trusted: ["order.pub"] };
const signer = { keyId: "aaaaaaaaaaaaaaaa", sign: (text: string) => `signed ${text.length}` };

function withBridge(): { test: TestStation; said(): StationToBridge[]; tell(message: object): void } {
  const config = testConfig();
  const test = new TestStation({
    config: { ...config, bridge: { ...config.bridge, orders } },
    more: { orderSigner: signer },
  });
  const wire = new TestSocket();
  const info = { path: "/bridge", headers: { authorization: "Bearer token" }, remote: "127.0.0.1" };
  const answer = test.station.accept(info, wire);
  if (answer.kind === "refuse") throw new Error(answer.reason);
  const tell = (message: object): void => answer.onMessage(JSON.stringify(message));
  const { id: bridgeId } = config.bridge;
  const { provenance } = config.site;
  tell({ kind: "hello", version: 1, bridgeId, bootId: "b", lastSeq: 0, provenance, challenge: "c_1", tMs: 7 });
  return { test, said: () => wire.heard.map((one) => stationToBridge.parse(one)), tell };
}

describe("a station that signs", () => {
  it("signs all that it says to the bridge from the welcome on, in one count (INV-11)", () => {
    const { test, said } = withBridge();
    test.wall.advance(1_500);
    const all = said();
    expect(all.slice(0, 3).map((one) => one.kind)).toEqual(["welcome", "enrolled", "feed"]);
    expect(all.map((one) => (one.kind === "ack" ? undefined : one.proof?.seq))).toEqual(all.map((_, n) => n + 1));
  });

  it("shows what strangers said to the bridge, by reason, and does not call what was late a stranger's", () => {
    const { test, tell } = withBridge();
    const health = (refused: object): void =>
      tell({
        kind: "health",
        links: [],
        heartbeatsOut: true,
        orders: { signed: "yes", notVerified: 0, limits: "file", text: "orders are verified", refused },
      });
    const shown = (): unknown => {
      const socket = test.socket(test.login("rtcc"));
      socket.say({ kind: "join", room: "health" });
      return JSON.stringify(socket.room("health"));
    };
    health({ sticks: { late: 3, notHeld: 2 }, others: {} });
    test.wall.advance(1_000);
    expect(shown()).toContain('"name":"orders","state":"ok"');
    health({ sticks: { late: 3, badSignature: 4 }, others: { unsigned: 2 } });
    test.wall.advance(1_000);
    expect(shown()).toContain("Changed nothing: 4 samples of sticks (badSignature), 2 messages (unsigned).");
    const { text } = test.get("/metrics");
    expect(text).toContain("outrider_bridge_sticks_refused_badSignature 4");
    expect(text).toContain("outrider_bridge_sticks_refused_late 3");
    expect(text).toContain("outrider_bridge_messages_refused 2");
  });
});
