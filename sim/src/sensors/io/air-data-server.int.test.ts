import { connect } from "node:net";
import { describe, expect, it } from "vitest";
import { type AirDataServer, serveAirData } from "./air-data-server.js";

describe("the air data server", () => {
  it("serves pages over HTTP and lines over TCP", async () => {
    let server: AirDataServer | undefined;
    const ports = await new Promise<{ http: number; sbs: number }>((resolve) => {
      server = serveAirData(
        { http: 0, sbs: 0 },
        {
          page: (path) => (path === "/data/aircraft.json" ? { type: "application/json", body: "{}" } : undefined),
          sbs: () => ["MSG,1"],
        },
        () => undefined,
        resolve,
      );
    });
    const base = `http://127.0.0.1:${ports.http}`;
    expect(await (await fetch(`${base}/data/aircraft.json?_=1`)).text()).toBe("{}");
    expect((await fetch(`${base}/other`)).status).toBe(404);
    const line = await new Promise<string>((resolve) => {
      const socket = connect(ports.sbs, "127.0.0.1");
      socket.on("data", (data) => {
        socket.destroy();
        resolve(data.toString());
      });
    });
    expect(line).toBe("MSG,1\r\n");
    server?.close();
  });
});
