import {
  DoubleSide,
  DynamicDrawUsage,
  Float32BufferAttribute,
  InstancedBufferGeometry,
  InstancedInterleavedBuffer,
  InterleavedBufferAttribute,
  Mesh,
  ShaderMaterial,
} from "three";
import type { LineUniforms, Rgba } from "./lineBatch.js";

/** Order is the shader's `kind`. */
export const SYMBOLS = [
  "dart",
  "dartLate",
  "dock",
  "dockReady",
  "diamond",
  "circle",
  "square",
  "helicopter",
  "brackets",
  "camera",
  "reader",
  "vehicle",
  "groundRing",
  "diamondDoubt",
  "helicopterDoubt",
] as const;
export type SymbolKind = (typeof SYMBOLS)[number];

const FLOATS = 14;
const COLUMNS = [
  ["aAt", 3],
  ["aKindHeadingSize", 3],
  ["aFill", 4],
  ["aStroke", 4],
] as const;

/** Screen-size symbols as signed distance shapes, one draw call for any mix. Always on top of the model. */
export class SymbolBatch {
  readonly mesh: Mesh;
  readonly #geometry = new InstancedBufferGeometry();
  #data: Float32Array;
  #buffer: InstancedInterleavedBuffer;
  #count = 0;

  constructor(uniforms: LineUniforms, capacity: number, renderOrder: number) {
    this.#data = new Float32Array(capacity * FLOATS);
    this.#geometry.setAttribute("position", new Float32BufferAttribute([-1, -1, 0, 1, -1, 0, 1, 1, 0, -1, 1, 0], 3));
    this.#geometry.setIndex([0, 1, 2, 0, 2, 3]);
    this.#buffer = this.#bind();
    this.mesh = new Mesh(this.#geometry, material(uniforms));
    this.mesh.frustumCulled = false;
    this.mesh.renderOrder = renderOrder;
    this.mesh.visible = false;
  }

  clear(): void {
    this.#count = 0;
  }

  /** `headingDeg` is true heading; symbols without a direction pass 0. `scale` 1 is the size of the style guide. */
  add(
    kind: SymbolKind,
    x: number,
    y: number,
    z: number,
    headingDeg: number,
    scale: number,
    fill: Rgba,
    stroke: Rgba,
  ): void {
    if ((this.#count + 1) * FLOATS > this.#data.length) this.#grow();
    const d = this.#data;
    let o = this.#count++ * FLOATS;
    d[o++] = x;
    d[o++] = y;
    d[o++] = z;
    d[o++] = SYMBOLS.indexOf(kind);
    d[o++] = (headingDeg * Math.PI) / 180;
    d[o++] = scale;
    for (let k = 0; k < 4; k++) d[o++] = fill[k] ?? 0;
    for (let k = 0; k < 4; k++) d[o++] = stroke[k] ?? 0;
  }

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
    const next = new Float32Array(this.#data.length * 2);
    next.set(this.#data);
    this.#data = next;
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

const VERTEX = /* glsl */ `
attribute vec3 aAt, aKindHeadingSize; attribute vec4 aFill, aStroke;
uniform vec2 viewport; uniform float pixelRatio;
varying vec2 vP; varying float vKind, vPx; varying vec4 vFill, vStroke;
void main() {
  vKind = floor(aKindHeadingSize.x + .5);
  vFill = aFill; vStroke = aStroke;
  float heading = aKindHeadingSize.y, size = aKindHeadingSize.z;
  vec3 ahead = vec3(sin(heading), 0., -cos(heading));
  if (vKind == 12.) {
    // Lies on the ground and has a size in metres.
    vec3 w = aAt + vec3(position.x, 0., position.y) * 10.5 * size;
    vP = position.xy * 10.5;
    vec4 v = viewMatrix * vec4(w, 1.);
    vPx = max(-v.z, 1.) * 2. / (viewport.y * projectionMatrix[1][1]) / size;
    gl_Position = projectionMatrix * v;
    return;
  }
  vec4 c = projectionMatrix * viewMatrix * vec4(aAt, 1.);
  vec4 f = projectionMatrix * viewMatrix * vec4(aAt + ahead * 4., 1.);
  vec2 d = (f.xy / f.w - c.xy / c.w) * viewport;
  bool turns = vKind == 0. || vKind == 1. || vKind == 7. || vKind == 9. || vKind == 11. || vKind == 14.;
  vec2 up = turns && length(d) > 1e-4 ? normalize(d) : vec2(0., 1.);
  vec2 right = vec2(up.y, -up.x);
  float unit = 20.;
  vP = vec2(position.x, -position.y) * unit;
  vec2 off = (right * position.x + up * position.y) * unit * size * pixelRatio;
  vPx = 1. / (size * pixelRatio);
  c.xy += off / (viewport * .5) * c.w;
  gl_Position = c;
}`;

const FRAGMENT = /* glsl */ `
varying vec2 vP; varying float vKind, vPx; varying vec4 vFill, vStroke;
float seg(vec2 p, vec2 a, vec2 b) { vec2 q = p - a, e = b - a; return length(q - e * clamp(dot(q, e) / dot(e, e), 0., 1.)); }
float dart(vec2 p) {
  p.x = abs(p.x);
  vec2 a = vec2(0., -11.), b = vec2(8., 9.), c = vec2(0., 5.);
  float d = min(seg(p, a, b), seg(p, b, c));
  vec2 ab = b - a, bc = c - b;
  bool inside = (ab.x * (p.y - a.y) - ab.y * (p.x - a.x)) > 0. && (bc.x * (p.y - b.y) - bc.y * (p.x - b.x)) > 0.;
  return inside ? -d : d;
}
float box(vec2 p, vec2 h, float r) { vec2 q = abs(p) - h + r; return length(max(q, 0.)) + min(max(q.x, q.y), 0.) - r; }
float diamond(vec2 p, float r) { p = abs(p); return (p.x + p.y - r) * .7071; }
void main() {
  // Interpolation may leave a whole number a hair off, and then no comparison would hold.
  float kind = floor(vKind + .5);
  vec2 p = vP; float d = 1e3, w = 1.6; vec4 fill = vFill, stroke = vStroke; float dash = 1.;
  if (kind == 0.) { d = dart(p); w = 1.5; }
  else if (kind == 1.) { d = dart(p); w = 2.; dash = step(.42, fract((atan(p.y - 1., p.x) / 6.2832) * 13.)); }
  else if (kind == 2.) { d = box(p, vec2(6.5), 2.); }
  else if (kind == 3.) {
    d = box(p, vec2(6.5), 2.);
    vec2 q = p * 2.6; if (dart(q) < 0.) { gl_FragColor = stroke; return; }
  }
  else if (kind == 4.) { d = diamond(p, 7.); w = 2.; }
  else if (kind == 5.) { d = length(p) - 5.5; w = 2.2; }
  else if (kind == 6.) { d = box(p, vec2(6.), 0.); w = 2.2; }
  else if (kind == 13.) { d = diamond(p, 8.); w = 2.2; dash = step(.4, fract((atan(p.y, p.x) / 6.2832) * 8.)); }
  else if (kind == 7. || kind == 14.) {
    float r = min(min(seg(p, vec2(-10., -6.), vec2(10., 6.)), seg(p, vec2(10., -6.), vec2(-10., 6.))), seg(p, vec2(0.), vec2(0., 13.))) - 1.3;
    d = min(r, length(p) - 4.6); w = 0.; fill = stroke;
    if (kind == 14.) fill.a *= step(.45, fract((p.x + p.y) / 4.2));
  }
  else if (kind == 8.) {
    vec2 q = abs(p); float b = abs(box(p, vec2(17.), 0.));
    d = max(b, 9. - min(q.x, q.y)) - 1.; fill = stroke; w = 0.;
  }
  else if (kind == 9.) { vec2 q = vec2(abs(p.x), p.y); d = max(length(p) - 9., dot(q, vec2(.78, .62)) ); d = min(d, length(p) - 2.6); w = 0.; fill = stroke; fill.a *= length(p) < 2.6 ? 1. : .35; }
  else if (kind == 10.) { d = box(p, vec2(3.4), .6); w = 1.4; }
  else if (kind == 11.) { d = box(p, vec2(4., 8.), 2.); w = 1.5; }
  else { d = abs(length(p) - 9.) - .55 * vPx; fill = stroke; w = 0.; if (vPx > 6.) discard; }
  float aa = max(vPx, .0001);
  float inside = clamp(.5 - d / aa, 0., 1.);
  float edge = w > 0. ? clamp(.5 - (abs(d) - w * .5) / aa, 0., 1.) * stroke.a * dash : 0.;
  vec4 c = vec4(fill.rgb, fill.a * inside);
  float a = edge + c.a * (1. - edge);
  if (a < .004) discard;
  gl_FragColor = vec4((stroke.rgb * edge + c.rgb * c.a * (1. - edge)) / a, a);
}`;

function material(uniforms: LineUniforms): ShaderMaterial {
  return new ShaderMaterial({
    uniforms: { ...uniforms },
    transparent: true,
    depthTest: false,
    depthWrite: false,
    side: DoubleSide,
    vertexShader: VERTEX,
    fragmentShader: FRAGMENT,
  });
}
