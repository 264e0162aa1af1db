import { describe, expect, it } from "vitest";
import { pathTemplate } from "./path-template.js";

describe("a path template", () => {
  const template = pathTemplate("/alarms/{alarmId}/acknowledge");
  it("takes an id as it is and as a browser escapes it", () => {
    expect(template.match("/alarms/al_1:bridgeLost:b/acknowledge")).toEqual({ alarmId: "al_1:bridgeLost:b" });
    expect(template.match("/alarms/al_1%3AbridgeLost%3Ab/acknowledge")).toEqual({ alarmId: "al_1:bridgeLost:b" });
  });
  it("takes no path tricks, escaped or not", () => {
    for (const bad of ["..", "%2e%2e", "a%2Fb", "%", "%zz", "", "a%00b"])
      expect(template.match(`/alarms/${bad}/acknowledge`)).toBeUndefined();
  });
});
