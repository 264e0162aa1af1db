import { BufferAttribute, BufferGeometry, DataTexture, Mesh, ShaderMaterial, type Texture, Vector4 } from "three";
import type { ScenePalette } from "../../theme/index.js";
import { type CityModel, groundAmslM } from "../../world/index.js";
import { HAZE_GLSL, type HazeUniforms, MODEL_VERTEX } from "./hazeGlsl.js";

const CELLS = 220;

/** Ground: one grid with the baked texture, shaded by slope, with room for one tint layer (coverage). */
export interface GroundMesh {
  readonly mesh: Mesh;
  setTexture(texture: Texture): void;
  /** Coverage as a small texture over the ground; undefined takes it away. Bounds x0, y0, width, height in metres. */
  setTint(texture: Texture | undefined, bounds: readonly [number, number, number, number]): void;
  shade(palette: ScenePalette): void;
  dispose(): void;
}

export function groundMesh(city: CityModel, haze: HazeUniforms): GroundMesh {
  const geometry = grid(city);
  const plain = new Uint8Array(4);
  const blank = new DataTexture(plain, 1, 1);
  blank.needsUpdate = true;
  const uniforms = {
    ...haze,
    map: { value: blank as Texture },
    tintMap: { value: blank as Texture },
    tintBounds: { value: new Vector4(0, 0, 1, 1) },
    tintOn: { value: 0 },
  };
  const material = new ShaderMaterial({
    uniforms,
    defines: { TEXTURED: 1 },
    vertexShader: MODEL_VERTEX,
    fragmentShader: `${HAZE_GLSL}
      varying vec3 vTint; varying vec2 vUv;
      uniform sampler2D map, tintMap; uniform vec4 tintBounds; uniform float tintOn;
      void main() {
        vec3 c = texture2D(map, vUv).rgb * vTint;
        if (tintOn > .5) {
          vec2 t = (vec2(vWorld.x, -vWorld.z) - tintBounds.xy) / tintBounds.zw;
          vec4 k = texture2D(tintMap, t);
          float in01 = step(0., t.x) * step(t.x, 1.) * step(0., t.y) * step(t.y, 1.);
          c = mix(c, k.rgb, k.a * in01);
        }
        gl_FragColor = vec4(hazed(c), 1.);
      }`,
  });
  const mesh = new Mesh(geometry, material);
  mesh.frustumCulled = false;
  return {
    mesh,
    setTexture(texture) {
      uniforms.map.value = texture;
    },
    setTint(texture, bounds) {
      uniforms.tintOn.value = texture === undefined ? 0 : 1;
      if (texture !== undefined) uniforms.tintMap.value = texture;
      uniforms.tintBounds.value.set(...bounds);
    },
    shade(palette) {
      shadeSlopes(geometry, palette);
      // Until the baked picture comes, the ground is plain, not black.
      const n = Number.parseInt(palette.block.slice(1), 16);
      plain.set([n >> 16, (n >> 8) & 255, n & 255, 255]);
      blank.needsUpdate = true;
    },
    dispose() {
      geometry.dispose();
      material.dispose();
      blank.dispose();
    },
  };
}

function grid(city: CityModel): BufferGeometry {
  const n = CELLS + 1;
  const position = new Float32Array(n * n * 3);
  const uv = new Float32Array(n * n * 2);
  const index: number[] = [];
  for (let j = 0; j < n; j++) {
    for (let i = 0; i < n; i++) {
      const at = j * n + i;
      const x = city.centreXM + (2 * i * city.radiusM) / CELLS - city.radiusM;
      const y = city.centreYM + (2 * j * city.radiusM) / CELLS - city.radiusM;
      position.set([x, groundAmslM(city.terrain, x, y), -y], at * 3);
      // The picture's first row is the north: an ImageBitmap cannot be flipped on upload, so the mesh is.
      uv.set([i / CELLS, 1 - j / CELLS], at * 2);
      if (i < CELLS && j < CELLS) index.push(at, at + 1, at + n + 1, at, at + n + 1, at + n);
    }
  }
  const geometry = new BufferGeometry();
  geometry.setAttribute("position", new BufferAttribute(position, 3));
  geometry.setAttribute("uv", new BufferAttribute(uv, 2));
  geometry.setAttribute("tint", new BufferAttribute(new Float32Array(n * n * 3).fill(1), 3));
  geometry.setIndex(index);
  geometry.computeVertexNormals();
  return geometry;
}

function shadeSlopes(geometry: BufferGeometry, palette: ScenePalette): void {
  const normal = geometry.getAttribute("normal");
  const tint = geometry.getAttribute("tint");
  const [lx, ly, lz] = palette.light;
  const len = Math.hypot(lx, ly, lz);
  const flat = 0.62 + (0.55 * ly) / len / 0.6;
  for (let i = 0; i < normal.count; i++) {
    const d = (normal.getX(i) * lx + normal.getY(i) * ly + normal.getZ(i) * lz) / len;
    const s = (0.62 + (0.55 * Math.max(0, d)) / 0.6) / flat;
    tint.setXYZ(i, s, s, s);
  }
  tint.needsUpdate = true;
}
