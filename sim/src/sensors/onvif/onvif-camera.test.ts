import { createHash } from "node:crypto";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { tokenDigest } from "../io/onvif-listen.js";
import { OnvifCamera } from "./onvif-camera.js";
import { PtzHead } from "./ptz-head.js";
import { escapeXml, readXml } from "./xml.js";

const wallMs = Date.UTC(2026, 0, 1, 12);
const login = { user: "viewer", password: "p&ss<word>" };
const pose = { point: { latDeg: 0, lonDeg: 0 }, altAmslM: 10, yawDeg: 0, pitchDeg: -12, rollDeg: 0, hfovDeg: 60 };

function camera(head: PtzHead | undefined = new PtzHead(pose, 0)) {
  return new OnvifCamera({
    cameraId: "cam-03",
    name: "Masonic & Page",
    streamUri: "rtsp://127.0.0.1:5690/cam-03",
    width: 480,
    height: 270,
    fps: 5,
    login,
    head,
    digest: tokenDigest,
  });
}

let nonces = 0;
function security(created = new Date(wallMs).toISOString(), password = login.password, nonceText = `n${nonces++}`) {
  const nonce = Buffer.from(nonceText);
  const digest = createHash("sha1").update(nonce).update(created).update(password).digest("base64");
  const type = "http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-username-token-profile-1.0#PasswordDigest";
  return `<wsse:Security s:mustUnderstand="1"><wsse:UsernameToken><wsse:Username>viewer</wsse:Username><wsse:Password Type="${type}">${digest}</wsse:Password><wsse:Nonce>${nonce.toString("base64")}</wsse:Nonce><wsu:Created>${created}</wsu:Created></wsse:UsernameToken></wsse:Security>`;
}
const envelope = (body: string, header = security()): string =>
  `<?xml version="1.0"?><s:Envelope xmlns:s="http://www.w3.org/2003/05/soap-envelope"><s:Header>${header}</s:Header><s:Body>${body}</s:Body></s:Envelope>`;
const ask = (one: OnvifCamera, body: string, runMs = 0, header?: string) =>
  one.answer({ body: envelope(body, header), base: "http://10.0.0.7/cam-03/onvif", runMs, wallMs });
const move = (kind: string, inner: string): string =>
  `<${kind} xmlns="http://www.onvif.org/ver20/ptz/wsdl"><ProfileToken>P1</ProfileToken>${inner}</${kind}>`;

describe("who may ask a camera", () => {
  it("is who proves the password with a fresh nonce and a time near the camera's", () => {
    const one = camera();
    const status = move("GetStatus", "");
    expect(ask(one, status).status).toBe(200);
    for (const header of [
      "",
      security(undefined, "wrong"),
      security(new Date(wallMs - 301_000).toISOString()),
      security(new Date(wallMs + 301_000).toISOString()),
      security("yesterday"),
    ]) {
      const refused = ask(one, status, 0, header);
      expect(refused.status).toBe(400);
      expect(refused.body).toContain("ter:NotAuthorized");
    }
    const used = security();
    expect(ask(one, status, 0, used).status).toBe(200);
    expect(ask(one, status, 0, used).status).toBe(400);
  });

  it("is anybody for the camera's time, without which no client can make a token", () => {
    const { status, body } = ask(camera(), "<GetSystemDateAndTime/>", 0, "");
    expect(status).toBe(200);
    expect(body).toContain("<tt:Hour>12</tt:Hour>");
    expect(body).toContain("<tt:Year>2026</tt:Year>");
  });
});

describe("a camera's services", () => {
  it("name each other at the address that the client reached, and PTZ only where there is a motor", () => {
    const services = ask(camera(), "<GetServices/>").body;
    expect(services).toContain("<tds:XAddr>http://10.0.0.7/cam-03/onvif/ptz_service</tds:XAddr>");
    const fixed = new OnvifCamera({
      ...{ cameraId: "c", name: "c", streamUri: "rtsp://h/c", width: 4, height: 2, fps: 5 },
      login: undefined,
      head: undefined,
      digest: tokenDigest,
    });
    expect(ask(fixed, "<GetServices/>").body).not.toContain("ptz_service");
    const refused = ask(fixed, move("Stop", ""));
    expect([refused.status, refused.body.includes("ter:ActionNotSupported")]).toEqual([500, true]);
  });

  it("give a profile and the address of its pictures", () => {
    const one = camera();
    const profiles = ask(one, "<GetProfiles/>").body;
    expect(profiles).toContain('token="P1"');
    expect(profiles).toContain("Masonic &amp; Page");
    const uri = (token: string, protocol: string) =>
      ask(
        one,
        `<GetStreamUri><StreamSetup><Stream>RTP-Unicast</Stream><Transport><Protocol>${protocol}</Protocol></Transport></StreamSetup><ProfileToken>${token}</ProfileToken></GetStreamUri>`,
      );
    expect(uri("P1", "RTSP").body).toContain("<tt:Uri>rtsp://127.0.0.1:5690/cam-03</tt:Uri>");
    expect(uri("P9", "RTSP").body).toContain("ter:NoProfile");
    expect(uri("P1", "HTTP").body).toContain("ter:InvalidStreamSetup");
  });

  it("answer what they do not offer with that, and what is no SOAP with that", () => {
    expect(ask(camera(), "<CreatePullPointSubscription/>").body).toContain("ter:ActionNotSupported");
    const broken = camera().answer({ body: "<a><b></a>", base: "", runMs: 0, wallMs });
    expect([broken.status, broken.body.includes("ter:WellFormed")]).toEqual([400, true]);
  });
});

describe("moves", () => {
  it("go where a client says in both spaces, and the status tells place, motion and time", () => {
    const head = new PtzHead(pose, 0);
    const one = camera(head);
    ask(one, move("AbsoluteMove", '<Position><PanTilt x="0.5" y="1"/><Zoom x="1"/></Position>'));
    expect(ask(one, move("GetStatus", ""), 200).body).toContain("<tt:PanTilt>MOVING</tt:PanTilt>");
    const there = ask(one, move("GetStatus", ""), 20_000).body;
    expect(there).toContain('<tt:PanTilt x="0.500000" y="1.000000"');
    expect(there).toContain("<tt:PanTilt>IDLE</tt:PanTilt><tt:Zoom>IDLE</tt:Zoom>");
    expect(there).toContain("<tt:UtcTime>2026-01-01T12:00:00.000Z</tt:UtcTime>");
    const degrees = "http://www.onvif.org/ver10/tptz/PanTiltSpaces/SphericalPositionSpace";
    ask(one, move("AbsoluteMove", `<Position><PanTilt x="-30" y="-45" space="${degrees}"/></Position>`), 20_000);
    expect(head.at(40_000)).toMatchObject({ panDeg: -30, tiltDeg: -45, zoom: 20 });
    ask(one, move("RelativeMove", '<Translation><PanTilt x="0.1" y="0"/></Translation>'), 40_000);
    expect(head.at(50_000).panDeg).toBeCloseTo(-12, 9);
  });

  it("end with their timeout, by default too, and with Stop", () => {
    const head = new PtzHead(pose, 0);
    const one = camera(head);
    const turn = (inner: string) => move("ContinuousMove", `<Velocity><PanTilt x="0.1" y="0"/></Velocity>${inner}`);
    ask(one, turn("<Timeout>PT1.5S</Timeout>"));
    expect(head.at(60_000).panDeg).toBeCloseTo(15, 9);
    ask(one, turn(""), 60_000);
    expect(head.at(120_000).panDeg).toBeCloseTo(65, 9);
    ask(one, turn("<Timeout>PT30S</Timeout>"), 120_000);
    ask(one, move("Stop", ""), 121_000);
    expect(head.at(180_000).panDeg).toBeCloseTo(75, 9);
  });

  it("are refused outside of their spaces, and then nothing moves", () => {
    const head = new PtzHead(pose, 0);
    const one = camera(head);
    for (const [body, code] of [
      [move("AbsoluteMove", '<Position><PanTilt x="1.1" y="0"/></Position>'), "InvalidPosition"],
      [move("AbsoluteMove", '<Position><PanTilt x="" y="0"/></Position>'), "InvalidPosition"],
      [move("AbsoluteMove", ""), "InvalidPosition"],
      [move("ContinuousMove", '<Velocity><PanTilt x="NaN" y="0"/></Velocity>'), "InvalidVelocity"],
      [move("ContinuousMove", '<Velocity><Zoom x="1"/></Velocity><Timeout>PT2H</Timeout>'), "TimeoutNotSupported"],
      [move("RelativeMove", ""), "InvalidTranslation"],
      [move("GotoPreset", "<PresetToken>preset-9</PresetToken>"), "NoToken"],
    ] as const) {
      const refused = ask(one, body);
      expect([refused.status, refused.body.includes(`ter:${code}`)]).toEqual([400, true]);
    }
    expect(head.at(60_000)).toEqual({ panDeg: 0, tiltDeg: -12, zoom: 1 });
  });

  it("return to a preset that was set, under its name", () => {
    const head = new PtzHead(pose, 0);
    const one = camera(head);
    ask(one, move("AbsoluteMove", '<Position><PanTilt x="0.25" y="0"/></Position>'));
    expect(ask(one, move("SetPreset", "<PresetName>Bus stop &amp; kerb</PresetName>"), 9_000).body).toContain(
      "preset-1",
    );
    ask(one, move("AbsoluteMove", '<Position><PanTilt x="0" y="0"/></Position>'), 9_000);
    head.at(18_000);
    expect(ask(one, move("GetPresets", ""), 18_000).body).toContain("<tt:Name>Bus stop &amp; kerb</tt:Name>");
    ask(one, move("GotoPreset", "<PresetToken>preset-1</PresetToken>"), 18_000);
    expect(head.at(30_000).panDeg).toBeCloseTo(45, 9);
    expect(ask(one, move("RemovePreset", "<PresetToken>preset-1</PresetToken>"), 30_000).status).toBe(200);
    expect(ask(one, move("GetPresets", ""), 30_000).body).not.toContain("Bus stop");
  });
});

describe("reading XML", () => {
  it("gives back any text and attribute that was escaped", () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), (text, value) => {
        const plain = (one: string): string => one.replace(/[\r\n]/g, " ");
        const read = readXml(`<x:a v="${escapeXml(value)}"><!-- > --><b>${escapeXml(text)}</b><c/></x:a>`);
        expect(read?.name).toBe("a");
        expect(plain(read?.attributes.get("v") ?? "")).toBe(plain(value));
        expect(read?.children.map((one) => [one.name, one.text])).toEqual([
          ["b", text],
          ["c", ""],
        ]);
      }),
    );
  });

  it("never throws, and refuses what is open, crossed, too deep or declares entities", () => {
    fc.assert(fc.property(fc.string(), (text) => void readXml(text)));
    for (const bad of ["", "<a>", "</a>", "<a></b>", "<a/><b/>", "a", `${"<a>".repeat(40)}${"</a>".repeat(40)}`])
      expect(readXml(bad)).toBeUndefined();
    expect(readXml('<!DOCTYPE a [<!ENTITY x "y">]><a>&x;</a>')).toBeUndefined();
  });
});
