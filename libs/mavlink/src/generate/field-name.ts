/**
 * lowerCamelCase name of a field of the XML: `custom_mode` gives `customMode`, `ICAO_address` gives `icaoAddress`.
 * `name` gives `nameText`, because our messages carry their own kind under `name`.
 */
export function fieldName(source: string): string {
  if (source === "name") return "nameText";
  const [first = "", ...rest] = source.split("_").filter((word) => word.length > 0);
  const head = /^[A-Z0-9]+$/.test(first) ? first.toLowerCase() : first.charAt(0).toLowerCase() + first.slice(1);
  return head + rest.map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join("");
}

/** PascalCase name of a message's type: `COMMAND_LONG` gives `CommandLong`. */
export function typeName(messageName: string): string {
  return messageName
    .split("_")
    .map((word) => word.charAt(0) + word.slice(1).toLowerCase())
    .join("");
}
