/** Rows of an RFC 4180 file with the line each began on. A quote that never closes takes the rest as one field. */
export function csvRows(text: string): readonly { readonly line: number; readonly fields: readonly string[] }[] {
  const rows: { line: number; fields: string[] }[] = [];
  let fields: string[] = [];
  let field = "";
  let quoted = false;
  let line = 1;
  let began = 1;
  const endRow = (): void => {
    fields.push(field);
    if (fields.length > 1 || field.trim() !== "") rows.push({ line: began, fields });
    fields = [];
    field = "";
  };
  for (let i = 0; i < text.length; i++) {
    const c = text.charAt(i);
    if (c === "\n") line++;
    if (quoted) {
      if (c !== '"') field += c;
      else if (text.charAt(i + 1) === '"') {
        field += '"';
        i++;
      } else quoted = false;
    } else if (c === '"' && field === "") quoted = true;
    else if (c === ",") {
      fields.push(field);
      field = "";
    } else if (c === "\n") {
      endRow();
      began = line;
    } else if (c !== "\r") field += c;
  }
  endRow();
  return rows;
}
