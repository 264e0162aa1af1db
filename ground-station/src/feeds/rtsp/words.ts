import type { RtspFault } from "./rtsp-session.js";

const dialWords: Readonly<Record<string, string>> = {
  ECONNREFUSED: "nothing listens at its address",
  EHOSTUNREACH: "there is no way to its address",
  ENETUNREACH: "there is no way to its network",
  ETIMEDOUT: "its address does not answer",
  ENOTFOUND: "its name is not known",
  EAI_AGAIN: "its name cannot be looked up now",
  ECONNRESET: "it cut the connection",
  EPIPE: "it cut the connection",
};

/** What the system said of a connection, for a person: `wasOpen` where the camera had answered before. */
export function dialProblem(problem: string, wasOpen: boolean): RtspFault {
  const words = dialWords[problem] ?? (problem === "" ? "it closed the connection" : `connection failed (${problem})`);
  return { cause: "unreachable", text: `The camera is ${wasOpen ? "gone" : "out of reach"}: ${words}.` };
}

/** An RTSP status other than 200 and 401 (RFC 2326, 11). */
export function refusalOf(status: number, reason: string): RtspFault {
  const told = reason === "" ? "" : `, ${reason.replace(/[^\x20-\x7e]/g, "").slice(0, 60)}`;
  const refused = (text: string): RtspFault => ({ cause: "refused", text });
  switch (status) {
    case 301:
    case 302:
    case 305:
      // Followed blindly, a camera could send the station to any machine of the network.
      return refused(`The camera sends us to another address (${status}): set that address as its stream.`);
    case 403:
      return { cause: "unauthorised", text: "The camera does not let this name see the picture (403)." };
    case 404:
    case 454:
      return refused(`The camera has no picture at this path (${status}): check the stream's address.`);
    case 453:
    case 503:
      return refused(`The camera has no room for another viewer (${status}).`);
    case 461:
      return refused("The camera does not send its picture over TCP (461).");
    default:
      return refused(`The camera refuses (${status}${told}).`);
  }
}
