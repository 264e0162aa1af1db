import type { FieldDefinition, MessageDefinition, ScalarType } from "./definition.js";
import { hasParamBits } from "./param-bits.js";
import { fieldType, HEADER } from "./render-types.js";

type Access = { readonly read: string; readonly write: string; readonly partial: string; readonly little: boolean };

const ACCESS: { readonly [T in ScalarType]: Access } = {
  char: { read: "getUint8", write: "setUint8", partial: "", little: false },
  int8_t: { read: "getInt8", write: "setInt8", partial: "", little: false },
  uint8_t: { read: "getUint8", write: "setUint8", partial: "", little: false },
  int16_t: { read: "getInt16", write: "setInt16", partial: "pI16", little: true },
  uint16_t: { read: "getUint16", write: "setUint16", partial: "pU", little: true },
  int32_t: { read: "getInt32", write: "setInt32", partial: "pI32", little: true },
  uint32_t: { read: "getUint32", write: "setUint32", partial: "pU", little: true },
  int64_t: { read: "getBigInt64", write: "setBigInt64", partial: "pBig", little: true },
  uint64_t: { read: "getBigUint64", write: "setBigUint64", partial: "pBig", little: true },
  float: { read: "getFloat32", write: "setFloat32", partial: "pF32", little: true },
  double: { read: "getFloat64", write: "setFloat64", partial: "pF64", little: true },
};

/** Arrays of up to this many elements are read and written without a loop. */
const WRITTEN_OUT = 8;

const IMPORTS = `import type { Codec, MessageInit, MessageOf } from "../codec/types.js";
import {
  partialBig as pBig, partialDouble as pF64, partialFloat as pF32, partialInt16 as pI16, partialInt32 as pI32,
  orNowhere, partialUnsigned as pU, readText, writeText,
} from "../wire/index.js";
`;

/**
 * Source of `codecs.ts`: for each message straight-line code that reads and writes its fields. Straight-line, because a
 * loop over field descriptions costs several times the read itself.
 */
export function renderCodecs(messages: readonly MessageDefinition[]): string {
  return `${HEADER}\n${IMPORTS}\nconst NONE: ArrayLike<number> = [];\n\nexport const CODECS: readonly Codec[] = [\n${messages.map(renderCodec).join("\n")}\n];\n`;
}

function renderCodec(message: MessageDefinition): string {
  const { id, name, crcExtra, minLength, maxLength, fields } = message;
  const bits = hasParamBits(message);
  const blanks = [...fields.map((f) => `${f.name}: ${blankOf(f)}`), ...(bits ? ["paramValueBits: 0"] : [])];
  const reads = [
    ...fields.map(renderRead),
    ...(bits ? ["      o.paramValueBits = n >= 4 ? v.getUint32(p, true) : pU(v, p, 0, n);"] : []),
  ];
  const writes = fields.map((field) =>
    bits && field.source === "param_value" ? PARAM_WRITE : renderWrite(message, field),
  );
  return `  {
    id: ${id}, name: "${name}", crcExtra: ${crcExtra}, minLength: ${minLength}, maxLength: ${maxLength},
    blank: (): MessageOf<"${name}"> => ({ name: "${name}", ${blanks.join(", ")} }),
    decode(v: DataView, p: number, n: number, o: MessageOf<"${name}">): void {
${reads.join("\n")}
    },
    encode(v: DataView, p: number, o: MessageInit<"${name}">): void {
${writes.join("\n")}
    },
  },`;
}

const PARAM_WRITE = `      const value = o.paramValue ?? 0;
      const bits = o.paramValueBits ?? 0;
      if (value !== value && (bits & 0x7fffffff) >>> 0 > 0x7f800000) v.setUint32(p, bits, true);
      else v.setFloat32(p, value, true);`;

function blankOf(field: FieldDefinition): string {
  const type = fieldType(field);
  if (type === "string") return '""';
  if (type === "Uint8Array") return `new Uint8Array(${field.arrayLength})`;
  if (type === "number[]") return `[${Array(field.arrayLength).fill("0").join(", ")}]`;
  return type === "bigint" ? "0n" : String(field.blank);
}

function plus(base: string, offset: number): string {
  return offset === 0 ? base : `${base} + ${offset}`;
}

function renderRead(field: FieldDefinition): string {
  const { name, offset, size, arrayLength } = field;
  if (field.type === "char") {
    return `      o.${name} = readText(v, p, ${offset}, ${Math.max(1, arrayLength)}, n, o.${name});`;
  }
  const { read, partial, little } = ACCESS[field.type];
  const zero = fieldType(field) === "bigint" ? "0n" : "0";
  if (arrayLength === 0) {
    const short = partial === "" ? zero : `${partial}(v, p, ${offset}, n)`;
    return `      o.${name} = n >= ${offset + size} ? v.${read}(${plus("p", offset)}${little ? ", true" : ""}) : ${short};`;
  }
  const element = (at: string, index: string): string => {
    const short = partial === "" ? zero : `${partial}(v, p, ${at}, n)`;
    return `a[${index}] = n >= ${at} + ${size} ? v.${read}(p + ${at}${little ? ", true" : ""}) : ${short};`;
  };
  return arrayLoop(field, `o.${name}`, element);
}

/** Code for each element of an array: written out where there are few, since the loop costs more than they do. */
function arrayLoop(field: FieldDefinition, array: string, element: (at: string, index: string) => string): string {
  const { offset, size, arrayLength } = field;
  if (arrayLength <= WRITTEN_OUT) {
    const lines = Array.from(
      { length: arrayLength },
      (_, i) => `        ${element(String(offset + size * i), String(i))}`,
    );
    return `      {\n        const a = ${array};\n${lines.join("\n")}\n      }`;
  }
  const at = size === 1 ? plus("i", offset) : plus(`${size} * i`, offset);
  return `      for (let i = 0, a = ${array}; i < ${arrayLength}; i++) ${element(at, "i")}`;
}

function renderWrite(message: MessageDefinition, field: FieldDefinition): string {
  const { name, offset, arrayLength } = field;
  if (field.type === "char") {
    return `      writeText(v, ${plus("p", offset)}, ${Math.max(1, arrayLength)}, o.${name} ?? "");`;
  }
  const { write, little } = ACCESS[field.type];
  const end = little ? ", true" : "";
  const blank = fieldType(field) === "bigint" ? "0n" : String(field.blank);
  if (arrayLength === 0) {
    const value = isPosition(message, field) ? `orNowhere(o.${name} ?? 0)` : `o.${name} ?? ${blank}`;
    return `      v.${write}(${plus("p", offset)}, ${value}${end});`;
  }
  return arrayLoop(field, `o.${name} ?? NONE`, (at, index) => `v.${write}(p + ${at}, a[${index}] ?? 0${end});`);
}

/** "No position" is INT32_MAX in COMMAND_INT; a NaN written as an integer would be 0, a place in the Gulf of Guinea. */
function isPosition(message: MessageDefinition, field: FieldDefinition): boolean {
  return message.name === "COMMAND_INT" && (field.name === "x" || field.name === "y");
}
