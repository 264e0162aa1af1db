export { type Listening, listenHttp } from "./express-server.js";
export { readStaticFolder } from "./static-folder.js";
