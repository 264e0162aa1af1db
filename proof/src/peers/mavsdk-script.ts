/**
 * What MAVSDK does as a ground station of its own: connects, waits until the aircraft is ready, arms, takes off, flies a
 * mission of two points, lands. Says each step on a line of its own and ends with `done`; the first argument is the address.
 * Written for the package `mavsdk` 4 (the library itself, called from Python).
 */
export const mavsdkScript = `
import asyncio, sys
from mavsdk.asyncio import Mavsdk, Configuration, ComponentType
from mavsdk.asyncio.plugins.action import ActionAsync
from mavsdk.asyncio.plugins.mission import MissionAsync
from mavsdk.asyncio.plugins.telemetry import TelemetryAsync
from mavsdk.plugins.mission.mission import MissionItem, MissionPlan

def say(text):
    print(text, flush=True)

async def until(what, read, wanted, limit_s):
    for _ in range(int(limit_s * 5)):
        if wanted(await read()):
            say(what)
            return
        await asyncio.sleep(0.2)
    raise SystemExit("not within %d s: %s" % (limit_s, what))

async def upload(mission, plan):
    # MAVSDK waits half a second for each step: on a busy machine that is not always enough.
    for left in (2, 1, 0):
        try:
            return await mission.upload_mission(plan)
        except Exception as error:
            if left == 0 or "TIMEOUT" not in str(error):
                raise

async def main():
    mavsdk = Mavsdk(Configuration.create_with_component_type(ComponentType.GROUND_STATION))
    await mavsdk.add_any_connection(sys.argv[1])
    system = await mavsdk.first_autopilot(30.0)
    if system is None:
        raise SystemExit("no autopilot was found")
    say("connected %d" % await system.get_system_id())
    action, mission, telemetry = ActionAsync(system), MissionAsync(system), TelemetryAsync(system)
    await until("healthy", telemetry.health_all_ok, bool, 60)
    await until("ready", telemetry.health, lambda health: health.is_armable, 60)
    at = await telemetry.position()
    await action.arm()
    await until("armed", telemetry.armed, bool, 10)
    await action.takeoff()
    await until("in air", telemetry.in_air, bool, 30)
    await asyncio.sleep(4)
    def item(north_m):
        return MissionItem(latitude_deg=at.latitude_deg + north_m / 111320, longitude_deg=at.longitude_deg,
            relative_altitude_m=30, speed_m_s=10, is_fly_through=True)
    await upload(mission, MissionPlan([item(30), item(60)]))
    say("uploaded")
    await mission.start_mission()
    say("started")
    await until("finished", mission.is_mission_finished, bool, 120)
    far = await telemetry.position()
    say("flew %d m north" % round((far.latitude_deg - at.latitude_deg) * 111320))
    await action.land()
    await until("landed", telemetry.in_air, lambda air: not air, 120)
    await until("disarmed", telemetry.armed, lambda armed: not armed, 30)
    say("done")

asyncio.run(main())
`;
