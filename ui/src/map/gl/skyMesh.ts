import { BufferAttribute, BufferGeometry, Mesh, ShaderMaterial, Vector3 } from "three";
import { displayRgb, type ScenePalette } from "../../theme/index.js";

/** The sky: one triangle behind everything, from its top colour into the haze. */
export interface SkyMesh {
  readonly mesh: Mesh;
  paint(palette: ScenePalette): void;
}

export function skyMesh(): SkyMesh {
  const uniforms = { top: { value: new Vector3() }, haze: { value: new Vector3() } };
  const geometry = new BufferGeometry();
  geometry.setAttribute("position", new BufferAttribute(new Float32Array([-1, -1, 0, 3, -1, 0, -1, 3, 0]), 3));
  const material = new ShaderMaterial({
    uniforms,
    depthTest: false,
    depthWrite: false,
    vertexShader: "varying float y; void main() { y = position.y; gl_Position = vec4(position.xy, 1., 1.); }",
    fragmentShader: `varying float y; uniform vec3 top, haze;
      void main() { gl_FragColor = vec4(mix(haze, top, smoothstep(.3, 1., y)), 1.); }`,
  });
  const mesh = new Mesh(geometry, material);
  mesh.frustumCulled = false;
  mesh.renderOrder = -10;
  return {
    mesh,
    paint(palette) {
      const k = palette.brightness;
      uniforms.top.value.set(...displayRgb(palette.skyTop)).multiplyScalar(k);
      uniforms.haze.value.set(...displayRgb(palette.haze)).multiplyScalar(k);
    },
  };
}
