import { check } from "../check.js";
import type { Scenario } from "../scenario.js";

/** Expected while a part is dead on purpose, or of a graphics card that is none. */
const expected = [
  /ERR_CONNECTION_REFUSED|ERR_CONNECTION_RESET|WebSocket connection to .* failed/,
  /status of (401|409|410|503)/,
  /GPU stall|GL Driver Message|software WebGL|AudioContext/i,
];

/** No page broke its own policy, threw, or wrote an error during the whole run. */
export const noComplaints: Scenario = {
  name: "no page breaks its content policy or writes errors",
  run: async (world) => {
    const lines = world.complaints.lines.filter(
      (line) => !line.startsWith("warning:") && !expected.some((pattern) => pattern.test(line)),
    );
    const each = [...new Set(lines)];
    check(each.length === 0, `${lines.length} complaints:\n${each.slice(0, 12).join("\n")}`);
  },
};
