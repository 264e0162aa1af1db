import { expect, test } from "vitest";
import { differencesPage } from "./dialect-differences.js";
import type { PeerMessage } from "./peer-facts.js";

const one = (over: Partial<PeerMessage> = {}): PeerMessage => ({
  id: 1,
  name: "ONE",
  crcExtra: 7,
  maxLength: 3,
  fields: [
    ["a", "uint16_t", 0],
    ["b", "uint8_t", 0],
  ],
  ...over,
});

test("only what differs is listed: messages that some lack, fields that some lack or have otherwise", () => {
  const page = differencesPage(
    [
      { name: "ours", dialect: "all", messages: [one(), one({ id: 2, name: "TWO" }), one({ id: 3, name: "SAME" })] },
      {
        name: "theirs",
        dialect: "all",
        messages: [
          one({
            fields: [
              ["a", "uint16_t", 0],
              ["c", "uint8_t", 4],
            ],
            crcExtra: 9,
          }),
          one({ id: 3, name: "SAME" }),
        ],
      },
    ],
    "a command",
  );
  expect(page.split("\n").filter((line) => line.startsWith("| ") && !line.startsWith("| ---"))).toEqual([
    "| id | message | ours | theirs |",
    "| 2 | TWO | yes | - |",
    "| message | field | ours | theirs |",
    "| ONE (1) | CRC_EXTRA | 7 | 9 |",
    "| ONE (1) | b | 2: uint8_t | - |",
    "| ONE (1) | c | - | 2: uint8_t[4] |",
  ]);
});
