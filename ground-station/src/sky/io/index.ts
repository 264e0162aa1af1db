export { skyHttp } from "./http-client.js";
