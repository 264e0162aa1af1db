import { type MavMessage, type MessageOf, message } from "@outrider/mavlink";

/** ASTM F3411-22a: every encoded message has this many bytes, and a pack holds one to nine of them. */
const messageBytes = 25;
const mostMessages = 9;

/** High four bits of the first byte of an encoded message. */
const kinds = { basicId: 0, location: 1, system: 4, pack: 15 } as const;

/** What an encoding means by "not known", in the numbers of the single messages. */
const unknownTimestamp = { encoded: 0xffff, s: 0xffff } as const;

/**
 * The messages of OPEN_DRONE_ID_MESSAGE_PACK in which its drone says who and where it is and where its operator is, as
 * if each had come by itself: the place last, so that it is told with its id. Authentication, self ID and operator ID
 * are passed over. Undefined for a pack that no sender makes (wrong count or size, a pack inside a pack, two places, two
 * ids of one kind that differ): which half of it is true cannot be known. ASTM F3411-22a, message pack.
 */
export function unpack(pack: MessageOf<"OPEN_DRONE_ID_MESSAGE_PACK">): MavMessage[] | undefined {
  const { singleMessageSize, msgPackSize: count, messages, idOrMac } = pack;
  if (singleMessageSize !== messageBytes || count < 1 || count > mostMessages) return undefined;
  const ids: MessageOf<"OPEN_DRONE_ID_BASIC_ID">[] = [];
  const systems: MavMessage[] = [];
  const places: MavMessage[] = [];
  for (let n = 0; n < count; n++) {
    const bytes = messages.subarray(n * messageBytes, (n + 1) * messageBytes);
    if (bytes.length < messageBytes) return undefined;
    const view = new DataView(bytes.buffer, bytes.byteOffset, messageBytes);
    switch (view.getUint8(0) >> 4) {
      case kinds.basicId:
        ids.push(basicIdFrom(view, idOrMac));
        break;
      case kinds.location:
        places.push(locationFrom(view, idOrMac));
        break;
      case kinds.system:
        systems.push(systemFrom(view, idOrMac));
        break;
      case kinds.pack:
        return undefined;
      default:
        break;
    }
  }
  if (places.length > 1 || systems.length > 1 || contradict(ids)) return undefined;
  return [...ids, ...systems, ...places];
}

function contradict(ids: readonly MessageOf<"OPEN_DRONE_ID_BASIC_ID">[]): boolean {
  return ids.some((one, n) =>
    ids
      .slice(n + 1)
      .some((other) => other.idType === one.idType && other.uasId.some((byte, at) => byte !== one.uasId[at])),
  );
}

function basicIdFrom(view: DataView, idOrMac: Uint8Array): MessageOf<"OPEN_DRONE_ID_BASIC_ID"> {
  const types = view.getUint8(1);
  const uasId = new Uint8Array(view.buffer, view.byteOffset + 2, 20).slice();
  return message("OPEN_DRONE_ID_BASIC_ID", { idOrMac, idType: types >> 4, uaType: types & 15, uasId });
}

function locationFrom(view: DataView, idOrMac: Uint8Array): MavMessage {
  const flags = view.getUint8(1);
  const fast = (flags & 1) !== 0;
  const west = (flags & 2) !== 0;
  const speed = view.getUint8(3);
  const timestamp = view.getUint16(21, true);
  return message("OPEN_DRONE_ID_LOCATION", {
    idOrMac,
    status: flags >> 4,
    heightReference: (flags >> 2) & 1,
    direction: (view.getUint8(2) + (west ? 180 : 0)) * 100,
    // Quarters of a metre per second, beyond 63.75 three quarters.
    speedHorizontal: fast ? speed * 75 + 6_375 : speed * 25,
    speedVertical: view.getInt8(4) * 50,
    latitude: view.getInt32(5, true),
    longitude: view.getInt32(9, true),
    altitudeBarometric: altitudeAt(view, 13),
    altitudeGeodetic: altitudeAt(view, 15),
    height: altitudeAt(view, 17),
    horizontalAccuracy: view.getUint8(19) & 15,
    verticalAccuracy: view.getUint8(19) >> 4,
    speedAccuracy: view.getUint8(20) & 15,
    barometerAccuracy: view.getUint8(20) >> 4,
    timestamp: timestamp === unknownTimestamp.encoded ? unknownTimestamp.s : timestamp / 10,
    timestampAccuracy: view.getUint8(23) & 15,
  });
}

function systemFrom(view: DataView, idOrMac: Uint8Array): MavMessage {
  const types = view.getUint8(1);
  return message("OPEN_DRONE_ID_SYSTEM", {
    idOrMac,
    operatorLocationType: types & 3,
    classificationType: (types >> 2) & 7,
    operatorLatitude: view.getInt32(2, true),
    operatorLongitude: view.getInt32(6, true),
    areaCount: view.getUint16(10, true),
    areaRadius: view.getUint8(12) * 10,
    areaCeiling: altitudeAt(view, 13),
    areaFloor: altitudeAt(view, 15),
    classEu: view.getUint8(17) & 15,
    categoryEu: view.getUint8(17) >> 4,
    operatorAltitudeGeo: altitudeAt(view, 18),
    timestamp: view.getUint32(20, true),
  });
}

/** Half metres above 1000 m below the datum; 0 says that it is not known, which is −1000 m in the single messages too. */
const altitudeAt = (view: DataView, at: number): number => view.getUint16(at, true) / 2 - 1_000;
