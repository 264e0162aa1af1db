import { type ComponentType, type ReactNode, useEffect, useMemo, useState } from "react";
import { DESKS, type DeskEntry, type DeskId, type DeskProps } from "../desks/index.js";
import {
  askTicket,
  browserPorts,
  callStation,
  LiveClient,
  LiveContext,
  loadCity,
  problemText,
  readSession,
  type StationSession,
} from "../live/index.js";
import { Notice } from "../parts/index.js";
import type { CityModel } from "../world/index.js";
import { DeskMenu } from "./DeskMenu.js";
import { Login } from "./Login.js";
import { useTheme } from "./useTheme.js";

/** The whole page: who is here, which desk, one live wire. */
export function Shell(): ReactNode {
  const alone = DESKS.find((d) => d.path !== undefined && location.pathname.startsWith(d.path));
  return alone === undefined ? <Staffed /> : <Standalone entry={alone} />;
}

function Standalone({ entry }: { readonly entry: DeskEntry }): ReactNode {
  const [theme, onTheme] = useTheme(entry.id, entry.theme);
  return (
    <DeskHost
      entry={entry}
      desk={{ session: undefined, city: undefined, cityProblem: "", theme, units: "imperial", onTheme, menu: null }}
    />
  );
}

function Staffed(): ReactNode {
  const [station, setStation] = useState<StationSession | "waiting" | "gone">("waiting");
  const refresh = (): void => {
    void readSession().then((s) => setStation(s ?? "gone"));
  };
  useEffect(refresh, []);
  useTheme("login", "night");
  if (station === "waiting") return <Notice title="Looking who is signed in" text="Usual: under 1 s." />;
  if (station === "gone") {
    const again = (
      <button type="button" className="btn" onClick={refresh}>
        Ask again
      </button>
    );
    return (
      <Notice
        title="The server does not answer"
        text="Aircraft in the air follow their own failsafe."
        tone="caution"
        action={again}
      />
    );
  }
  if (station.session === undefined)
    return <Login site={station.site} demo={station.demo} sim={station.sim} onIn={refresh} />;
  return <Desks station={station} onOut={refresh} />;
}

function Desks({ station, onOut }: { readonly station: StationSession; readonly onOut: () => void }): ReactNode {
  const roles = station.session?.roles ?? [];
  const mine = DESKS.filter((d) => d.path === undefined && d.roles.some((r) => roles.includes(r)));
  const [id, open] = useDeskPath(mine);
  const entry = mine.find((d) => d.id === id) ?? mine[0];
  const live = useMemo(() => new LiveClient(browserPorts(askTicket)), []);
  useEffect(() => {
    live.start();
    return () => live.stop();
  }, [live]);
  const [city, cityProblem] = useCity();
  const [problem, setProblem] = useState("");
  const [theme, onTheme] = useTheme(entry?.id ?? "none", entry?.theme ?? "night");
  const leave = (): void => {
    void callStation("logout", {}, {}).then((answer) =>
      answer.kind === "ok" ? onOut() : setProblem(problemText(answer.problem)),
    );
  };
  if (entry === undefined)
    return (
      <Notice
        title="No desk for you here"
        text="Your roles open no desk in this build."
        action={
          <button type="button" className="btn" onClick={leave}>
            Sign out
          </button>
        }
      />
    );
  const menu = (
    <DeskMenu desks={mine} current={entry.id} problem={problem} onOpen={open} onTheme={onTheme} onLeave={leave} />
  );
  return (
    <LiveContext.Provider value={live}>
      <DeskHost
        key={entry.id}
        entry={entry}
        desk={{ session: station.session, city, cityProblem, theme, units: "imperial", onTheme, menu }}
      />
    </LiveContext.Provider>
  );
}

/** The desk's name is the page's path, so that a desk can be bookmarked and a second window opened on another. */
function useDeskPath(desks: readonly DeskEntry[]): readonly [DeskId | undefined, (id: DeskId) => void] {
  const read = (): DeskId | undefined => desks.find((d) => location.pathname === `/${d.id}`)?.id;
  const [id, setId] = useState<DeskId | undefined>(read);
  useEffect(() => {
    const back = (): void => setId(read());
    window.addEventListener("popstate", back);
    return () => window.removeEventListener("popstate", back);
  });
  return [
    id,
    (next) => {
      history.pushState(undefined, "", `/${next}`);
      setId(next);
    },
  ];
}

function useCity(): readonly [CityModel | undefined, string] {
  const [city, setCity] = useState<CityModel>();
  const [problem, setProblem] = useState("");
  useEffect(() => {
    void loadCity().then((load) => {
      if (load.kind === "city") setCity(load.city);
      else setProblem(load.why);
    });
  }, []);
  return [city, problem];
}

function DeskHost({ entry, desk }: { readonly entry: DeskEntry; readonly desk: DeskProps }): ReactNode {
  const [Desk, setDesk] = useState<ComponentType<DeskProps>>();
  const [problem, setProblem] = useState("");
  useEffect(() => {
    document.title = entry.title;
    entry.load().then(
      (loaded) => setDesk(() => loaded),
      (error: unknown) => setProblem(String(error)),
    );
  }, [entry]);
  if (problem !== "") return <Notice title="This desk did not load" text={problem} tone="caution" />;
  return Desk === undefined ? <Notice title={`Opening ${entry.title}`} text="Usual: under 2 s." /> : <Desk {...desk} />;
}
