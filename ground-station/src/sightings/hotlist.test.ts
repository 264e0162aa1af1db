import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { csvRows } from "./csv.js";
import { parseHotlist } from "./hotlist.js";

const nowMs = Date.UTC(2026, 10, 22);
const options = { name: "list", refreshedMs: nowMs, nowMs, allowRelative: false };
const head = "plate,state,reason,caseNumber,source,priority,validFrom,expires,make,model,color,year,enteredBy,note";
const row = (over: Record<string, string> = {}) => {
  const cells = {
    plate: "7KBM042",
    state: "CA",
    reason: "Stolen",
    caseNumber: "26-1",
    source: "S",
    priority: "high",
    expires: "2027-01-31",
    ...over,
  };
  return head
    .split(",")
    .map((name) => Object.entries(cells).find(([key]) => key === name)?.[1] ?? "")
    .join(",");
};
const parse = (...rows: string[]) => {
  const list = parseHotlist([head, ...rows].join("\r\n"), options);
  if ("problem" in list) throw new Error(list.problem);
  return list;
};

describe("a hotlist", () => {
  it("takes whole lines and names the others without their plates", () => {
    const list = parse(
      row(),
      row({ plate: "x" }),
      row({ plate: "6DZT881", reason: "" }),
      row({ plate: "6DZT881", caseNumber: "" }),
      row({ plate: "6DZT881", expires: "" }),
      row({ plate: "6DZT881", expires: "2028-01-01" }),
      row({ plate: "6DZT881", expires: "2026-11-20" }),
      row({ plate: "6DZT881", expires: "P90D" }),
      row({ plate: "7kbm 042" }),
    );
    expect(list.entries.size).toBe(1);
    expect(list.refused.map((one) => one.line)).toEqual([3, 4, 5, 6, 7, 8, 9, 10]);
    expect(JSON.stringify(list.refused)).not.toMatch(/6DZT881|7KBM042/i);
  });

  it("holds through the last day of its date", () => {
    expect(parse(row({ expires: "2026-11-22" })).entries.size).toBe(1);
  });

  it("is refused whole without its columns", () => {
    expect(parseHotlist("plate,state\n7KBM042,CA", options)).toMatchObject({
      problem: expect.stringContaining("reason"),
    });
  });

  it("reads quotes, commas and line ends inside quotes", () => {
    expect(csvRows('a,"b ""c"", d"\r\n"x\ny",z\n').map((one) => [one.line, ...one.fields])).toEqual([
      [1, "a", 'b "c", d'],
      [2, "x\ny", "z"],
    ]);
  });

  it("of the examples is whole in a demonstration", () => {
    const text = readFileSync(new URL("../../../docs/examples/hotlist.csv", import.meta.url), "utf8");
    const list = parseHotlist(text, { ...options, allowRelative: true });
    if ("problem" in list) throw new Error(list.problem);
    expect(list.refused).toEqual([]);
    expect(list.entries.find("7KBM042")).toHaveLength(1);
  });
});
