/**
 * What a script of pymavlink does with a vehicle as a ground station of its own: reads a parameter, arms, takes off, goes
 * 40 m north, lands there, and waits until it has disarmed. Says each step on a line and ends with `done`; the
 * first argument is the address. A dangerous command is sent once; an answer is not believed before telemetry shows it.
 */
export const pymavlinkFlightScript = `
import os, struct, sys, time
os.environ["MAVLINK20"] = "1"
from pymavlink import mavutil
link = mavutil.mavlink_connection(sys.argv[1], source_system=245, dialect="common")
m = mavutil.mavlink

def say(text):
    print(text, flush=True)

beat = [0.0]
def recv(kinds, limit_s, wanted):
    end = time.time() + limit_s
    while time.time() < end:
        if time.time() - beat[0] > 1:
            beat[0] = time.time()
            if target: link.mav.heartbeat_send(m.MAV_TYPE_GCS, m.MAV_AUTOPILOT_INVALID, 0, 0, 0)
        got = link.recv_match(blocking=True, timeout=0.2)
        if got is None or got.get_type() not in kinds: continue
        if target and (got.get_srcSystem(), got.get_srcComponent()) != (target, 1): continue
        if wanted(got): return got
    raise SystemExit("not within %d s: %s" % (limit_s, kinds))

def command(number, params, what):
    link.mav.command_long_send(target, 1, number, 0, *params)
    ack = recv(["COMMAND_ACK"], 5, lambda a: a.command == number)
    if ack.result != 0: raise SystemExit("%s was refused: %d" % (what, ack.result))

target = 0
first = recv(["HEARTBEAT"], 60, lambda h: h.autopilot == m.MAV_AUTOPILOT_PX4 and h.get_srcComponent() == 1)
target = first.get_srcSystem()
say("connected %d" % target)
link.mav.param_request_read_send(target, 1, b"COM_DL_LOSS_T", -1)
value = recv(["PARAM_VALUE"], 5, lambda p: p.param_id == "COM_DL_LOSS_T")
bits = struct.unpack("<i", struct.pack("<f", value.param_value))[0]
if value.param_type != m.MAV_PARAM_TYPE_INT32 or not 1 <= bits <= 300: raise SystemExit("COM_DL_LOSS_T %s" % value)
say("parameter %d" % bits)
recv(["GPS_RAW_INT"], 30, lambda g: g.fix_type >= 3)
ready = m.MAV_SYS_STATUS_PREARM_CHECK
recv(["SYS_STATUS"], 60, lambda s: s.onboard_control_sensors_health & ready)
start = recv(["GLOBAL_POSITION_INT"], 30, lambda p: p.lat != 0)
command(m.MAV_CMD_COMPONENT_ARM_DISARM, [1, 0, 0, 0, 0, 0, 0], "arm")
recv(["HEARTBEAT"], 10, lambda h: h.base_mode & m.MAV_MODE_FLAG_SAFETY_ARMED)
say("armed")
nan = float("nan")
command(m.MAV_CMD_NAV_TAKEOFF, [nan, 0, 0, nan, nan, nan, start.alt / 1000 + 12], "takeoff")
recv(["GLOBAL_POSITION_INT"], 60, lambda p: p.alt - start.alt > 10000)
say("in air")
link.mav.command_int_send(target, 1, m.MAV_FRAME_GLOBAL, m.MAV_CMD_DO_REPOSITION, 0, 0, -1, 1, 0, nan,
    start.lat + round(40 / 111320 * 1e7), start.lon, start.alt / 1000 + 20)
recv(["COMMAND_ACK"], 5, lambda a: a.command == m.MAV_CMD_DO_REPOSITION and a.result == 0)
recv(["GLOBAL_POSITION_INT"], 60, lambda p: (p.lat - start.lat) / 1e7 * 111320 > 37 and p.alt - start.alt > 17000)
say("north")
command(m.MAV_CMD_NAV_LAND, [0, 0, 0, nan, nan, nan, nan], "land")
recv(["EXTENDED_SYS_STATE"], 120, lambda e: e.landed_state == m.MAV_LANDED_STATE_ON_GROUND)
say("landed")
recv(["HEARTBEAT"], 30, lambda h: not h.base_mode & m.MAV_MODE_FLAG_SAFETY_ARMED)
end = recv(["GLOBAL_POSITION_INT"], 5, lambda p: True)
say("landed %.0f m north" % ((end.lat - start.lat) / 1e7 * 111320))
say("done")
`;
