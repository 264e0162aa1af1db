import type { ActBody } from "@outrider/contract";
import { type FormEvent, type ReactNode, useState } from "react";
import { callStation, problemText } from "../live/index.js";
import { Logo, SimWord } from "../parts/index.js";

export interface LoginProps {
  readonly site: string;
  readonly demo: boolean;
  readonly sim: boolean;
  readonly onIn: () => void;
}

const DEMO = [
  ["all", "All four at one seat", "opens the pilot's desk; the other three are in its menu"],
  ["pic", "Pilot", "decides on launches and flies, once the watch is started there"],
  ["rtcc", "Crime center", "watches, compares plates, tells officers, asks the pilot; flies nothing"],
  ["trainer", "Trainer", "starts runs of the simulated city and makes things happen in it"],
  ["supervisor", "Supervisor", "reads and reviews every decision; commands nothing"],
] as const;

export function Login({ site, demo, sim, onIn }: LoginProps): ReactNode {
  const [problem, setProblem] = useState("");
  const [busy, setBusy] = useState(false);
  const enter = (body: ActBody<"login">): void => {
    setBusy(true);
    void callStation("login", {}, body).then((answer) => {
      setBusy(false);
      if (answer.kind === "ok") onIn();
      else setProblem(problemText(answer.problem));
    });
  };
  return (
    <main className="login">
      <div className="login-card">
        <h1>
          <Logo size={28} /> Outrider
        </h1>
        {sim && <SimWord />}
        <p>{sim ? `${site}. A simulated city: nothing real flies from here.` : site}</p>
        {demo && <Seats busy={busy} onEnter={enter} />}
        <ByName title={demo ? "Or sign in by name" : "Sign in"} busy={busy} onEnter={enter} />
        {problem !== "" && (
          <p className="amber" role="alert">
            {problem}
          </p>
        )}
      </div>
    </main>
  );
}

interface EnterProps {
  readonly busy: boolean;
  readonly onEnter: (body: ActBody<"login">) => void;
}

function Seats({ busy, onEnter }: EnterProps): ReactNode {
  return (
    <section aria-label="Demo seats">
      <h2>Take a seat</h2>
      <p>No password. Nobody is on watch by signing in: a pilot starts the watch, and until then nothing can launch.</p>
      <ul className="seats">
        {DEMO.map(([role, title, text]) => (
          <li key={role}>
            <button
              type="button"
              className={role === "all" ? "btn mine" : "btn"}
              disabled={busy}
              aria-labelledby={`seat-${role}`}
              aria-describedby={`seat-${role}-does`}
              onClick={() => onEnter({ demoRole: role })}
            >
              <b id={`seat-${role}`}>{title}</b> <span id={`seat-${role}-does`}>{text}</span>
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}

function ByName({ title, busy, onEnter }: EnterProps & { readonly title: string }): ReactNode {
  const [name, setName] = useState("");
  const [password, setPassword] = useState("");
  const submit = (e: FormEvent): void => {
    e.preventDefault();
    onEnter({ name, password });
  };
  return (
    <form onSubmit={submit}>
      <h2>{title}</h2>
      <label>
        Name
        <input
          className="field"
          autoComplete="username"
          required
          value={name}
          onChange={(e) => setName(e.target.value)}
        />
      </label>
      <label>
        Password
        <input
          className="field"
          type="password"
          autoComplete="current-password"
          required
          value={password}
          onChange={(e) => setPassword(e.target.value)}
        />
      </label>
      <button type="submit" className="btn" disabled={busy}>
        Sign in
      </button>
    </form>
  );
}
