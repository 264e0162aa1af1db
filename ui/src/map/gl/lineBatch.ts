import {
  DoubleSide,
  DynamicDrawUsage,
  Float32BufferAttribute,
  InstancedBufferGeometry,
  InstancedInterleavedBuffer,
  InterleavedBufferAttribute,
  Mesh,
  ShaderMaterial,
  Vector2,
} from "three";

export type Rgba = readonly [number, number, number, number];

/** Style of one segment; width in CSS px, dash lengths in metres along the line. */
export interface LineStyle {
  readonly widthPx: number;
  readonly dashM?: readonly [number, number];
  /** Metres from the line's start, so that dashes run on across segments. */
  readonly fromM?: number;
  /** Seconds on the scene clock when this piece was laid; it fades over 90 s. 0 does not fade. */
  readonly bornS?: number;
}

export interface LineUniforms {
  readonly viewport: { value: Vector2 };
  readonly pixelRatio: { value: number };
  readonly nowS: { value: number };
}

export const lineUniforms = (): LineUniforms => ({
  viewport: { value: new Vector2(1, 1) },
  pixelRatio: { value: 1 },
  nowS: { value: 0 },
});

const FLOATS = 19;
const COLUMNS = [
  ["aFrom", 3],
  ["aTo", 3],
  ["aFromColour", 4],
  ["aToColour", 4],
  ["aStyle", 4],
  ["aBorn", 1],
] as const;
export const TRAIL_FADE_S = 90;

/**
 * Any number of lines of any colour, width and dash in one draw call: each segment is an instanced quad widened in
 * screen space. Buffers are written in place; nothing is allocated per frame.
 */
export class LineBatch {
  readonly mesh: Mesh;
  readonly #geometry = new InstancedBufferGeometry();
  #data: Float32Array;
  #buffer: InstancedInterleavedBuffer;
  #capacity: number;
  #count = 0;

  constructor(
    uniforms: LineUniforms,
    capacity: number,
    options: { readonly depthTest: boolean; readonly renderOrder: number },
  ) {
    this.#capacity = capacity;
    this.#data = new Float32Array(capacity * FLOATS);
    const corners = new Float32BufferAttribute([-1, 0, 0, 1, 0, 0, 1, 1, 0, -1, 1, 0], 3);
    this.#geometry.setAttribute("position", corners);
    this.#geometry.setIndex([0, 1, 2, 0, 2, 3]);
    this.#buffer = this.#bind();
    this.mesh = new Mesh(this.#geometry, material(uniforms, options.depthTest));
    this.mesh.frustumCulled = false;
    this.mesh.renderOrder = options.renderOrder;
    this.#geometry.instanceCount = 0;
    this.mesh.visible = false;
  }

  get count(): number {
    return this.#count;
  }

  clear(): void {
    this.#count = 0;
  }

  /** Appends one segment; coordinates are scene space (east, up, south). */
  add(
    x0: number,
    y0: number,
    z0: number,
    x1: number,
    y1: number,
    z1: number,
    from: Rgba,
    to: Rgba,
    style: LineStyle,
  ): void {
    if (this.#count === this.#capacity) this.#grow();
    this.set(this.#count++, x0, y0, z0, x1, y1, z1, from, to, style);
  }

  /** Writes segment `i` in place; used by trails, which keep a ring of slots per aircraft. */
  set(
    i: number,
    x0: number,
    y0: number,
    z0: number,
    x1: number,
    y1: number,
    z1: number,
    from: Rgba,
    to: Rgba,
    style: LineStyle,
  ): void {
    const d = this.#data;
    let o = i * FLOATS;
    d[o++] = x0;
    d[o++] = y0;
    d[o++] = z0;
    d[o++] = x1;
    d[o++] = y1;
    d[o++] = z1;
    for (let k = 0; k < 4; k++) d[o++] = from[k] ?? 0;
    for (let k = 0; k < 4; k++) d[o++] = to[k] ?? 0;
    d[o++] = style.widthPx;
    d[o++] = style.dashM?.[0] ?? 0;
    d[o++] = style.dashM?.[1] ?? 0;
    d[o++] = style.fromM ?? 0;
    d[o] = style.bornS ?? 0;
    if (i >= this.#count) this.#count = i + 1;
  }

  /** Sends what was written to the GPU. */
  commit(): void {
    this.#geometry.instanceCount = this.#count;
    this.mesh.visible = this.#count > 0;
    this.#buffer.clearUpdateRanges();
    this.#buffer.addUpdateRange(0, this.#count * FLOATS);
    this.#buffer.needsUpdate = true;
  }

  dispose(): void {
    this.#geometry.dispose();
  }

  #grow(): void {
    const next = new Float32Array(this.#capacity * 2 * FLOATS);
    next.set(this.#data);
    this.#data = next;
    this.#capacity *= 2;
    this.#geometry.dispose();
    this.#buffer = this.#bind();
  }

  #bind(): InstancedInterleavedBuffer {
    const buffer = new InstancedInterleavedBuffer(this.#data, FLOATS, 1);
    buffer.setUsage(DynamicDrawUsage);
    let offset = 0;
    for (const [name, size] of COLUMNS) {
      this.#geometry.setAttribute(name, new InterleavedBufferAttribute(buffer, size, offset));
      offset += size;
    }
    return buffer;
  }
}

function material(uniforms: LineUniforms, depthTest: boolean): ShaderMaterial {
  return new ShaderMaterial({
    uniforms: { ...uniforms },
    transparent: true,
    depthWrite: false,
    depthTest,
    side: DoubleSide,
    vertexShader: /* glsl */ `
attribute vec3 aFrom, aTo; attribute vec4 aFromColour, aToColour, aStyle; attribute float aBorn;
uniform vec2 viewport; uniform float pixelRatio, nowS;
varying vec4 vColour; varying float vAcross, vAlong, vHalf; varying vec2 vDash;
void main() {
  vec4 a = viewMatrix * vec4(aFrom, 1.), b = viewMatrix * vec4(aTo, 1.);
  float nearZ = -2.;
  float t0 = 0., t1 = 1.;
  if (a.z > nearZ && b.z > nearZ) { gl_Position = vec4(2., 2., 2., 1.); return; }
  if (a.z > nearZ) { t0 = (nearZ - a.z) / (b.z - a.z); a = mix(a, b, t0); }
  else if (b.z > nearZ) { t1 = (nearZ - a.z) / (b.z - a.z); b = mix(a, b, t1); }
  vec4 ca = projectionMatrix * a, cb = projectionMatrix * b;
  vec2 sa = ca.xy / ca.w * viewport * .5, sb = cb.xy / cb.w * viewport * .5;
  vec2 d = sb - sa; float len = length(d); vec2 dir = len > 1e-3 ? d / len : vec2(1., 0.);
  vec2 across = vec2(-dir.y, dir.x);
  float end = position.y, half_ = aStyle.x * pixelRatio * .5;
  vHalf = half_; vAcross = position.x * (half_ + 1.);
  vec4 c = mix(ca, cb, end);
  vec2 off = across * position.x * (half_ + 1.) + dir * (end * 2. - 1.) * .35;
  c.xy += off / (viewport * .5) * c.w;
  float fade = aBorn > 0. ? clamp(1. - (nowS - aBorn) / ${TRAIL_FADE_S.toFixed(1)}, 0., 1.) : 1.;
  vColour = mix(aFromColour, aToColour, mix(t0, t1, end)); vColour.a *= fade;
  vAlong = aStyle.w + mix(t0, t1, end) * distance(aFrom, aTo); vDash = aStyle.yz;
  gl_Position = c;
}`,
    fragmentShader: /* glsl */ `
varying vec4 vColour; varying float vAcross, vAlong, vHalf; varying vec2 vDash;
void main() {
  float period = vDash.x + vDash.y;
  if (period > 0. && mod(vAlong, period) > vDash.x) discard;
  float cover = clamp(vHalf + .5 - abs(vAcross), 0., 1.);
  gl_FragColor = vec4(vColour.rgb, vColour.a * cover);
}`,
  });
}
