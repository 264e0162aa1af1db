import { verify } from "@node-rs/argon2";
import type { PasswordCheck } from "../login.js";

/** argon2id in the native module's own thread. A hash that cannot be read fits no password. */
export const argon2Check: PasswordCheck = (hash, password, done) => {
  verify(hash, password).then(done, () => done(false));
};
