/** Matches `/launches/{launchId}/approve`; a parameter is one path segment of letters, digits, `_`, `-`, `.` and `:`. */
export type PathTemplate = { readonly text: string; match(path: string): Readonly<Record<string, string>> | undefined };

const safe = /^[\w.:-]{1,120}$/;

/** Browsers escape what ids may hold, a colon for instance; what is no escape at all is no parameter of ours. */
function decoded(value: string): string | undefined {
  try {
    return decodeURIComponent(value);
  } catch {
    return undefined;
  }
}

export function pathTemplate(text: string): PathTemplate {
  const parts = text.split("/");
  return {
    text,
    match(path) {
      const given = path.split("/");
      if (given.length !== parts.length) return undefined;
      const params: Record<string, string> = {};
      for (const [i, part] of parts.entries()) {
        const value = given[i] ?? "";
        if (part.startsWith("{") && part.endsWith("}")) {
          const plain = decoded(value);
          if (plain === undefined || !safe.test(plain) || plain === "." || plain === "..") return undefined;
          params[part.slice(1, -1)] = plain;
        } else if (part !== value) return undefined;
      }
      return params;
    },
  };
}
