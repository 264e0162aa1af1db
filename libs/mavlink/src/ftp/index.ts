export { type FtpPacket, ftpCrc, ftpDataBytes, ftpPayload, ftpPayloadBytes, readFtpPacket } from "./packet.js";
