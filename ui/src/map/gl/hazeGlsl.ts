import { Vector2, Vector3 } from "three";
import { displayRgb, type ScenePalette } from "../../theme/index.js";

/** Uniforms that every mesh of the clay model shares: one object, so a change of theme or focus reaches all of them. */
export interface HazeUniforms {
  readonly hazeColour: { value: Vector3 };
  readonly hazeNear: { value: number };
  readonly hazeFar: { value: number };
  readonly centre: { value: Vector2 };
  readonly edgeRadius: { value: number };
  readonly focus: { value: Vector2 };
  readonly focusRadius: { value: number };
  readonly brightness: { value: number };
}

export function hazeUniforms(): HazeUniforms {
  return {
    hazeColour: { value: new Vector3() },
    hazeNear: { value: 950 },
    hazeFar: { value: 2700 },
    centre: { value: new Vector2() },
    edgeRadius: { value: 1400 },
    focus: { value: new Vector2() },
    focusRadius: { value: 0 },
    brightness: { value: 1 },
  };
}

export function applyPalette(u: HazeUniforms, palette: ScenePalette): void {
  u.hazeColour.value.set(...displayRgb(palette.haze));
  u.brightness.value = palette.brightness;
}

/**
 * Haze by distance and towards the rim of the model, light around the incident. Colours are display values from the
 * tokens straight through to the screen: three's colour management would make them darker than the token.
 */
export const HAZE_GLSL = /* glsl */ `
uniform vec3 hazeColour;
uniform float hazeNear, hazeFar, edgeRadius, focusRadius, brightness;
uniform vec2 focus, centre;
varying vec3 vWorld;
varying float vDist;
vec3 hazed(vec3 c) {
  float f = smoothstep(hazeNear, hazeFar, vDist);
  f = 1. - pow(1. - f, 1.35);
  float rim = smoothstep(edgeRadius * .8, edgeRadius, distance(vWorld.xz, centre));
  float lit = 1. - smoothstep(focusRadius * .45, max(focusRadius, 1.), distance(vWorld.xz, focus));
  c *= mix(1., 1.22, lit * step(1., focusRadius));
  return mix(c, hazeColour, max(f * .93, rim)) * brightness;
}`;

export const MODEL_VERTEX = /* glsl */ `
attribute vec3 tint;
varying vec3 vTint;
varying vec3 vWorld;
varying float vDist;
#ifdef TEXTURED
varying vec2 vUv;
#endif
void main() {
  vTint = tint;
  #ifdef TEXTURED
  vUv = uv;
  #endif
  vWorld = position;
  vec4 v = viewMatrix * vec4(position, 1.);
  vDist = length(v.xyz);
  gl_Position = projectionMatrix * v;
}`;
