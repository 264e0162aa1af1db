import {
  BufferAttribute,
  BufferGeometry,
  DoubleSide,
  LineSegments,
  Mesh,
  ShaderMaterial,
  ShapeUtils,
  Vector2,
  Vector3,
} from "three";
import { displayRgb, type ScenePalette } from "../../theme/index.js";
import type { CityModel } from "../../world/index.js";
import { HAZE_GLSL, type HazeUniforms, MODEL_VERTEX } from "./hazeGlsl.js";
import { shadeOf } from "./noise.js";

/** All buildings as one mesh and all roof edges as one line set. Colours are vertex data: one draw call each, no lights. */
export interface BuildingMesh {
  readonly mesh: Mesh;
  readonly edges: LineSegments;
  paint(palette: ScenePalette): void;
  dispose(): void;
}

interface Shell {
  readonly position: Float32Array;
  readonly index: Uint32Array;
  readonly edge: Float32Array;
  /** Per building: its first vertex; walls first (4 per side), then the roof ring. */
  readonly firstVertex: Uint32Array;
}

export function buildingMesh(city: CityModel, haze: HazeUniforms): BuildingMesh {
  const shell = extrude(city);
  const geometry = new BufferGeometry();
  geometry.setAttribute("position", new BufferAttribute(shell.position, 3));
  geometry.setAttribute("tint", new BufferAttribute(new Float32Array(shell.position.length), 3));
  geometry.setIndex(new BufferAttribute(shell.index, 1));
  const material = new ShaderMaterial({
    uniforms: { ...haze },
    vertexShader: MODEL_VERTEX,
    fragmentShader: `${HAZE_GLSL} varying vec3 vTint; void main() { gl_FragColor = vec4(hazed(vTint), 1.); }`,
    side: DoubleSide,
  });
  const mesh = new Mesh(geometry, material);
  mesh.frustumCulled = false;
  const edgeUniforms = { ...haze, edgeColour: { value: new Vector3() }, edgeAlpha: { value: 0 } };
  const edges = roofEdges(shell.edge, edgeUniforms);
  return {
    mesh,
    edges,
    paint(palette) {
      paintShell(city, shell, geometry, palette);
      edgeUniforms.edgeColour.value.set(...displayRgb(palette.roofEdge));
      edgeUniforms.edgeAlpha.value = palette.roofEdgeAlpha * palette.brightness;
    },
    dispose() {
      geometry.dispose();
      material.dispose();
      edges.geometry.dispose();
    },
  };
}

function roofEdges(position: Float32Array, uniforms: Record<string, { value: unknown }>): LineSegments {
  const geometry = new BufferGeometry();
  geometry.setAttribute("position", new BufferAttribute(position, 3));
  const material = new ShaderMaterial({
    uniforms,
    transparent: true,
    depthWrite: false,
    vertexShader: MODEL_VERTEX.replace("attribute vec3 tint;", "").replace("vTint = tint;", ""),
    fragmentShader: `${HAZE_GLSL} uniform vec3 edgeColour; uniform float edgeAlpha;
      void main() {
        float near = 1. - smoothstep(250., 1500., vDist);
        float rim = smoothstep(edgeRadius * .75, edgeRadius * .9, distance(vWorld.xz, centre));
        gl_FragColor = vec4(edgeColour, edgeAlpha * near * (1. - rim));
      }`,
  });
  const lines = new LineSegments(geometry, material);
  lines.frustumCulled = false;
  return lines;
}

function extrude(city: CityModel): Shell {
  const { start, xyM, count, heightM } = city.buildings;
  const points = start[count] ?? 0;
  const position = new Float32Array(points * 5 * 3);
  const edge = new Float32Array(points * 6);
  const firstVertex = new Uint32Array(count + 1);
  const index: number[] = [];
  let vertex = 0;
  let e = 0;
  const put = (x: number, up: number, y: number): void => {
    position.set([x, up, -y], vertex * 3);
    vertex++;
  };
  for (let b = 0; b < count; b++) {
    firstVertex[b] = vertex;
    const ring = ringOf(xyM, start[b] ?? 0, start[b + 1] ?? 0);
    const base = (city.buildings.baseAmslM[b] ?? 0) - 1;
    const top = base + 1 + (heightM[b] ?? 0);
    ring.forEach((p, i) => {
      const q = ring[(i + 1) % ring.length] ?? p;
      const o = vertex;
      put(p.x, base, p.y);
      put(q.x, base, q.y);
      put(q.x, top, q.y);
      put(p.x, top, p.y);
      index.push(o, o + 1, o + 2, o, o + 2, o + 3);
      edge.set([p.x, top + 0.15, -p.y, q.x, top + 0.15, -q.y], e);
      e += 6;
    });
    const roof = vertex;
    for (const p of ring) put(p.x, top, p.y);
    for (const [i, j, k] of ShapeUtils.triangulateShape(ring, []))
      index.push(roof + (i ?? 0), roof + (j ?? 0), roof + (k ?? 0));
  }
  firstVertex[count] = vertex;
  return { position, edge, firstVertex, index: new Uint32Array(index) };
}

function ringOf(xyM: Float32Array, from: number, to: number): Vector2[] {
  const out: Vector2[] = [];
  for (let p = from; p < to; p++) out.push(new Vector2(xyM[2 * p], xyM[2 * p + 1]));
  return out;
}

type Rgb = readonly [number, number, number];
const mix = (a: Rgb, b: Rgb, t: number): Rgb => [
  a[0] + (b[0] - a[0]) * t,
  a[1] + (b[1] - a[1]) * t,
  a[2] + (b[2] - a[2]) * t,
];

function paintShell(city: CityModel, shell: Shell, geometry: BufferGeometry, palette: ScenePalette): void {
  const tint = geometry.getAttribute("tint");
  const array = tint.array;
  const foot = displayRgb(palette.wallFoot);
  const high = displayRgb(palette.wallTop);
  const roofLow = displayRgb(palette.roofLow);
  const roofHigh = displayRgb(palette.roofHigh);
  const [lx, ly, lz] = palette.light;
  const len = Math.hypot(lx, ly, lz);
  const write = (v: number, c: Rgb, s: number): void => {
    array[v * 3] = c[0] * s;
    array[v * 3 + 1] = c[1] * s;
    array[v * 3 + 2] = c[2] * s;
  };
  const { start, xyM, count, heightM } = city.buildings;
  for (let b = 0; b < count; b++) {
    const from = start[b] ?? 0;
    const n = (start[b + 1] ?? 0) - from;
    const h = heightM[b] ?? 0;
    const jitter = 0.94 + 0.12 * shadeOf(b);
    const turn = signedArea(xyM, from, n) > 0 ? 1 : -1;
    const top = mix(foot, high, Math.min(1, 0.45 + h / 34));
    let v = shell.firstVertex[b] ?? 0;
    for (let i = 0; i < n; i++, v += 4) {
      const p = from + i;
      const q = from + ((i + 1) % n);
      const nx = ((xyM[2 * q + 1] ?? 0) - (xyM[2 * p + 1] ?? 0)) * turn;
      const ny = -((xyM[2 * q] ?? 0) - (xyM[2 * p] ?? 0)) * turn;
      const facing = Math.max(0, (nx * lx - ny * lz) / ((Math.hypot(nx, ny) || 1) * len));
      const s = (palette.ambient + (1 - palette.ambient) * facing * 1.25) * jitter;
      write(v, foot, 0.55 + 0.45 * s);
      write(v + 1, foot, 0.55 + 0.45 * s);
      write(v + 2, top, s);
      write(v + 3, top, s);
    }
    const roof = mix(roofLow, roofHigh, Math.min(1, h / 30));
    for (let i = 0; i < n; i++) write(v + i, roof, jitter);
  }
  tint.needsUpdate = true;
}

function signedArea(xyM: Float32Array, from: number, n: number): number {
  let area = 0;
  for (let i = 0; i < n; i++) {
    const p = from + i;
    const q = from + ((i + 1) % n);
    area += (xyM[2 * p] ?? 0) * (xyM[2 * q + 1] ?? 0) - (xyM[2 * q] ?? 0) * (xyM[2 * p + 1] ?? 0);
  }
  return area;
}
