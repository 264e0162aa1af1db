export { pgliteSql } from "./pglite-sql.js";
