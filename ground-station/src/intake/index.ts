export { children, childText, isNode, readXml, type XmlNode } from "./formats/safe-xml.js";
export { createGeocoder, type Geocoder } from "./geocode.js";
export { createIntakePart, type IntakeDeps } from "./intake-part.js";
export { Nonces } from "./nonces.js";
export {
  type Authenticated,
  type Source,
  type SourceDoor,
  SourceGuard,
  type SourceSecret,
  type SourceSecrets,
  signedText,
} from "./source-door.js";
