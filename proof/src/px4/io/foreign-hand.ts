import { createSocket } from "node:dgram";
import { encodeFrame, MavCmd, message } from "@outrider/mavlink";

/** Another station that takes the gimbal of PX4's instance 0, on PX4's onboard port: no heartbeat, one command. */
export async function takeGimbalAway(sysid: number): Promise<void> {
  const take = message("COMMAND_LONG", {
    targetSystem: 1,
    targetComponent: 1,
    command: MavCmd.DO_GIMBAL_MANAGER_CONFIGURE,
    param1: sysid,
    param2: 190,
    param3: -1,
    param4: -1,
  });
  const socket = createSocket("udp4");
  const bytes = encodeFrame(take, { sysid, compid: 190, seq: 0 });
  await new Promise<void>((done, failed) =>
    socket.send(bytes, 14_580, "127.0.0.1", (error) => (error === null ? done() : failed(error))),
  );
  socket.close();
}
