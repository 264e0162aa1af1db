import { BufferAttribute, BufferGeometry, IcosahedronGeometry, Mesh, ShaderMaterial } from "three";
import { displayRgb, type ScenePalette } from "../../theme/index.js";
import { type CityModel, groundAmslM, insideRing } from "../../world/index.js";
import { HAZE_GLSL, type HazeUniforms, MODEL_VERTEX } from "./hazeGlsl.js";
import { shadeOf } from "./noise.js";

const MOST_TREES = 5200;

export interface TreeMesh {
  readonly mesh: Mesh;
  paint(palette: ScenePalette): void;
  dispose(): void;
}

interface Spot {
  readonly x: number;
  readonly y: number;
  readonly size: number;
}

/** Low trees in parks, one merged mesh: they make a park read as a park from any height. */
export function treeMesh(city: CityModel, haze: HazeUniforms): TreeMesh {
  const spots = treeSpots(city);
  const ball = new IcosahedronGeometry(1, 1).getAttribute("position").array;
  const position = new Float32Array(spots.length * ball.length);
  spots.forEach((s, t) => {
    const ground = groundAmslM(city.terrain, s.x, s.y);
    for (let i = 0; i < ball.length; i += 3) {
      const o = t * ball.length + i;
      position[o] = s.x + (ball[i] ?? 0) * s.size * 0.8;
      position[o + 1] = ground + s.size * 0.9 + (ball[i + 1] ?? 0) * s.size;
      position[o + 2] = -s.y + (ball[i + 2] ?? 0) * s.size * 0.8;
    }
  });
  const geometry = new BufferGeometry();
  geometry.setAttribute("position", new BufferAttribute(position, 3));
  geometry.setAttribute("tint", new BufferAttribute(new Float32Array(position.length), 3));
  const material = new ShaderMaterial({
    uniforms: { ...haze },
    vertexShader: MODEL_VERTEX,
    fragmentShader: `${HAZE_GLSL} varying vec3 vTint; void main() { gl_FragColor = vec4(hazed(vTint), 1.); }`,
  });
  const mesh = new Mesh(geometry, material);
  mesh.frustumCulled = false;
  return {
    mesh,
    paint: (palette) => paintTrees(geometry, ball, spots.length, palette),
    dispose() {
      geometry.dispose();
      material.dispose();
    },
  };
}

function paintTrees(geometry: BufferGeometry, ball: ArrayLike<number>, count: number, palette: ScenePalette): void {
  const low = displayRgb(palette.treeLow);
  const high = displayRgb(palette.treeHigh);
  const tint = geometry.getAttribute("tint");
  for (let t = 0; t < count; t++) {
    const jitter = 0.8 + 0.4 * shadeOf(t + 5);
    for (let i = 0; i < ball.length; i += 3) {
      const lit = 0.5 + 0.5 * (ball[i + 1] ?? 0) - 0.25 * (ball[i] ?? 0) - 0.2 * (ball[i + 2] ?? 0);
      const k = Math.min(1, Math.max(0, lit));
      const v = (t * ball.length + i) / 3;
      const c = (n: 0 | 1 | 2): number => (low[n] + (high[n] - low[n]) * k) * jitter;
      tint.setXYZ(v, c(0), c(1), c(2));
    }
  }
  tint.needsUpdate = true;
}

function treeSpots(city: CityModel): readonly Spot[] {
  const out: Spot[] = [];
  let seed = 1;
  for (let a = 0; a < city.areas.kinds.length; a++) {
    if (city.areas.kinds[a] !== "park" && city.areas.kinds[a] !== "cemetery") continue;
    const box = boundsOf(city, a);
    const tries = Math.min(1500, ((box.x1 - box.x0) * (box.y1 - box.y0)) / 130);
    for (let i = 0; i < tries && out.length < MOST_TREES; i++) {
      const x = box.x0 + (box.x1 - box.x0) * shadeOf(seed++);
      const y = box.y0 + (box.y1 - box.y0) * shadeOf(seed++);
      const clump = shadeOf(Math.round(x / 60) * 13.7 + Math.round(y / 60) * 7.1);
      if (clump < 0.34 || !insideArea(city, a, x, y)) continue;
      out.push({ x, y, size: 3.5 + 5.5 * shadeOf(seed++) });
    }
  }
  return out;
}

function insideArea(city: CityModel, area: number, x: number, y: number): boolean {
  const inside = insideRing(city.areas, area, x, y);
  return inside && Math.hypot(x - city.centreXM, y - city.centreYM) < city.radiusM * 0.97;
}

function boundsOf(city: CityModel, ring: number): { x0: number; x1: number; y0: number; y1: number } {
  const b = { x0: Number.POSITIVE_INFINITY, x1: Number.NEGATIVE_INFINITY, y0: Number.POSITIVE_INFINITY, y1: Number.NEGATIVE_INFINITY };
  for (let p = city.areas.start[ring] ?? 0; p < (city.areas.start[ring + 1] ?? 0); p++) {
    const x = city.areas.xyM[2 * p] ?? 0;
    const y = city.areas.xyM[2 * p + 1] ?? 0;
    b.x0 = Math.min(b.x0, x);
    b.x1 = Math.max(b.x1, x);
    b.y0 = Math.min(b.y0, y);
    b.y1 = Math.max(b.y1, y);
  }
  return b;
}
