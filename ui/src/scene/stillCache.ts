import {
  AlwaysDepth,
  Camera,
  DepthTexture,
  LinearFilter,
  Mesh,
  NearestFilter,
  NoColorSpace,
  PlaneGeometry,
  type Scene,
  ShaderMaterial,
  UnsignedIntType,
  Vector2,
  type WebGLRenderer,
  WebGLRenderTarget,
} from "three";
import type { SceneEngine } from "../map/index.js";

/** While the camera moves the city may be coarse; a person looks for details only when it rests. */
const MOVING_SHARE = 0.5;
const REST_MS = 250;

/**
 * For machines without a graphics card: the city with its depth is drawn into a picture when the camera, the theme or
 * the ground change, and each frame lays that picture down and draws only what moves, hidden by buildings as ever.
 */
export class StillCache {
  readonly #target: WebGLRenderTarget;
  readonly #sheet: Mesh<PlaneGeometry, ShaderMaterial>;
  readonly #camera = new Camera();
  readonly #size = new Vector2();
  #drawn = -1;
  #coarse = false;

  constructor() {
    this.#target = new WebGLRenderTarget(1, 1, { minFilter: LinearFilter, magFilter: LinearFilter });
    this.#target.texture.colorSpace = NoColorSpace;
    const depth = new DepthTexture(1, 1, UnsignedIntType);
    depth.minFilter = NearestFilter;
    depth.magFilter = NearestFilter;
    this.#target.depthTexture = depth;
    this.#sheet = sheet(this.#target);
  }

  /**
   * Draws one frame and says what it drew of the city: "coarse" wants another frame once the camera rests, "fine" was
   * the dear one. `detailed` shows trees and roof edges while it rests.
   */
  draw(
    gl: WebGLRenderer,
    scene: Scene,
    engine: SceneEngine,
    nowMs: number,
    detailed: boolean,
  ): "coarse" | "fine" | "kept" {
    const { still, things } = engine.parts;
    let drew: "coarse" | "fine" | "kept" = this.#coarse ? "coarse" : "kept";
    const coarse = engine.restedMs(nowMs) < REST_MS;
    gl.getDrawingBufferSize(this.#size);
    const share = coarse ? MOVING_SHARE : 1;
    const width = Math.max(1, Math.round(this.#size.x * share));
    const height = Math.max(1, Math.round(this.#size.y * share));
    if (engine.stillVersion !== this.#drawn || this.#target.width !== width || this.#target.height !== height) {
      this.#target.setSize(width, height);
      engine.showDetail(detailed && !coarse);
      things.visible = false;
      gl.setRenderTarget(this.#target);
      gl.render(scene, engine.camera);
      gl.setRenderTarget(null);
      things.visible = true;
      this.#drawn = engine.stillVersion;
      this.#coarse = coarse;
      drew = coarse ? "coarse" : "fine";
    }
    const before = gl.autoClear;
    gl.autoClear = false;
    gl.clear();
    gl.render(this.#sheet, this.#camera);
    still.visible = false;
    gl.render(scene, engine.camera);
    still.visible = true;
    gl.autoClear = before;
    return drew;
  }

  dispose(): void {
    this.#target.depthTexture?.dispose();
    this.#target.dispose();
    this.#sheet.geometry.dispose();
    this.#sheet.material.dispose();
  }
}

/** Lays picture and depth over the whole view, so that what is drawn after it is hidden as if the city had been drawn. */
function sheet(target: WebGLRenderTarget): Mesh<PlaneGeometry, ShaderMaterial> {
  const material = new ShaderMaterial({
    uniforms: { picture: { value: target.texture }, depthMap: { value: target.depthTexture } },
    depthFunc: AlwaysDepth,
    vertexShader:
      "varying vec2 at; void main() { at = position.xy * .5 + .5; gl_Position = vec4(position.xy, 0., 1.); }",
    fragmentShader: `
      varying vec2 at; uniform sampler2D picture; uniform highp sampler2D depthMap;
      void main() { gl_FragColor = vec4(texture2D(picture, at).rgb, 1.); gl_FragDepth = texture2D(depthMap, at).r; }`,
  });
  const mesh = new Mesh(new PlaneGeometry(2, 2), material);
  mesh.frustumCulled = false;
  return mesh;
}
