import { it } from "vitest";
import { bench, airborne, at, groundAmslM } from "./testing/ground-station.js";
for (const lowFidelity of [false, true])
it("flies " + lowFidelity, () => {
  const t0 = performance.now();
  const b = bench({ lowFidelity });
  b.until(() => b.vehicle.status().ready, 10);
  b.run(1);
  console.log("arm", b.command(400, [1]), b.tMs());
  b.run(1);
  console.log("takeoff", b.command(22, [-1,0,0,NaN,NaN,NaN, groundAmslM + 60]));
  const s = b.tMs();
  for (const h of [0.5, 2.5, 5, 10, 30, 50, 59]) { b.until(() => b.local().upM > h, 60); console.log(h, (b.tMs() - s) / 1000, b.vehicle.truth.upMps.toFixed(2)); }
  b.until(() => b.mode() === "loiter", 60);
  console.log("loiter", (b.tMs() - s) / 1000, b.local(), "P", b.vehicle.truth.powerW, "u", b.vehicle.truth.rotor1);
  b.run(8); console.log("hover", b.local());
  const to = at(212, 212);
  console.log("goto", b.commandInt(192, [12, 1, 0, NaN], to.latDeg, to.lonDeg, groundAmslM + 60));
  const g = b.tMs(); let maxv = 0, minAlt = 99, maxTilt = 0;
  let t90 = 0;
  b.until(() => { const l = b.local(); maxv = Math.max(maxv, l.speedMps); minAlt = Math.min(minAlt, l.upM); if (!t90 && l.speedMps > 10.8) t90 = (b.tMs() - g)/1000; return Math.hypot(l.northM - 212, l.eastM - 212) < 2; }, 60);
  console.log("goto done", (b.tMs() - g) / 1000, { maxv, minAlt, t90 }, b.local());
  b.run(5); console.log("hold", b.local());
  console.log("orbit", b.commandInt(34, [60, 8, 0, NaN], to.latDeg, to.lonDeg, groundAmslM + 60));
  b.run(30); let rmin = 1e9, rmax = 0, v = 0, n = 0;
  for (let i = 0; i < 350; i++) { b.run(0.1); const l = b.local(); const r = Math.hypot(l.northM - 212, l.eastM - 212); rmin = Math.min(rmin, r); rmax = Math.max(rmax, r); v += l.speedMps; n++; }
  console.log("radius", rmin, rmax, v / n, b.mode());
  console.log("dist", Math.hypot(b.local().northM, b.local().eastM));
  console.log("rtl", b.command(20));
  const r = b.tMs();
  b.until(() => b.vehicle.status().landed === "landing", 120); console.log("landing phase", (b.tMs() - r)/1000, b.local());
  b.until(() => b.vehicle.status().landed === "onGround", 120); console.log("landed", (b.tMs() - r)/1000, b.local());
  b.until(() => !b.vehicle.status().armed, 20); console.log("disarmed", (b.tMs() - r)/1000, b.mode(), b.vehicle.truth.usedWh);
  console.log(b.texts());
  console.log("wall ms", performance.now() - t0, "sim s", b.tMs()/1000, "frames", b.heard.length);
});
