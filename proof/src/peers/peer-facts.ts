/** What one library knows of a message: fields in wire order. */
export type PeerMessage = {
  readonly id: number;
  readonly name: string;
  readonly crcExtra: number;
  readonly maxLength: number;
  readonly fields: readonly PeerField[];
};
export type PeerField = readonly [source: string, type: string, arrayLength: number];

/** What `facts` of the script gave. @throws where it is something else */
export function peerMessages(answer: unknown): readonly PeerMessage[] {
  if (!Array.isArray(answer)) throw new Error("facts are no list");
  return answer.map((row: unknown) => {
    const at = (key: string): unknown => (typeof row === "object" && row !== null ? Reflect.get(row, key) : undefined);
    const fields = at("fields");
    if (!Array.isArray(fields)) throw new Error("a message without fields");
    return {
      id: Number(at("id")),
      name: String(at("name")),
      crcExtra: Number(at("crcExtra")),
      maxLength: Number(at("maxLength")),
      fields: fields.map((field: unknown): PeerField => {
        const parts = Array.isArray(field) ? field : [];
        return [String(parts[0]), String(parts[1]), Number(parts[2])];
      }),
    };
  });
}
