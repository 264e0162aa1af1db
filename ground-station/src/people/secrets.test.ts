import { describe, expect, it } from "vitest";
import { gunshot } from "../app/testing/alerts.js";
import { hmacKey, testConfig } from "../app/testing/test-config.js";
import { TestStation } from "../app/testing/test-station.js";

const password = "canary words that nobody guesses";
const pin = "918273";

describe("secrets (security test 40)", () => {
  it("are in no line of the log, in no metric, and in nothing that is written", () => {
    const lines: string[] = [];
    const test = new TestStation({
      config: testConfig((base) => ({
        ...base,
        people: [{ personId: "sam", name: "Unit 7", roles: ["rtcc"], passwordHash: `hash-of-${password}` }],
        officers: [{ badge: "4711", name: "Officer A", pinHash: "$argon2id$x" }],
      })),
      more: { log: (level, what, fields) => void lines.push(`${level} ${what} ${JSON.stringify(fields ?? {})}`) },
    });
    const login = test.act({ path: "/session", body: { name: "sam", password } });
    const cookie = (login.headers["set-cookie"] ?? "").split(";")[0] ?? "";
    test.act({ path: "/session", body: { name: "sam", password: `${password}x` } });
    const opened = test.post("shots", "/intake/gunshot", gunshot()).body as { incidentId: string };
    const made = test.act({ path: `/incidents/${opened.incidentId}/officer-links`, body: { unit: "3A21" }, cookie });
    const { token } = made.body as { token: string };
    const phone = test.act({ path: "/officer/session", body: { token } });
    const device = (phone.headers["set-cookie"] ?? "").split(";")[0] ?? "";
    expect(test.act({ path: "/officer/badge", body: { badge: "4711", pin }, cookie: device }).status).toBe(403);
    test.post("shots", "/intake/gunshot", "{broken");
    test.disk.failAppends = 3;
    test.post("shots", "/intake/gunshot", gunshot({ sourceIncidentId: "g2" }));
    test.wall.advance(5_000);
    expect(lines.length).toBeGreaterThan(0);
    const written = [...test.disk.files.values()].map((bytes) => new TextDecoder().decode(bytes)).join("\n");
    const everything = `${lines.join("\n")}\n${test.get("/metrics").text}\n${written}`;
    const secrets = { password, pin, token, session: cookie.split("=")[1], device: device.split("=")[1], hmacKey };
    for (const [name, secret] of Object.entries(secrets)) {
      expect(secret?.length ?? 0, name).toBeGreaterThan(5);
      expect(everything.includes(secret ?? ""), name).toBe(false);
    }
  });
});
