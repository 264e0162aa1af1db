import { BufferAttribute, BufferGeometry, DoubleSide, DynamicDrawUsage, Mesh, ShaderMaterial } from "three";
import type { Rgba } from "./lineBatch.js";

/** Triangles with a colour per corner, all in one draw call: ellipses, footprints, zones, curtains below reach lines. */
export class FillBatch {
  readonly mesh: Mesh;
  readonly #geometry = new BufferGeometry();
  #position: Float32Array;
  #colour: Float32Array;
  #count = 0;

  constructor(capacity: number, options: { readonly depthTest: boolean; readonly renderOrder: number }) {
    this.#position = new Float32Array(capacity * 3);
    this.#colour = new Float32Array(capacity * 4);
    this.#bind();
    const material = new ShaderMaterial({
      transparent: true,
      depthWrite: false,
      depthTest: options.depthTest,
      side: DoubleSide,
      vertexShader: `attribute vec4 colour; varying vec4 vColour;
        void main() { vColour = colour; gl_Position = projectionMatrix * viewMatrix * vec4(position, 1.); }`,
      fragmentShader: "varying vec4 vColour; void main() { gl_FragColor = vColour; }",
    });
    this.mesh = new Mesh(this.#geometry, material);
    this.mesh.frustumCulled = false;
    this.mesh.renderOrder = options.renderOrder;
    this.mesh.visible = false;
  }

  clear(): void {
    this.#count = 0;
  }

  corner(x: number, y: number, z: number, colour: Rgba): void {
    if ((this.#count + 1) * 3 > this.#position.length) this.#grow();
    const i = this.#count++;
    this.#position[i * 3] = x;
    this.#position[i * 3 + 1] = y;
    this.#position[i * 3 + 2] = z;
    for (let k = 0; k < 4; k++) this.#colour[i * 4 + k] = colour[k] ?? 0;
  }

  commit(): void {
    this.#geometry.setDrawRange(0, this.#count);
    this.mesh.visible = this.#count > 0;
    for (const name of ["position", "colour"]) {
      const attribute = this.#geometry.getAttribute(name);
      if (attribute instanceof BufferAttribute) {
        attribute.clearUpdateRanges();
        attribute.addUpdateRange(0, this.#count * attribute.itemSize);
        attribute.needsUpdate = true;
      }
    }
  }

  dispose(): void {
    this.#geometry.dispose();
  }

  #grow(): void {
    const position = new Float32Array(this.#position.length * 2);
    position.set(this.#position);
    const colour = new Float32Array(this.#colour.length * 2);
    colour.set(this.#colour);
    this.#position = position;
    this.#colour = colour;
    this.#geometry.dispose();
    this.#bind();
  }

  #bind(): void {
    this.#geometry.setAttribute("position", new BufferAttribute(this.#position, 3).setUsage(DynamicDrawUsage));
    this.#geometry.setAttribute("colour", new BufferAttribute(this.#colour, 4).setUsage(DynamicDrawUsage));
  }
}
