import type { ActBody } from "@outrider/contract";
import { type ReactNode, useState } from "react";
import { callStation, problemText } from "../live/index.js";
import { Logo } from "../parts/index.js";

export interface LoginProps {
  readonly site: string;
  readonly demo: boolean;
  readonly sim: boolean;
  readonly onIn: () => void;
}

const DEMO = [
  ["all", "All four at one seat", "switch desks, not products"],
  ["pic", "Pilot", "decides and flies"],
  ["rtcc", "Crime center", "sees, compares, tells"],
  ["trainer", "Trainer", "runs the simulated city"],
  ["supervisor", "Supervisor", "every decision with its reason"],
] as const;

export function Login({ site, demo, sim, onIn }: LoginProps): ReactNode {
  const [problem, setProblem] = useState("");
  const [name, setName] = useState("");
  const [password, setPassword] = useState("");
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
        <p>{sim ? `${site}. A simulated city: nothing here flies.` : site}</p>
        {demo && (
          <section aria-label="Demo seats">
            <h2>Take a seat</h2>
            <ul className="seats">
              {DEMO.map(([role, title, text]) => (
                <li key={role}>
                  <button
                    type="button"
                    className={role === "all" ? "btn mine" : "btn"}
                    disabled={busy}
                    onClick={() => enter({ demoRole: role })}
                  >
                    {title} <span>{text}</span>
                  </button>
                </li>
              ))}
            </ul>
          </section>
        )}
        <form
          onSubmit={(e) => {
            e.preventDefault();
            enter({ name, password });
          }}
        >
          <h2>{demo ? "Or sign in by name" : "Sign in"}</h2>
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
        {problem !== "" && (
          <p className="amber" role="alert">
            {problem}
          </p>
        )}
      </div>
    </main>
  );
}
