/** Numbers that three compares with its own (OpenGL ES 3.0 headers); every other constant only has to be itself. */
const uniformTypes: Readonly<Record<string, number>> = {
  float: 0x1406,
  vec2: 0x8b50,
  vec3: 0x8b51,
  vec4: 0x8b52,
  int: 0x1404,
  bool: 0x8b56,
  mat2: 0x8b5a,
  mat3: 0x8b5b,
  mat4: 0x8b5c,
  sampler2D: 0x8b5e,
  samplerCube: 0x8b60,
};

type Input = { readonly name: string; readonly type: number; readonly size: number };

/** Uniforms or attributes that a shader's text declares. */
export function declared(source: string, keyword: "uniform" | "attribute"): readonly Input[] {
  const word = keyword === "uniform" ? "uniform" : "(?:attribute|in)";
  const pattern = new RegExp(
    `^\\s*${word}\\s+(?:(?:high|medium|low)p\\s+)?(\\w+)\\s+(\\w+)(?:\\s*\\[\\s*(\\d+)\\s*\\])?\\s*;`,
    "gm",
  );
  return [...source.matchAll(pattern)].flatMap(([, type = "", name = "", size]) => {
    const known = uniformTypes[type];
    if (known === undefined) return [];
    return [{ name: size === undefined ? name : `${name}[0]`, type: known, size: Number(size ?? 1) }];
  });
}

export type StubGl = { readonly gl: WebGL2RenderingContext; draws(): number };

/**
 * A WebGL 2 context that does nothing and says that all went well: what is left of a frame's cost is the product's and
 * the library's JavaScript. Programs have the uniforms of their own text, so that these are uploaded as they would be.
 */
export function stubGl(width: number, height: number): StubGl {
  let draws = 0;
  const sources = new WeakMap<object, string>();
  const shaders = new WeakMap<object, object[]>();
  const inputsOf = new WeakMap<object, Map<string, readonly Input[]>>();
  const constants = new Map<string, number>();
  const constant = (name: string): number => {
    const known = constants.get(name);
    if (known !== undefined) return known;
    constants.set(name, 0x10000 + constants.size);
    return 0x10000 + constants.size - 1;
  };
  const inputs = (program: object, keyword: "uniform" | "attribute"): readonly Input[] => {
    const held = inputsOf.get(program) ?? new Map<string, readonly Input[]>();
    inputsOf.set(program, held);
    const known = held.get(keyword);
    if (known !== undefined) return known;
    const text = (shaders.get(program) ?? []).map((shader) => sources.get(shader) ?? "").join("\n");
    const unique = [...new Map(declared(text, keyword).map((one) => [one.name, one])).values()];
    held.set(keyword, unique);
    return unique;
  };
  const answers = {
    ...programAnswers(sources, shaders, inputs, constant),
    getContextAttributes: () => ({ alpha: true, antialias: true, depth: true, stencil: false }),
    isContextLost: () => false,
    getExtension: () => null,
    getSupportedExtensions: () => [],
    getShaderPrecisionFormat: () => ({ precision: 23, rangeMin: 127, rangeMax: 127 }),
    getParameter: (name: number) => parameter(name, constant, width, height),
    checkFramebufferStatus: () => constant("FRAMEBUFFER_COMPLETE"),
    getError: () => 0,
  };
  const count = (): void => {
    draws++;
  };
  return { gl: proxied({ ...answers, ...drawCalls(count) }, constant), draws: () => draws };
}

const drawCalls = (count: () => void) => ({
  drawArrays: count,
  drawElements: count,
  drawArraysInstanced: count,
  drawElementsInstanced: count,
  drawRangeElements: count,
});

function programAnswers(
  sources: WeakMap<object, string>,
  shaders: WeakMap<object, object[]>,
  inputs: (program: object, keyword: "uniform" | "attribute") => readonly Input[],
  constant: (name: string) => number,
) {
  return {
    shaderSource: (shader: object, text: string) => void sources.set(shader, text),
    attachShader: (program: object, shader: object) =>
      void shaders.set(program, [...(shaders.get(program) ?? []), shader]),
    getProgramParameter: (program: object, name: number) => {
      if (name === constant("ACTIVE_UNIFORMS")) return inputs(program, "uniform").length;
      return name === constant("ACTIVE_ATTRIBUTES") ? inputs(program, "attribute").length : true;
    },
    getShaderParameter: () => true,
    getProgramInfoLog: () => "",
    getShaderInfoLog: () => "",
    getActiveUniform: (program: object, i: number) => inputs(program, "uniform")[i],
    getActiveAttrib: (program: object, i: number) => inputs(program, "attribute")[i],
    getUniformLocation: (_: object, name: string) => ({ name }),
    getAttribLocation: (program: object, name: string) =>
      inputs(program, "attribute").findIndex((one) => one.name === name),
  };
}

function parameter(name: number, constant: (name: string) => number, width: number, height: number): unknown {
  if (name === constant("VERSION")) return "WebGL 2.0 (stub)";
  if (name === constant("SHADING_LANGUAGE_VERSION")) return "WebGL GLSL ES 3.00 (stub)";
  if (name === constant("SCISSOR_BOX") || name === constant("VIEWPORT")) return new Int32Array([0, 0, width, height]);
  if (name === constant("MAX_TEXTURE_SIZE") || name === constant("MAX_CUBE_MAP_TEXTURE_SIZE")) return 16_384;
  return 64;
}

function proxied(
  answers: Readonly<Record<string, unknown>>,
  constant: (name: string) => number,
): WebGL2RenderingContext {
  const nothing = (): void => undefined;
  const made = new Map<string, unknown>(Object.entries(answers));
  const stub: unknown = new Proxy(
    {},
    {
      get: (_, name) => {
        if (typeof name !== "string") return undefined;
        if (made.has(name)) return made.get(name);
        const value = /^[A-Z][A-Z0-9_]*$/.test(name)
          ? constant(name)
          : name.startsWith("create")
            ? () => ({})
            : nothing;
        made.set(name, value);
        return value;
      },
    },
  );
  // It answers everything that three asks of a context; nothing else ever sees it.
  return stub as WebGL2RenderingContext;
}
