import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { PgQueries, type Sql } from "../pg-queries.js";
import { queryStoreContract } from "../testing/query-store-contract.js";
import { openPglite, type Pglite } from "./pglite.js";
import { pgliteSql } from "./pglite-sql.js";

/** Another place of the package, where it is not installed beside the product. */
const from = process.env["OUTRIDER_PGLITE"];
const first = await openPglite(from).catch((error: unknown) => {
  console.log(`skipped: PGlite is not installed (${String(error).slice(0, 120)})`);
  return undefined;
});

function sqlOf(db: Pglite): Sql {
  return {
    query: (text, params, done) =>
      void db.query(text, [...params]).then(
        ({ rows }) => done({ kind: "ok", value: rows }),
        (error: Error) => done({ kind: "error", error }),
      ),
    close: () => void db.close(),
  };
}

if (first !== undefined) queryStoreContract("PGlite", async () => new PgQueries(sqlOf(first)));

// The thread runs what was built: TypeScript itself is no script.
const script = new URL("../../../dist/supervision/io/pglite-worker.js", import.meta.url);
const built = existsSync(fileURLToPath(script)) && first !== undefined && from === undefined;

describe("PGlite in a thread of its own", () => {
  it.skipIf(!built)("answers, says what is wrong with a statement, and ends", async () => {
    const sql = await new Promise<Sql>((done, fail) =>
      pgliteSql((opened) => (opened.kind === "ok" ? done(opened.value) : fail(opened.error)), script),
    );
    const ask = (text: string) => new Promise((done) => sql.query(text, [], done));
    expect(await ask("select 1 as one")).toMatchObject({ kind: "ok", value: [{ one: 1 }] });
    expect(await ask("select nothing from nowhere")).toMatchObject({ kind: "error" });
    sql.close();
    expect(await ask("select 1")).toMatchObject({ kind: "error" });
  });

  it.skipIf(first !== undefined)("says that it is not there where the package is missing", async () => {
    const opened = await new Promise<{ kind: string }>((done) => pgliteSql(done, script));
    expect(opened.kind).toBe("error");
  });
});
