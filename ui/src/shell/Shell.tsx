import type { SessionView } from "@outrider/contract";
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
import { type DeskPath, deskAt } from "./deskPath.js";
import { Login } from "./Login.js";
import { StopPage } from "./StopPage.js";
import { useTheme } from "./useTheme.js";
import { useUnits } from "./useUnits.js";

/** The whole page: who is here, which desk, one live wire. */
export function Shell(): ReactNode {
  const alone = DESKS.find((d) => d.path !== undefined && location.pathname.startsWith(d.path));
  return alone === undefined ? <Staffed /> : <Standalone entry={alone} />;
}

function Standalone({ entry }: { readonly entry: DeskEntry }): ReactNode {
  const { theme, next } = useTheme(entry.id, entry.theme);
  return (
    <DeskHost
      entry={entry}
      desk={{
        session: undefined,
        city: undefined,
        cityProblem: "",
        theme,
        units: "imperial",
        onTheme: next,
        menu: null,
      }}
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
  if (station === "waiting")
    return <StopPage title="Outrider" text="Looking who is signed in. Usual: under 1 s." ways={[]} />;
  if (station === "gone")
    return (
      <StopPage
        title="The server does not answer"
        text="Aircraft in the air follow their own failsafe. Nothing can be ordered from here until the server is back."
        ways={[{ text: "Ask again", go: refresh }]}
      />
    );
  if (station.session === undefined)
    return <Login site={station.site} demo={station.demo} sim={station.sim} onIn={refresh} />;
  return <Desks session={station.session} onOut={refresh} />;
}

function Desks({ session, onOut }: { readonly session: SessionView; readonly onOut: () => void }): ReactNode {
  const staffed = DESKS.filter((d) => d.path === undefined);
  const mine = staffed.filter((d) => d.roles.some((r) => session.roles.includes(r)));
  const [path, open] = usePath();
  const at = deskAt(path, mine, staffed);
  const entry = at.kind === "desk" ? mine.find((d) => d.id === at.id) : undefined;
  const live = useMemo(() => new LiveClient(browserPorts(askTicket)), []);
  useEffect(() => {
    live.start();
    return () => live.stop();
  }, [live]);
  const [city, cityProblem] = useCity();
  const [problem, setProblem] = useState("");
  const { theme, next, choose } = useTheme(entry?.id ?? "none", entry?.theme ?? "night");
  const [units, setUnits] = useUnits(session.personId);
  const leave = (): void => {
    void callStation("logout", {}, {}).then((answer) =>
      answer.kind === "ok" ? onOut() : setProblem(problemText(answer.problem)),
    );
  };
  if (entry === undefined) return <NoDesk at={at} mine={mine} onOpen={open} onLeave={leave} problem={problem} />;
  const menu = (
    <DeskMenu
      desks={mine}
      current={entry.id}
      problem={problem}
      theme={theme}
      units={units}
      onOpen={open}
      onTheme={choose}
      onUnits={setUnits}
      onLeave={leave}
    />
  );
  return (
    <LiveContext.Provider value={live}>
      <DeskHost key={entry.id} entry={entry} desk={{ session, city, cityProblem, theme, units, onTheme: next, menu }} />
    </LiveContext.Provider>
  );
}

function NoDesk(p: {
  readonly at: DeskPath;
  readonly mine: readonly DeskEntry[];
  readonly problem: string;
  readonly onOpen: (id: DeskId) => void;
  readonly onLeave: () => void;
}): ReactNode {
  const { at, mine } = p;
  const text =
    mine.length === 0
      ? "Your roles open no desk here. Whoever keeps the station's list of people can change that."
      : at.kind === "notYours"
        ? `${at.title} is not a desk of your roles. Sign out to take another seat, or go on at one of yours.`
        : "There is no desk at this address.";
  return (
    <StopPage
      title={at.kind === "notYours" ? "Not your desk" : mine.length === 0 ? "No desk for you" : "Nothing here"}
      text={p.problem === "" ? text : `${text} ${p.problem}`}
      ways={[...mine.map((d) => ({ text: d.title, go: () => p.onOpen(d.id) })), { text: "Sign out", go: p.onLeave }]}
    />
  );
}

/** The desk's name is the page's path, so that a desk can be bookmarked and a second window opened on another. */
function usePath(): readonly [string, (id: DeskId) => void] {
  const [path, setPath] = useState(location.pathname);
  useEffect(() => {
    const back = (): void => setPath(location.pathname);
    window.addEventListener("popstate", back);
    return () => window.removeEventListener("popstate", back);
  }, []);
  return [
    path,
    (next) => {
      history.pushState(undefined, "", `/${next}`);
      setPath(`/${next}`);
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
