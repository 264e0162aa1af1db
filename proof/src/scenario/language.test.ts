import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { anyInject, factMark, simFault } from "@outrider/contract";
import { parseScenario, scenarioSchema } from "@outrider/sim";
import { describe, expect, it } from "vitest";

const page = readFileSync(fileURLToPath(new URL("../../../docs/simulator.md", import.meta.url)), "utf8");

type Row = { readonly name: string; readonly line: string; readonly whole: string };

/** Rows of the table under a heading: a name, a line of YAML, and what it is. */
function rowsUnder(heading: string): readonly Row[] {
  const section = page.split(`\n### ${heading}\n`)[1]?.split(/\n##/)[0] ?? "";
  return [...section.matchAll(/^\| `([^`]+)` \| `([^`]+)` \|.*$/gm)].map(([whole, name = "", line = ""]) => ({
    name,
    line,
    whole,
  }));
}

const rest: Readonly<Record<string, string>> = {
  id: "id: x",
  title: "title: x",
  text: "text: x",
  minutes: "minutes: 1",
  vehicles: "vehicles: 0",
  wind: "wind: { windMps: 1, fromDeg: 0, gustMps: 2 }",
  comesByItself: "comesByItself: false",
  events: "events: []",
  expect: "expect: []",
};
const fileWith = (member: string, line: string): string =>
  Object.entries({ ...rest, [member]: line })
    .map(([, one]) => one)
    .join("\n");

const event = scenarioSchema.shape.events.element;
const happenings = event.shape.event.options;
const traineeLine = scenarioSchema.shape.trainee.unwrap().element;
type Kind = { readonly name: string; readonly members: readonly string[] };
const kindsOf = (
  options: readonly { readonly shape: { readonly kind: { readonly value: string } } }[],
): readonly Kind[] =>
  options.map(({ shape }) => ({ name: shape.kind.value, members: Object.keys(shape).filter((one) => one !== "kind") }));
const deeds: readonly Kind[] = traineeLine.shape.act.options.flatMap(({ shape }) =>
  ("values" in shape.do ? [...shape.do.values] : shape.do.options).map((name) => ({
    name,
    members: Object.keys(shape).filter((one) => one !== "do"),
  })),
);
const membersOf = (shape: Readonly<Record<string, unknown>>): readonly Kind[] =>
  Object.keys(shape).map((name) => ({ name, members: [] }));

type Section = {
  readonly heading: string;
  readonly language: readonly Kind[];
  readonly file: (row: Row) => string;
};
const inEvent = (line: string): string => fileWith("events", `events: [{ atS: 1, event: ${line} }]`);
const sections: readonly Section[] = [
  { heading: "The file", language: membersOf(scenarioSchema.shape), file: ({ name, line }) => fileWith(name, line) },
  {
    heading: "Triggers",
    language: membersOf({ ...event.shape, ...factMark.shape }).filter(
      ({ name }) => name !== "event" && name !== "fact",
    ),
    file: ({ line }) => fileWith("events", `events: [${line}]`),
  },
  { heading: "Events", language: kindsOf(happenings), file: ({ line }) => inEvent(line) },
  {
    heading: "Injects in a scenario",
    language: kindsOf(anyInject.options),
    file: ({ line }) => inEvent(`{ kind: inject, inject: ${line} }`),
  },
  {
    heading: "Faults",
    language: kindsOf(simFault.options),
    file: ({ line }) => inEvent(`{ kind: inject, inject: { kind: fault, target: "*", fault: ${line} } }`),
  },
  {
    heading: "Expectations",
    language: membersOf(scenarioSchema.shape.expect.element.shape),
    file: ({ line }) => fileWith("expect", `expect: [${line}]`),
  },
  {
    heading: "The scripted trainee",
    language: deeds,
    file: ({ line }) => fileWith("trainee", `trainee: [${line}]`),
  },
];

describe("the language of scenarios as docs/simulator.md tells it", () => {
  it.each(sections)(
    "$heading: every line is read, every kind and every member is told",
    ({ heading, language, file }) => {
      const rows = rowsUnder(heading);
      expect(rows.map(({ name }) => name).sort()).toEqual(language.map(({ name }) => name).sort());
      for (const row of rows) {
        const parsed = parseScenario(row.name, file(row));
        expect(parsed.kind === "bad" ? parsed.problem : "").toBe("");
        expect(row.line, "a line is of the kind that it stands for").toMatch(new RegExp(`\\b${row.name}\\b`));
        const members = language.find(({ name }) => name === row.name)?.members ?? [];
        expect(members.filter((one) => !row.whole.includes(one))).toEqual([]);
      }
    },
  );
});
