import { describe, expect, it } from "vitest";
import { declared, stubGl } from "./stub-gl.js";

describe("the context that does nothing", () => {
  it("finds what a shader declares", () => {
    const source =
      "precision highp float;\nuniform mat4 view;\nuniform highp vec3 ink[4];\n  in vec2 corner;\nuniform Lights all;\n";
    expect(declared(source, "uniform")).toEqual([
      { name: "view", type: 0x8b5c, size: 1 },
      { name: "ink[0]", type: 0x8b51, size: 4 },
    ]);
    expect(declared(source, "attribute").map((one) => one.name)).toEqual(["corner"]);
  });
  it("counts draws and gives a constant one number", () => {
    const { gl, draws } = stubGl(10, 10);
    gl.drawElements(gl.TRIANGLES, 3, gl.UNSIGNED_SHORT, 0);
    gl.drawArraysInstanced(gl.TRIANGLES, 0, 3, 9);
    gl.clear(gl.COLOR_BUFFER_BIT);
    expect(draws()).toBe(2);
    expect(gl.TRIANGLES).toBe(gl.TRIANGLES);
    expect(gl.TRIANGLES).not.toBe(gl.LINES);
  });
});
