/** What ties a stream's RTP times to a clock. `tMs` is Unix ms of the sender's clock (run time where sim sends). */
export type SenderReport = { readonly ssrc: number; readonly tMs: number; readonly rtpTime: number };

const ntpEpochS = 2_208_988_800;
/** NTP era 1 begins in February 2036: seconds below this belong to it. */
const eraPivotS = 0x8000_0000;

/** Sender reports of a compound RTCP datagram (RFC 3550, 6.4.1). Malformed tails are left out. */
export function parseSenderReports(bytes: Uint8Array): SenderReport[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const reports: SenderReport[] = [];
  for (let at = 0; at + 8 <= bytes.byteLength; ) {
    const length = (view.getUint16(at + 2, false) + 1) * 4;
    if (view.getUint8(at) >> 6 !== 2 || at + length > bytes.byteLength) break;
    if (view.getUint8(at + 1) === 200 && length >= 28) {
      const ntpS = view.getUint32(at + 8, false);
      const seconds = (ntpS < eraPivotS ? ntpS + 2 ** 32 : ntpS) - ntpEpochS;
      reports.push({
        ssrc: view.getUint32(at + 4, false),
        tMs: seconds * 1000 + (view.getUint32(at + 12, false) / 2 ** 32) * 1000,
        rtpTime: view.getUint32(at + 16, false),
      });
    }
    at += length;
  }
  return reports;
}

/** Moment of capture of an RTP time, exact to 1/90 ms for 6 hours around the report. */
export const captureMs = (report: SenderReport, rtpTime: number): number =>
  report.tMs + ((rtpTime - report.rtpTime) | 0) / 90;
