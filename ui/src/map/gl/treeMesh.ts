import {
  IcosahedronGeometry,
  InstancedBufferAttribute,
  InstancedBufferGeometry,
  Mesh,
  ShaderMaterial,
  Vector3,
} from "three";
import { displayRgb, type ScenePalette } from "../../theme/index.js";
import { type CityModel, groundAmslM } from "../../world/index.js";
import { HAZE_GLSL, type HazeUniforms } from "./hazeGlsl.js";
import { shadeOf } from "./noise.js";
import { treeSpots } from "./treeSpots.js";

export interface TreeMesh {
  readonly mesh: Mesh;
  paint(palette: ScenePalette): void;
  dispose(): void;
}

const VERTEX = /* glsl */ `
attribute vec4 aTree; attribute float aShade;
uniform vec3 low, high;
varying vec3 vTint, vWorld; varying float vDist;
void main() {
  float s = aTree.w;
  vec3 p = vec3(aTree.x + position.x * s * .8, aTree.y + s * .9 + position.y * s, aTree.z + position.z * s * .8);
  float lit = clamp(.5 + .5 * position.y - .25 * position.x - .2 * position.z, 0., 1.);
  vTint = mix(low, high, lit) * aShade;
  vWorld = p;
  vec4 v = viewMatrix * vec4(p, 1.);
  vDist = length(v.xyz);
  gl_Position = projectionMatrix * v;
}`;

/** Low trees in parks, one instanced mesh: they make a park read as a park from any height. */
export function treeMesh(city: CityModel, haze: HazeUniforms): TreeMesh {
  const spots = treeSpots(city);
  const ball = new IcosahedronGeometry(1, 1);
  const geometry = new InstancedBufferGeometry();
  geometry.setAttribute("position", ball.getAttribute("position"));
  const tree = new Float32Array(spots.length * 4);
  const shade = new Float32Array(spots.length);
  spots.forEach((s, i) => {
    tree.set([s.x, groundAmslM(city.terrain, s.x, s.y), -s.y, s.size], i * 4);
    shade[i] = 0.8 + 0.4 * shadeOf(i + 5);
  });
  geometry.setAttribute("aTree", new InstancedBufferAttribute(tree, 4));
  geometry.setAttribute("aShade", new InstancedBufferAttribute(shade, 1));
  geometry.instanceCount = spots.length;
  const uniforms = { ...haze, low: { value: new Vector3() }, high: { value: new Vector3() } };
  const material = new ShaderMaterial({
    uniforms,
    vertexShader: VERTEX,
    fragmentShader: `${HAZE_GLSL} varying vec3 vTint; void main() { gl_FragColor = vec4(hazed(vTint), 1.); }`,
  });
  const mesh = new Mesh(geometry, material);
  mesh.frustumCulled = false;
  return {
    mesh,
    paint(palette) {
      uniforms.low.value.set(...displayRgb(palette.treeLow));
      uniforms.high.value.set(...displayRgb(palette.treeHigh));
    },
    dispose() {
      geometry.dispose();
      ball.dispose();
      material.dispose();
    },
  };
}
