const names =
  "AL Alabama,AK Alaska,AZ Arizona,AR Arkansas,CA California,CO Colorado,CT Connecticut,DE Delaware,DC District of Columbia,FL Florida,GA Georgia,HI Hawaii,ID Idaho,IL Illinois,IN Indiana,IA Iowa,KS Kansas,KY Kentucky,LA Louisiana,ME Maine,MD Maryland,MA Massachusetts,MI Michigan,MN Minnesota,MS Mississippi,MO Missouri,MT Montana,NE Nebraska,NV Nevada,NH New Hampshire,NJ New Jersey,NM New Mexico,NY New York,NC North Carolina,ND North Dakota,OH Ohio,OK Oklahoma,OR Oregon,PA Pennsylvania,RI Rhode Island,SC South Carolina,SD South Dakota,TN Tennessee,TX Texas,UT Utah,VT Vermont,VA Virginia,WA Washington,WV West Virginia,WI Wisconsin,WY Wyoming";
const nameOf: ReadonlyMap<string, string> = new Map(
  names.split(",").map((pair) => [pair.slice(0, 2), pair.slice(3)] as const),
);
const codeOf: ReadonlyMap<string, string> = new Map([...nameOf].map(([code, name]) => [plain(name), code] as const));

function plain(text: string): string {
  return text.toLowerCase().replace(/[^a-z]/g, "");
}

/** One writing for "us-ca", "CA" and "california"; other places stay as they were said, in upper case. */
export function stateCode(said: string | undefined): string | undefined {
  const text = said?.trim() ?? "";
  if (text === "" || /^(unknown|none|n\/a)$/i.test(text)) return undefined;
  const bare = text.replace(/^us[-_ ]/i, "");
  return codeOf.get(plain(bare)) ?? bare.toUpperCase();
}

export const stateName = (code: string): string => nameOf.get(code) ?? code;
