import { describe, expect, it } from "vitest";
import {
  airDensity,
  bestRangeAirspeed,
  climbPowerW,
  constantPowerWh,
  fieldPressureHpa,
  hoverPowerW,
  levelPowerW,
  Q38,
  type ReturnCase,
  radiusOfActionM,
  returnEnergyWh,
  tiltDeg,
  timeToMustTurnS,
  Z_EN_ROUTE,
  Z_LAUNCH,
} from "./index.js";

const power = (airspeedMps: number): number => levelPowerW(Q38, airspeedMps);

describe("power curve (flight.md 1.1, 1.2)", () => {
  it.each([
    [0, 416, 0, 437],
    [4, 383, 2.4, 406],
    [8, 344, 6.4, 357],
    [10, 351, 9, 351],
    [12, 379, 12, 363],
    [14, 430, 15.3, 393],
    [16, 503, 18.9, 443],
    [18, 599, 22.6, 512],
    [20, 721, 26.6, 601],
    [22, 868, 30.5, 712],
  ])("at %d m/s takes %d W tilted %d°, %d W at Denver and 35 °C", (airspeedMps, seaLevelW, tilt, denverW) => {
    expect(Math.abs(power(airspeedMps) - seaLevelW)).toBeLessThan(1);
    expect(tiltDeg(Q38, airspeedMps)).toBeCloseTo(tilt, 0);
    expect(Math.abs(levelPowerW(Q38, airspeedMps, 0.943) - denverW)).toBeLessThan(1);
  });

  it.each([
    [0.3, 453, 614],
    [0.6, 492, 630],
    [1, 545, 653],
  ])("carrying %d kg more hovers at %d W and cruises at 18 m/s at %d W", (payloadKg, hoverW, cruiseW) => {
    const loaded = { ...Q38, massKg: Q38.massKg + payloadKg };
    expect(Math.abs(hoverPowerW(loaded) - hoverW)).toBeLessThan(1.5);
    expect(Math.abs(levelPowerW(loaded, 18) - cruiseW)).toBeLessThan(1.5);
  });

  it("climbs at 490 W at 3 m/s and 552 W at 5 m/s: 2.7 and 1.84 Wh for 60 m", () => {
    expect(Math.abs(climbPowerW(Q38, 3) - 490)).toBeLessThan(1.5);
    expect(Math.abs(climbPowerW(Q38, 5) - 552)).toBeLessThan(1.5);
    expect(constantPowerWh(climbPowerW(Q38, 3), 20)).toBeCloseTo(2.7, 1);
    expect(constantPowerWh(climbPowerW(Q38, 5), 12)).toBeCloseTo(1.84, 2);
  });

  it("knows the air's density at a field", () => {
    expect(airDensity(fieldPressureHpa(1013.25, 1609), 35)).toBeCloseTo(0.943, 3);
    expect(airDensity(fieldPressureHpa(1005, 20), 38)).toBeCloseTo(1.1225, 3);
    expect(airDensity(fieldPressureHpa(1013.25, 1609), -10)).toBeCloseTo(1.1045, 3);
  });

  it.each([
    [0, 14, 30.7],
    [4, 16, 41.9],
    [8, 18.9, 59.7],
    [12, 22.9, 86.5],
    [-4, 12.7, 23.6],
  ])("flies furthest in a headwind of %d at %d m/s and %d J per metre", (headwindMps, airspeedMps, joulePerM) => {
    const best = bestRangeAirspeed(power, headwindMps, 25);
    expect(Math.abs(best.airspeedMps - airspeedMps)).toBeLessThanOrEqual(0.2);
    expect(best.joulePerM).toBeCloseTo(joulePerM, 0);
  });
});

/** 2 km home into the given headwind at 18 m/s, 45 s of hover: the case of flight.md 1.7. */
const homeCase = (headwindMps: number, windSigmaMps: number, quantileZ: number): ReturnCase => ({
  legs: [{ lengthM: 2000, trackDeg: 0 }],
  airspeedMps: 18,
  power,
  wind: { speedMps: headwindMps, fromDeg: 0 },
  windSigmaMps,
  quantileZ,
  hoverPowerW: hoverPowerW(Q38),
  hoverS: 45,
  climbPowerW: climbPowerW(Q38, 5),
  climbS: 0,
});

describe("coming home (flight.md 1.7)", () => {
  it.each([
    [0, 2, 29.2, 33.4],
    [6, 1, 39.2, 43.3],
    [6, 2, 45.7, 59.3],
    [9, 2, 66.8, 105],
  ])("headwind %d ± %d needs %d Wh en route and %d Wh at launch", (head, sigma, enRouteWh, launchWh) => {
    expect(Math.abs(returnEnergyWh(homeCase(head, sigma, Z_EN_ROUTE)) / enRouteWh - 1)).toBeLessThan(0.005);
    expect(Math.abs(returnEnergyWh(homeCase(head, sigma, Z_LAUNCH)) / launchWh - 1)).toBeLessThan(0.005);
  });

  it("must turn at once when the wind would not let it home", () => {
    const state = { energyWh: 200, floorWh: 40, landingWh: 2, stayPowerW: 416 };
    expect(timeToMustTurnS({ ...state, home: homeCase(17, 2, Z_EN_ROUTE) })).toBe(0);
  });

  it("must turn when what is spare is used up by staying", () => {
    const home = homeCase(0, 2, Z_EN_ROUTE);
    const state = { energyWh: 100, floorWh: 39.45, landingWh: 0, stayPowerW: 416, home };
    const stayS = timeToMustTurnS(state);
    expect(stayS).toBeGreaterThan(200);
    expect(timeToMustTurnS({ ...state, energyWh: 100 - constantPowerWh(416, stayS) })).toBeLessThan(1e-6);
    expect(timeToMustTurnS({ ...state, energyWh: Number.NaN })).toBe(0);
  });

  it.each([
    [0, 8.96],
    [5, 8.26],
    [10, 6.19],
  ])("has a radius of action in a wind of %d m/s along the leg of %d km", (windMps, radiusKm) => {
    expect(radiusOfActionM(263 * 0.9 * 0.7, 18, power, windMps) / 1000).toBeCloseTo(radiusKm, 1);
  });
});
