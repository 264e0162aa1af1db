import { type Param, paramInt32 } from "./params.js";

type LogLine = { readonly tMs: number; readonly severity: number; readonly text: string };

/** One flight, from arming to disarming. `unixMs`: when it was armed, by the vehicle's own clock. */
export type FlightLog = {
  readonly unixMs: number;
  readonly armedAtMs: number;
  readonly params: readonly Param[];
  readonly lines: LogLine[];
};

const mostFlights = 8;
const mostLines = 500;

/** What the logger keeps on the card: the parameters at arming and what the vehicle said until it disarmed. */
export class FlightLogs {
  readonly flights: FlightLog[] = [];
  #running: FlightLog | undefined;

  begin(unixMs: number, armedAtMs: number, params: readonly Param[]): void {
    this.#running = { unixMs, armedAtMs, params: params.map((param) => ({ ...param })), lines: [] };
    this.flights.push(this.#running);
    if (this.flights.length > mostFlights) this.flights.shift();
  }

  said(tMs: number, severity: number, text: string): void {
    const lines = this.#running?.lines;
    if (lines !== undefined && lines.length < mostLines) lines.push({ tMs, severity, text });
  }

  end(): void {
    this.#running = undefined;
  }
}

const text = new TextEncoder();

/** ULog version 1 (PX4 user guide, "ULog File Format"): flags, information, parameters, logged texts; no data series. */
export function ulogOf(log: FlightLog, bootMs: number): Uint8Array {
  const parts = [ulogHead(log.armedAtMs - bootMs), record("B", new Uint8Array(40))];
  parts.push(keyed("I", "char[9] sys_name", text.encode("Simulated")));
  for (const { name, type, value } of log.params)
    parts.push(keyed("P", `${type === paramInt32 ? "int32_t" : "float"} ${name}`, cell(type, value)));
  for (const line of log.lines) {
    const said = text.encode(line.text);
    const body = new Uint8Array(9 + said.length);
    body[0] = 0x30 + line.severity;
    new DataView(body.buffer).setBigUint64(1, micros(line.tMs - bootMs), true);
    body.set(said, 9);
    parts.push(record("L", body));
  }
  return joined(parts);
}

/** Parameters as PX4 exports them: a BSON document of int32 and double. */
export function bsonOf(params: readonly Param[]): Uint8Array {
  const parts: Uint8Array[] = [];
  for (const { name, type, value } of params) {
    const whole = type === paramInt32;
    const number = new DataView(new ArrayBuffer(whole ? 4 : 8));
    if (whole) number.setInt32(0, value, true);
    else number.setFloat64(0, value, true);
    parts.push(Uint8Array.of(whole ? 0x10 : 0x01), text.encode(`${name}\0`), new Uint8Array(number.buffer));
  }
  const body = joined([...parts, Uint8Array.of(0)]);
  const size = new DataView(new ArrayBuffer(4));
  size.setInt32(0, body.length + 4, true);
  return joined([new Uint8Array(size.buffer), body]);
}

function ulogHead(upMs: number): Uint8Array {
  const head = new Uint8Array(16);
  head.set([0x55, 0x4c, 0x6f, 0x67, 0x01, 0x12, 0x35, 0x01]);
  new DataView(head.buffer).setBigUint64(8, micros(upMs), true);
  return head;
}

function record(kind: string, body: Uint8Array): Uint8Array {
  return joined([Uint8Array.of(body.length & 0xff, body.length >> 8, kind.charCodeAt(0)), body]);
}

function keyed(kind: string, key: string, value: Uint8Array): Uint8Array {
  return record(kind, joined([Uint8Array.of(key.length), text.encode(key), value]));
}

function cell(type: number, value: number): Uint8Array {
  const number = new DataView(new ArrayBuffer(4));
  if (type === paramInt32) number.setInt32(0, value, true);
  else number.setFloat32(0, value, true);
  return new Uint8Array(number.buffer);
}

const micros = (ms: number): bigint => BigInt(Math.max(0, Math.round(ms * 1000)));

function joined(parts: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}
