import { describe, expect, it } from "vitest";
import { PeerNames } from "./peer-names.js";

describe("names of senders", () => {
  it("are the same for the same sender, and differ by host and by port", () => {
    const names = new PeerNames();
    const of = (host: string, port: number): string => names.of({ host, port });
    for (let round = 0; round < 2; round++)
      expect([of("10.0.0.2", 18_570), of("10.0.0.3", 18_570), of("10.0.0.2", 18_571)]).toEqual([
        "10.0.0.2:18570",
        "10.0.0.3:18570",
        "10.0.0.2:18571",
      ]);
  });

  it("stay right for more senders than are remembered", () => {
    const names = new PeerNames();
    for (let n = 0; n < 5_000; n++) {
      const peer = { host: `10.0.${n % 7}.1`, port: 1_000 + (n % 1_500) };
      expect(names.of(peer)).toBe(`${peer.host}:${peer.port}`);
    }
  });
});
