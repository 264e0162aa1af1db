import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readAircraftJson } from "./aircraft-json.js";
import { readSeen } from "./heard-aboard.js";
import { readMetar } from "./metar.js";
import { LineCutter, readSbsLine } from "./sbs.js";

const file = (...aircraft: readonly object[]): string =>
  JSON.stringify({ now: 1_700_000_000.5, messages: 9, aircraft });
const heard = (...aircraft: readonly object[]) => {
  const read = readAircraftJson(file(...aircraft), "roof", 100_000);
  if (read.kind === "bad") throw new Error(read.problem);
  return read;
};
const helicopter = {
  ...{ hex: "A0BB01", type: "adsb_icao", flight: "N911PD  ", category: "A7", lat: 37.77, lon: -122.45 },
  ...{ alt_baro: 1450, alt_geom: 1300, gs: 100, track: 90, baro_rate: -600, nac_p: 9, seen_pos: 2, seen: 0.2 },
};

describe("aircraft.json", () => {
  it("tells who, where, how high by what measure, how fast and how long ago", () => {
    expect(heard(helicopter).reports[0]).toMatchObject({
      ...{ trafficId: "a0bb01", callSign: "N911PD", kind: "helicopter", tMs: 98_000 },
      place: { latDeg: 37.77, lonDeg: -122.45, sigmaM: expect.closeTo(12.25, 1) },
      height: { pressureAltM: expect.closeTo(441.96, 1), ellipsoidAltM: expect.closeTo(396.24, 1) },
      velocity: { eastMps: expect.closeTo(51.44, 1), northMps: expect.closeTo(0, 6) },
      upMps: expect.closeTo(-3.05, 2),
    });
  });
  it("makes no height of the ground, nothing of what is absent, and no aircraft of a car", () => {
    const [ground, bare] = heard(
      { ...helicopter, alt_baro: "ground", alt_geom: undefined },
      { hex: "~2a0001", lat: 37, lon: -122 },
      { ...helicopter, hex: "a0bb02", category: "C2" },
    ).reports;
    expect(ground?.height).toEqual({ onGround: true });
    expect(bare).toMatchObject({ trafficId: "~2a0001", height: {} });
    expect(bare).not.toHaveProperty("velocity");
    expect(heard({ ...helicopter, category: "C2" }).reports).toEqual([]);
  });
  it("counts those without a place of late, and refuses one bad entry, not the file", () => {
    const read = heard(
      { hex: "a0bb03" },
      { ...helicopter, seen_pos: 40 },
      { ...helicopter, lat: 99 },
      helicopter,
      7 as never,
    );
    expect([read.placeless, read.refused, read.reports.length]).toEqual([2, 2, 1]);
  });
  it("given anything, answers and does not throw", () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.json()), (text) => {
        readAircraftJson(text, "s", 0);
      }),
    );
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        expect(["heard", "bad"]).toContain(
          readAircraftJson(JSON.stringify({ now: 1, aircraft: [value] }), "s", 0).kind,
        );
      }),
    );
  });
});

const msg3 = "MSG,3,1,1,4AC8B3,1,2019/12/10,19:10:46.320,2019/12/10,19:10:47.789,,36017,,,51.1001,10.1915,,,0,0,0,0";
const msg4 = "MSG,4,1,1,4AC8B3,1,2019/12/10,19:10:46.320,2019/12/10,19:10:47.789,,,420,179,,,64,,,,,0";

describe("SBS-1 lines", () => {
  it("tell each what is in it", () => {
    expect(readSbsLine(msg3, "sbs", 5)).toEqual({
      ...{ trafficId: "4ac8b3", sourceId: "sbs", tMs: 5 },
      place: { latDeg: 51.1001, lonDeg: 10.1915, sigmaM: expect.any(Number) },
      height: { pressureAltM: expect.closeTo(10978, 0) },
    });
    const moving = readSbsLine(msg4, "sbs", 5);
    expect(moving).toMatchObject({ velocity: { northMps: expect.closeTo(-216, 0) }, upMps: expect.closeTo(0.325, 2) });
    expect(moving).not.toHaveProperty("place");
    expect(readSbsLine(msg4.replace(/0$/, "-1"), "sbs", 5)?.height).toEqual({ onGround: true });
  });
  it("cut anywhere, in any pieces, make the same reports as whole, and a torn one makes none", () => {
    const stream = `${msg3}\r\n${msg4}\r\n\r\n${msg3}\n`;
    fc.assert(
      fc.property(fc.array(fc.nat(stream.length), { maxLength: 12 }), (cuts) => {
        const cutter = new LineCutter();
        const places = [0, ...cuts.sort((a, b) => a - b), stream.length];
        const lines = places.flatMap((from, i) => cutter.take(stream.slice(from, places[i + 1] ?? stream.length)));
        expect(lines.filter((line) => line !== "")).toEqual([msg3, msg4, msg3]);
      }),
    );
    for (let n = 0; n < msg3.lastIndexOf(","); n++) expect(readSbsLine(msg3.slice(0, n), "s", 0)).toBeUndefined();
  });
  it("given a line that never ends, throws it away and reads on after it", () => {
    const cutter = new LineCutter();
    expect(cutter.take("x".repeat(600))).toEqual([]);
    expect(cutter.take("y".repeat(600))).toEqual([]);
    expect(cutter.take(`z\n${msg3}\n`)).toEqual([msg3]);
    expect(cutter.tooLong).toBe(1);
  });
  it("given anything, answers and does not throw", () => {
    fc.assert(fc.property(fc.string(), (text) => void readSbsLine(text, "s", 0)));
    const fields = fc.array(fc.oneof(fc.string(), fc.constant("MSG"), fc.double().map(String)), {
      minLength: 22,
      maxLength: 22,
    });
    fc.assert(
      fc.property(fields, (parts) => {
        const report = readSbsLine(["MSG", "3", ...parts.slice(2, 4), "4AC8B3", ...parts.slice(5)].join(","), "s", 0);
        if (report?.place !== undefined) expect(Math.abs(report.place.latDeg)).toBeLessThanOrEqual(90);
      }),
    );
  });
});

describe("what is heard aboard", () => {
  const seen = {
    ...{ trafficId: "A0BB01", source: "adsb" as const, heardBy: "uid1", simulated: true, latDeg: 1, lonDeg: 2 },
    ...{ altM: 300, altKind: "pressure" as const, emitterType: 7, ageMs: 400 },
  };
  it("never reaches a live site where it says that it is simulated", () => {
    expect(readSeen(seen, "live", 1_000)).toBeUndefined();
    expect(readSeen(seen, "sim", 1_000)).toMatchObject({
      ...{ trafficId: "a0bb01", kind: "helicopter", tMs: 600, height: { pressureAltM: 300 } },
    });
  });
});

describe("Remote ID as the bridge passes it on", () => {
  const told = (horizontal: number, vertical: number) =>
    readSeen(
      {
        ...{ trafficId: "1581F4", source: "remote-id", heardBy: "a", simulated: false, latDeg: 1, lonDeg: 2 },
        ...{ altM: 100, altKind: "ellipsoid", ageMs: 300 },
        remoteId: {
          ...{ sender: "01", idKind: "serial", onGround: false, pressureAltM: 120, doubts: [] },
          accuracy: { horizontal, vertical, barometer: 5, speed: 0 },
        },
      },
      "live",
      1_000,
    );

  it("keeps both heights by their datum, and how sure its place and its height are by the classes it told", () => {
    expect(told(10, 4)).toMatchObject({
      ...{ trafficId: "1581f4", sourceId: "remote-id:a", kind: "drone", tMs: 700 },
      height: { ellipsoidAltM: 100, pressureAltM: 120, ellipsoidSigmaM: 15 },
    });
    const sigmas = [12, 11, 10, 7, 0, 4, 3, 1].map((accuracy) => told(accuracy, 6)?.place?.sigmaM ?? 0);
    expect(
      [...sigmas].sort((one, other) => one - other),
      "never surer than told",
    ).toEqual(sigmas);
    expect(told(10, 0)?.height?.ellipsoidSigmaM).toBe(75);
    expect(told(10, 99)?.height?.ellipsoidSigmaM).toBe(75);
  });
});

const nowMs = Date.UTC(2026, 10, 23, 1, 10);
const metar = (text: string) => readMetar(text, nowMs);

describe("METAR", () => {
  it("tells wind, visibility, ceiling, weather, temperature, pressure and its age", () => {
    expect(
      metar("KSFO 230056Z 28015G25KT 1 1/2SM R28R/2600FT -RA BR FEW012 BKN020 OVC040 14/M01 A3002 RMK AO2 TS"),
    ).toMatchObject({
      ...{ station: "KSFO", observedMs: nowMs - 14 * 60_000, windFromDeg: 280, ceilingM: 609.6, temperatureC: 14 },
      ...{ dewPointC: -1, weather: ["-RA", "BR"], windMps: expect.closeTo(7.72, 1), gustMps: expect.closeTo(12.86, 1) },
      ...{ visibilityM: expect.closeTo(2414, 0), qnhHpa: expect.closeTo(1016.6, 0) },
    });
    expect(metar("METAR LSZH 230050Z AUTO VRB02KT 9999 NCD 05/04 Q1021 NOSIG")).toMatchObject({
      ...{ visibilityM: 10_000, ceilingM: "none", qnhHpa: 1021, windFromDeg: undefined },
    });
    expect(metar("SPECI EGLL 230050Z 24010MPS 0800 0400NE +TSRA VV/// 02/02 Q0989=")).toMatchObject({
      ...{ windMps: 10, visibilityM: 400, ceilingM: 0, weather: ["+TSRA"] },
    });
    expect(metar("KDEN 230053Z 00000KT M1/4SM FZFG VV001 M05/M05 A3010")).toMatchObject({
      ...{ windMps: 0, visibilityM: 0, temperatureC: -5, weather: ["FZFG"] },
    });
    expect(metar("METAR KSIM 230059Z 27008KT 10SM FEW020 16/10 A2994 RMK AO2 SIMULATED")?.ceilingM).toBe("none");
  });
  it("reads rain, mist, ice and cloud as the simulator reports them", () => {
    const sim = (words: string) => metar(`METAR KSIM 230059Z 00000KT ${words} A2994 RMK AO2 SIMULATED`);
    expect(sim("1 3/4SM RA BR OVC004 03/02")).toMatchObject({
      ...{ visibilityM: 1.75 * 1609.344, ceilingM: expect.closeTo(121.9, 1), weather: ["RA", "BR"], temperatureC: 3 },
    });
    expect(sim("10SM -RA OVC050 16/15")).toMatchObject({ weather: ["-RA"], ceilingM: 1524, dewPointC: 15 });
    expect(sim("10SM +FZRA OVC050 M02/M03")).toMatchObject({ weather: ["+FZRA"], temperatureC: -2 });
    expect(sim("M1/4SM FZFG OVC000 M01/M01")).toMatchObject({ visibilityM: 0, ceilingM: 0, weather: ["FZFG"] });
  });
  it("does not know what is not in it", () => {
    expect(metar("KXYZ 230055Z AUTO /////KT //// // ////// ///// Q////")).toMatchObject({
      ...{
        windMps: undefined,
        visibilityM: undefined,
        ceilingM: undefined,
        temperatureC: undefined,
        qnhHpa: undefined,
      },
    });
    expect(metar("KXYZ 230055Z NIL")).toBeUndefined();
    expect(metar("no report")).toBeUndefined();
  });
  it("picks the station that was asked for, and its newest report; the month before where the day is to come", () => {
    const text = "2026/11/23 01:00\nKSFO 222356Z 28005KT\nKOAK 230053Z 27004KT\nKSFO 230056Z 29006KT\n";
    expect(readMetar(text, nowMs, "KSFO")?.windFromDeg).toBe(290);
    expect(readMetar("KSFO 310056Z 28005KT", nowMs)?.observedMs).toBe(Date.UTC(2026, 9, 31, 0, 56));
    expect(readMetar(text, nowMs, "KLAX")).toBeUndefined();
  });
  it("given anything, answers and does not throw", () => {
    const word = fc.oneof(
      fc.string({ maxLength: 8 }),
      fc.constantFrom("BKN010", "1", "1/0SM", "99/99", "A0000", "Q9999", "P99SM"),
    );
    fc.assert(
      fc.property(fc.array(word, { maxLength: 20 }), (words) => {
        const read = metar(`KSFO 230056Z ${words.join(" ")}`);
        for (const value of [read?.visibilityM, read?.windMps, read?.temperatureC, read?.qnhHpa])
          if (value !== undefined) expect(Number.isFinite(value)).toBe(true);
      }),
    );
  });
});
