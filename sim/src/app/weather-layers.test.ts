import { describe, expect, it } from "vitest";
import { remainingWh, responderQuad } from "../air/index.js";
import { FaultSet } from "../faults/index.js";
import { airDataDoor } from "./air-data.js";
import { DockHost } from "./dock-host.js";
import { lonelySim } from "./testing/lonely-sim.js";

const bad = { kind: "weather", rain: "moderate", temperatureC: -8, visibilityM: 3_000, ceilingAglM: 150 } as const;

describe("weather that a trainer or a scenario orders", () => {
  const lonely = lonelySim({ events: [{ atS: 20, event: { kind: "inject", inject: bad } }] });
  const { sim, say, wall } = lonely;
  const [dock] = sim.deps.config.docks;
  if (dock === undefined) throw new Error("the site has a dock");
  const host = new DockHost({ dock, sim, faults: new FaultSet(), startMs: 0 });
  const told = () => ({ metar: airDataDoor(sim).page("/metar")?.body ?? "", dock: host.look().weather });

  it("is what the weather station and every dock measure, live and from a scenario, until it is ended", () => {
    expect(told().metar).toContain(" 10SM FEW020 16/10 ");
    expect(told().dock).toMatchObject({ temperatureC: 16, rain: false });
    say({ kind: "inject", inject: bad });
    expect(told().metar).toContain(" 1 3/4SM FZRA BR OVC004 M08/M09 ");
    expect(told().dock).toMatchObject({ temperatureC: -8, rain: true, windMps: 4 });
    say({ kind: "inject", inject: { kind: "wind", windMps: 9, fromDeg: 290, gustMps: 16 } });
    expect(told().metar).toContain(" 29017G31KT 1 3/4SM FZRA BR OVC004 ");
    expect(told().dock).toMatchObject({ windMps: 9, gustMps: 16, rain: true });
    say({ kind: "inject", inject: { kind: "clear", what: "weather" } });
    expect(told().metar).toContain(" 29017G31KT 10SM FEW020 16/10 ");

    say({ kind: "start", scenario: "chase", seed: 7 });
    expect(told().dock).toMatchObject({ temperatureC: 16, rain: false, windMps: 4 });
    wall.advance(21_000);
    expect(told().metar).toContain(" 1 3/4SM FZRA BR OVC004 M08/M09 ");
    say({ kind: "start", scenario: "before", seed: 7 });
    expect(told().dock).toMatchObject({ temperatureC: 16, rain: false });
    sim.close();
  });

  it("reaches what flies: wind that rises blows on it, cold cools its battery and takes energy", () => {
    const { sim, say, wall } = lonelySim({});
    const truth = sim.aircraft[0]?.autopilot.truth;
    if (truth === undefined) throw new Error("the site has an aircraft");
    const warm = remainingWh(responderQuad, truth);
    say({ kind: "inject", inject: { kind: "weather", temperatureC: -20 } });
    say({ kind: "inject", inject: { kind: "wind", windMps: 20, fromDeg: 0, gustMps: 20 } });
    wall.advance(600_000);
    expect(truth.meanNorthMps).toBeLessThan(-12);
    expect(truth.cellC).toBeLessThan(5);
    expect(remainingWh(responderQuad, truth)).toBeLessThan(0.9 * warm);
    sim.close();
  });
});
