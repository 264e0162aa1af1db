import type { PlatePass } from "./plate-pass.js";

/** States as Flock writes them; others come out as their code. */
const states: Readonly<Record<string, string>> = { "us-ca": "california", "us-nv": "nevada", "us-or": "oregon" };

/**
 * A hotlist alert as Flock Safety posts it to a subscriber (webhook of its v3 API, formats/alpr.md section 3): one
 * match, of a car that is on a list of its network; it tells no colour, make or body. Names of objects and devices are
 * UUIDs there: `uuids` gives them.
 */
export function flockAlert(pass: PlatePass, uuids: { readonly object: string; readonly device: string }): unknown {
  return {
    deviceLat: pass.point.latDeg,
    deviceLong: pass.point.lonDeg,
    deviceName: pass.cameraLabel,
    deviceExternalId: uuids.device,
    networkName: "Simulated readers",
    objectId: uuids.object,
    eventTime: new Date(pass.tMs).toISOString(),
    ocr: {
      label: pass.plate,
      labelConfidence: Math.round(pass.confidence * 10) / 1000,
      state: states[pass.region] ?? pass.region,
      stateConfidence: 0.88,
    },
    sources: [{ name: "Simulated hotlist", reason: "Vehicle sought", customHotlistAudience: "organization" }],
  };
}

/** A UUID (version 4, RFC 9562) of sixteen bytes. */
export function uuidOf(bytes: Uint8Array): string {
  const hex = [...bytes.subarray(0, 16)].map((byte, i) => {
    const marked = i === 6 ? (byte & 0x0f) | 0x40 : i === 8 ? (byte & 0x3f) | 0x80 : byte;
    return marked.toString(16).padStart(2, "0");
  });
  return [hex.slice(0, 4), hex.slice(4, 6), hex.slice(6, 8), hex.slice(8, 10), hex.slice(10)]
    .map((part) => part.join(""))
    .join("-");
}
