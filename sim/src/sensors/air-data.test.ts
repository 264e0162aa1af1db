import { describe, expect, it } from "vitest";
import { aircraftJson, sbsLines } from "./adsb.js";
import { metarText, type Weather } from "./metar.js";
import { noticeFileId, noticeList, noticeXml } from "./notices.js";

const nowMs = Date.UTC(2026, 0, 31, 8, 5, 9, 123);
const heard = {
  icao24: "a0bb01",
  callSign: "N911PD",
  point: { latDeg: 37.7700004, lonDeg: -122.45 },
  altAmslM: 304.8,
  speedMps: 51.444,
  trackDeg: 90,
};

const fair: Weather = {
  ...{ windMps: 0, windFromDeg: 0, gustMps: 0, temperatureC: 16, qnhHpa: 1014 },
  ...{ rain: "none", visibilityM: undefined, ceilingAglM: undefined },
};
const standard = { qnhHpa: 1013.25, geoidUndulationM: -32 };

describe("what the air tells", () => {
  it("tells a height by pressure and by satellite, which are two: neither is above the sea", () => {
    const told = JSON.stringify(aircraftJson([heard], { qnhHpa: 1030, geoidUndulationM: -32.24 }, nowMs, 1));
    expect(told).toContain('"alt_baro":550,"alt_geom":900');
    expect(sbsLines(heard, { qnhHpa: 1030, geoidUndulationM: 0 }, nowMs)[1]).toContain(",,550,,,");
  });
  it("serves a helicopter as readsb does: feet, knots, padded call sign", () => {
    const json = aircraftJson([heard], standard, nowMs, 7);
    expect(json).toMatchObject({ now: nowMs / 1000, messages: 7 });
    expect(JSON.stringify(json)).toContain(
      '"flight":"N911PD  ","category":"A7","lat":37.77,"lon":-122.45,"alt_baro":1000',
    );
    expect(JSON.stringify(json)).toContain('"gs":100,"track":90');
  });
  it("writes SBS-1 lines of 22 fields with the position in MSG 3", () => {
    const lines = sbsLines(heard, standard, nowMs);
    for (const line of lines) expect(line.split(",")).toHaveLength(22);
    expect(lines[1]).toBe(
      "MSG,3,1,1,A0BB01,1,2026/01/31,08:05:09.123,2026/01/31,08:05:09.123,,1000,,,37.77000,-122.45000,,,0,0,0,0",
    );
  });
  // The same reports stand in the ground station's weather tests, which hold a launch against them.
  it("writes rain, mist, fog, ice and cloud as a station reports them, never better than they are", () => {
    const metar = (over: Partial<Weather>): string =>
      metarText("KSIM", { ...fair, ...over }, nowMs).slice(
        "METAR KSIM 310805Z 00000KT ".length,
        -" RMK AO2 SIMULATED".length,
      );
    expect(metar({ rain: "moderate", temperatureC: 3, visibilityM: 3_000, ceilingAglM: 150 })).toBe(
      "1 3/4SM RA BR OVC004 03/02 A2994",
    );
    expect(metar({ rain: "light" })).toBe("10SM -RA OVC050 16/15 A2994");
    expect(metar({ rain: "heavy", temperatureC: -2 })).toBe("10SM +FZRA OVC050 M02/M03 A2994");
    expect(metar({ visibilityM: 400, temperatureC: -1, ceilingAglM: 20 })).toBe("M1/4SM FZFG OVC000 M01/M01 A2994");
    expect(metar({ visibilityM: 900 })).toBe("1/2SM FG FEW020 16/16 A2994");
    expect(metar({ visibilityM: 2 * 1609.344 })).toBe("2SM BR FEW020 16/14 A2994");
    expect(metar({ visibilityM: 4.9 * 1609.344 })).toBe("4SM BR FEW020 16/14 A2994");
    expect(metar({ visibilityM: 20_000 })).toBe("10SM FEW020 16/10 A2994");
  });
  it("writes a METAR with gusts only where they are gusts", () => {
    expect(metarText("KSIM", fair, nowMs)).toBe("METAR KSIM 310805Z 00000KT 10SM FEW020 16/10 A2994 RMK AO2 SIMULATED");
    const front = { ...fair, windMps: 9, windFromDeg: 287, gustMps: 16, temperatureC: -3 };
    expect(metarText("KSIM", front, nowMs)).toContain(" 29017G31KT 10SM FEW020 M03/M09 ");
  });
  it("publishes a restriction as the FAA does: shape and number in the list, limits and times in the notice", () => {
    const centre = { latDeg: 37.77, lonDeg: -122.45 };
    const one = { notam: "FDC 6/0421", centre, radiusM: 300, fromMs: nowMs, untilMs: nowMs + 1_800_000 };
    const list = noticeList([one, { ...one, notam: "TRAINING 1" }]);
    expect(list).toMatchObject({
      features: [
        { properties: { NOTAM_KEY: "6/0421-1-FDC-F", STATE: "CA", LAST_MODIFICATION_DATETIME: "20260131080509" } },
        { properties: { NOTAM_KEY: "TRAINING 1" } },
      ],
    });
    const ring = /\[\[\[(.*?)\]\]\]/.exec(JSON.stringify(list))?.[1]?.split("],[") ?? [];
    expect(ring).toHaveLength(49);
    expect(ring[0]).toBe(ring[48]);
    expect([noticeFileId(one.notam), noticeFileId("TRAINING 1")]).toEqual(["6_0421", "TRAINING_1"]);
    const xml = noticeXml(one);
    expect(xml).toContain(
      "<dateEffective>2026-01-31T08:05:09</dateEffective><dateExpire>2026-01-31T08:35:09</dateExpire>",
    );
    expect(xml).toContain("<codeDistVerUpper>HEI</codeDistVerUpper><valDistVerUpper>3000</valDistVerUpper>");
    expect(xml.match(/<Avx>/g)).toHaveLength(49);
    expect(xml).toMatch(/<geoLat>37\.\d{8}N<\/geoLat><geoLong>122\.\d{8}W<\/geoLong>/);
  });
});
