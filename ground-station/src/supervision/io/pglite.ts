import { queryTables } from "../query-tables.js";

/** As much of PGlite as is used. */
export type Pglite = {
  query(text: string, params: unknown[]): Promise<{ rows: unknown[] }>;
  close(): Promise<void>;
};

/** Typed here, so that the station is built and runs without the package: its supervisor then searches in memory. */
const packageName: string = "@electric-sql/pglite";

/** PostgreSQL in memory with the tables of the cache. Rejects where the package is not installed. */
export async function openPglite(from = packageName): Promise<Pglite> {
  const { PGlite } = (await import(from)) as { PGlite: { create(dir: string): Promise<Pglite> } }; // The package's own promise.
  const db = await PGlite.create("memory://");
  for (const statement of queryTables) await db.query(statement, []);
  return db;
}
