import { describe, expect, it } from "vitest";
import { plainCause } from "./plainCause.js";

describe("why a source is silent", () => {
  it("is said without the machine's own words for it", () => {
    expect(plainCause("KSFO: no answer: connect ECONNREFUSED 127.0.0.1:1")).toBe(
      "KSFO: nothing listens at its address",
    );
    expect(plainCause("no answer: getaddrinfo ENOTFOUND x.example")).not.toMatch(/E[A-Z]{4}/);
  });

  it("stays as it is where it was plain already", () => {
    expect(plainCause("its last report is 2 h old")).toBe("its last report is 2 h old");
    expect(plainCause("no answer")).toBe("no answer");
  });
});
