import { createContext, useCallback, useContext, useEffect, useRef, useState, useSyncExternalStore } from "react";
import type { LinkLook, LiveClient, RoomState, ViewOf } from "./liveClient.js";

export const LiveContext = createContext<LiveClient | undefined>(undefined);

export function useLive(): LiveClient {
  const live = useContext(LiveContext);
  if (live === undefined) throw new Error("A desk must stand inside <LiveContext.Provider>.");
  return live;
}

/** Joins a room while mounted; undefined until its snapshot has come. */
export function useRoom<R extends string>(name: R): ViewOf<R> | undefined {
  // The room's name decides its view's type; the wire carries them paired.
  return useRoomState(name)?.view as ViewOf<R> | undefined;
}

/** The same with sequence and newest facts, for timelines. An empty name joins nothing. */
export function useRoomState(name: string): RoomState | undefined {
  const live = useLive();
  useEffect(() => (name === "" ? undefined : live.want(name)), [live, name]);
  return useSyncExternalStore(
    (listener) => live.onChange(listener),
    () => live.room(name),
  );
}

export function useLink(): LinkLook {
  const live = useLive();
  return useSyncExternalStore(
    (listener) => live.onChange(listener),
    () => live.link,
  );
}

/** The station's run time in ms, renewed `hz` times a second; undefined before the first contact. */
export function useStationNow(hz: number): number | undefined {
  const live = useLive();
  const [now, setNow] = useState(() => live.nowMs());
  useEffect(() => {
    const id = setInterval(() => setNow(live.nowMs()), 1000 / hz);
    return () => clearInterval(id);
  }, [live, hz]);
  return now;
}

/** Renders again `hz` times a second, for ages read from the sample store. */
export function useTick(hz: number): number {
  const [n, setN] = useState(0);
  useEffect(() => {
    const id = setInterval(() => setN((v) => v + 1), 1000 / hz);
    return () => clearInterval(id);
  }, [hz]);
  return n;
}

/** Looks ten times a second, and whenever there is news, at a word that says how things stand; renders when it turns. */
export function useTurns<T extends string>(read: () => T, onNews: (listener: () => void) => () => void): T {
  const subscribe = useCallback(
    (listener: () => void) => {
      const id = setInterval(listener, 100);
      const forget = onNews(listener);
      return () => {
        clearInterval(id);
        forget();
      };
    },
    [onNews],
  );
  return useSyncExternalStore(subscribe, read);
}

/** Runs something while `on`, `hz` times a second; used for sticks held by hand. */
export function useRepeat(on: boolean, hz: number, run: () => void): void {
  const latest = useRef(run);
  latest.current = run;
  useEffect(() => {
    if (!on) return;
    const id = setInterval(() => latest.current(), 1000 / hz);
    return () => clearInterval(id);
  }, [on, hz]);
}

/** Tells the station that a person is at this page. */
export function usePresence(): void {
  const live = useLive();
  useEffect(() => {
    const here = (): void => live.present();
    const names = ["pointerdown", "pointermove", "keydown", "touchstart", "wheel"] as const;
    for (const name of names) window.addEventListener(name, here, { passive: true });
    return () => {
      for (const name of names) window.removeEventListener(name, here);
    };
  }, [live]);
}
