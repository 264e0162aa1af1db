import { describe, expect, it } from "vitest";
import { IdentityBook } from "./index.js";

const px4 = 12;

/** A book in which `uid` was told by the contact of this path and system. */
function told(book: IdentityBook, path: string, sysid: number, uid: string, tMs: number) {
  const { contact } = book.heartbeat(path, sysid, 1, px4, tMs);
  return { contact, recognised: book.identify(contact, uid, tMs) };
}

describe("who is who", () => {
  it("is asked at once, again while nobody answers, and not any more when it is known", () => {
    const book = new IdentityBook();
    const asks = [0, 1_000, 4_900, 5_000, 6_000].map((tMs) => book.heartbeat("a", 1, 1, px4, tMs).ask);
    expect(asks).toEqual([true, false, false, true, false]);
    told(book, "a", 1, "u1", 6_000);
    for (let tMs = 7_000; tMs < 120_000; tMs += 1_000)
      expect(book.heartbeat("a", 1, 1, px4, tMs).ask, String(tMs)).toBe(tMs === 10_000);
  });

  it("is asked anew after a silence, and the old answer does not count until then", () => {
    const book = new IdentityBook();
    told(book, "a", 1, "u1", 0);
    book.heartbeat("a", 1, 1, px4, 3_000);
    expect(book.isDoubted("a", 1)).toBe(false);
    expect(book.heartbeat("a", 1, 1, px4, 6_600).ask).toBe(true);
    expect(book.isDoubted("a", 1)).toBe(true);
    expect(told(book, "a", 1, "u1", 6_700).recognised).toEqual({ kind: "known", uid: "u1" });
    expect(book.isDoubted("a", 1)).toBe(false);
  });

  it("is not asked anew where a bad link lost heartbeats alone and other frames came all the time", () => {
    const book = new IdentityBook();
    const { contact } = told(book, "a", 1, "u1", 0);
    for (let tMs = 0; tMs <= 6_000; tMs += 50) book.voice(contact, tMs / 50, tMs);
    book.heartbeat("a", 1, 1, px4, 6_000);
    expect(book.isDoubted("a", 1)).toBe(false);
    // After a silence the first frame may be any.
    book.voice(contact, 7, 10_000);
    expect(book.isDoubted("a", 1)).toBe(true);
    expect(book.heartbeat("a", 1, 1, px4, 10_010).ask).toBe(true);
  });

  it("is another aircraft when another answers after a doubt, and two when both do", () => {
    const book = new IdentityBook();
    const { contact } = told(book, "a", 1, "u1", 0);
    book.doubt(contact);
    expect(book.identify(contact, "u2", 100)).toEqual({ kind: "replaced", uid: "u2", before: "u1" });
    expect(book.identify(contact, "u1", 200)).toMatchObject({
      kind: "duplicate",
      sysid: 1,
      uids: ["u1", "u2"],
      first: true,
    });
    expect(book.identify(contact, "u2", 300)).toMatchObject({ kind: "duplicate", first: false });
    expect([book.isDuplicate("u1"), book.isDuplicate("u2")]).toEqual([true, true]);
  });

  it.each([true, false])("of two behind one contact, frees the one that stays (the first: %s)", (firstStays) => {
    const book = new IdentityBook();
    const { contact } = told(book, "a", 1, "u1", 0);
    book.identify(contact, "u2", 100);
    for (let tMs = 1_000; tMs <= 12_000; tMs += 1_000) {
      book.heartbeat("a", 1, 1, px4, tMs);
      book.identify(contact, firstStays ? "u1" : "u2", tMs);
      const { changed } = book.update(tMs + 1);
      if (changed.length > 0) expect(changed[0]?.before).toBe("u1");
    }
    expect(contact.uid).toBe(firstStays ? "u1" : "u2");
    expect([book.isDuplicate("u1"), book.isDuplicate("u2")]).toEqual([false, false]);
  });

  it("refuses two on two paths until one has been silent for ten seconds", () => {
    const book = new IdentityBook();
    told(book, "a", 1, "u1", 0);
    expect(told(book, "b", 1, "u2", 500).recognised).toMatchObject({ kind: "duplicate", uids: ["u1", "u2"] });
    for (let tMs = 1_000; tMs <= 10_000; tMs += 1_000) {
      book.heartbeat("a", 1, 1, px4, tMs);
      book.update(tMs);
      expect(book.isDuplicate("u1"), String(tMs)).toBe(true);
    }
    book.heartbeat("a", 1, 1, px4, 10_500);
    book.update(10_600);
    expect(book.isDuplicate("u1")).toBe(false);
  });

  it("hears two voices in frame counters that go back and forth, and one in those of a bad link", () => {
    const asked = (seqs: (n: number) => number): boolean => {
      const book = new IdentityBook();
      const { contact } = told(book, "a", 1, "u1", 0);
      contact.nextAskMs = Number.POSITIVE_INFINITY;
      for (let n = 0; n < 300; n++) book.voice(contact, seqs(n) & 0xff, n * 20);
      return book.heartbeat("a", 1, 1, px4, 3_000).ask;
    };
    expect(asked((n) => (n % 2 === 0 ? n : n + 90))).toBe(true);
    expect(asked((n) => n)).toBe(false);
    // Every third frame lost, one in forty late, every tenth twice.
    expect(asked((n) => (n % 40 === 0 ? n - 3 : n - (n % 10 === 0 ? 1 : 0) + Math.floor(n / 2)))).toBe(false);
  });
});
