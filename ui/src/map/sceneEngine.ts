import {
  CanvasTexture,
  LinearFilter,
  LinearMipmapLinearFilter,
  NoColorSpace,
  PerspectiveCamera,
  type Texture,
  Vector3,
} from "three";
import { SCENE_PALETTE, type ThemeName } from "../theme/index.js";
import { type CityModel, type LatLon, toLatLon } from "../world/index.js";
import { type CameraPose, eyeOf, FLY_MS, type Flight, flightAt, kept } from "./camera/cameraPose.js";
import { applyPalette } from "./gl/index.js";
import { type Ground, groundOf } from "./ground.js";
import { type Inks, inksOf } from "./inks.js";
import type { LabelDirector } from "./labels/labelDirector.js";
import type { ScreenPoint } from "./labels/streetNames.js";
import { coverageTexture } from "./layers/coverageTint.js";
import { drawPins } from "./layers/pinLayer.js";
import { drawStatic } from "./layers/staticLayers.js";
import { emptyScene, type PoseSource, type SceneModel } from "./sceneModel.js";
import { type Detail, type SceneParts, sceneParts } from "./sceneParts.js";

/** The baked ground, from a worker or drawn on the page. */
export type GroundPicture = ImageBitmap | HTMLCanvasElement;

export interface EngineOptions {
  readonly detail: Detail;
  /** Drawn by a processor: its ground is sent without mipmaps, which would hold the page up for seconds. */
  readonly weak?: boolean;
  readonly reducedMotion: boolean;
  readonly home: CameraPose;
  /** Asks the host for one more frame; the scene draws only on demand. */
  readonly requestFrame: () => void;
}

const NO_POSES: PoseSource = { read: () => false, onChange: () => () => undefined };
const SELECT_PX = 22;
const SHOW_MARGIN_PX = 60;
/** Keeps the trail clock away from 0, which means "does not fade". */
const CLOCK_FROM_S = 1000;

/** The city and everything on it, without React: model in by `setModel`, frames out by `frame`. */
export class SceneEngine {
  readonly camera = new PerspectiveCamera(40, 1, 2, 9000);
  readonly parts: SceneParts;
  readonly city: CityModel;
  readonly #options: EngineOptions;
  readonly #ground: Ground;
  #model: SceneModel = emptyScene("night");
  #drawn: SceneModel | undefined;
  #inks: Inks = inksOf("night");
  #poses: PoseSource = NO_POSES;
  #forgetPoses: () => void = () => undefined;
  #labels: LabelDirector | undefined;
  #pose: CameraPose;
  #flight: Flight | undefined;
  #flyTo: CameraPose | undefined;
  #moved = true;
  #anythingMoves = false;
  #stillVersion = 0;
  #movedAtMs = Number.NEGATIVE_INFINITY;
  #held = false;
  #topDown: CameraPose | undefined;
  #width = 1;
  #height = 1;
  #texture: Texture | undefined;
  readonly #v = new Vector3();

  constructor(city: CityModel, options: EngineOptions) {
    this.city = city;
    this.#options = options;
    this.#ground = groundOf(city);
    this.#pose = options.home;
    this.parts = sceneParts(city, options.detail);
    this.#paint("night");
  }

  setModel(model: SceneModel): void {
    this.#model = model;
    this.#anythingMoves = model.aircraft.some((a) => !a.docked);
    this.#labels?.modelChanged();
    this.#options.requestFrame();
  }

  /** Changes with everything that the still part of the picture depends on: camera, size, ground, theme, focus, tint. */
  get stillVersion(): number {
    return this.#stillVersion;
  }

  /** How long the camera has not moved, in ms of the frames' own time. */
  restedMs(nowMs: number): number {
    return nowMs - this.#movedAtMs;
  }

  /** Roof edges and trees are the first to go where drawing is slow; nothing is built anew for it. */
  showDetail(on: boolean): void {
    this.parts.buildings.edges.visible = on;
    if (this.parts.trees !== undefined) this.parts.trees.mesh.visible = on;
  }

  setPoses(poses: PoseSource): void {
    this.#forgetPoses();
    this.#poses = poses;
    // Samples of aircraft that stand in their docks change nothing here: nothing is drawn for them.
    this.#forgetPoses = poses.onChange(() => {
      if (this.#anythingMoves) this.#options.requestFrame();
    });
  }

  setLabels(labels: LabelDirector | undefined): void {
    this.#labels = labels;
  }

  setGroundPicture(picture: GroundPicture): void {
    this.#texture?.dispose();
    const texture = new CanvasTexture(picture);
    texture.colorSpace = NoColorSpace;
    const fine = this.#options.weak !== true;
    texture.anisotropy = fine ? 8 : 1;
    texture.generateMipmaps = fine;
    texture.minFilter = fine ? LinearMipmapLinearFilter : LinearFilter;
    texture.flipY = false;
    this.#texture = texture;
    this.parts.ground.setTexture(texture);
    this.#stillVersion++;
    this.#options.requestFrame();
  }

  resize(width: number, height: number, pixelRatio: number): void {
    this.#width = width;
    this.#height = height;
    this.parts.lines.viewport.value.set(width * pixelRatio, height * pixelRatio);
    this.parts.lines.pixelRatio.value = pixelRatio;
    this.#moved = true;
    this.#labels?.modelChanged();
    this.#options.requestFrame();
  }

  get pose(): CameraPose {
    return this.#pose;
  }

  /** A hand moves the camera: any flight stops. */
  moveTo(pose: CameraPose): void {
    this.#flight = undefined;
    this.#flyTo = undefined;
    this.#pose = kept(pose, this.city.centreXM, this.city.centreYM, this.city.radiusM, (x, y) =>
      this.#ground.heightAt(x, y),
    );
    this.#moved = true;
    this.#options.requestFrame();
  }

  /** Never while a button is held: the picture must not slide away under a hand. */
  flyTo(pose: CameraPose): void {
    if (this.#held) return;
    this.#flyTo = pose;
    this.#options.requestFrame();
  }

  hold(held: boolean): void {
    this.#held = held;
  }

  home(): void {
    this.flyTo(this.#options.home);
  }

  lookAt(at: LatLon): void {
    const { xM, yM } = this.#ground.local(at);
    this.flyTo({
      ...this.#pose,
      xM,
      yM,
      upM: this.#ground.heightAt(xM, yM),
      distanceM: Math.min(this.#pose.distanceM, 700),
    });
  }

  /** Moves only when one of these places lies outside the view, and then no nearer than all of them can be seen. */
  show(places: readonly LatLon[]): void {
    const local = places.map((at) => this.#ground.local(at));
    const margin = SHOW_MARGIN_PX;
    const seen = local.every(({ xM, yM }) => {
      const p = this.project(xM, yM, this.#ground.heightAt(xM, yM));
      const inside = p.x > margin && p.x < this.#width - margin && p.y > margin && p.y < this.#height - margin;
      return p.distanceM > 0 && inside;
    });
    if (seen || local.length === 0) return;
    const xs = local.map((p) => p.xM);
    const ys = local.map((p) => p.yM);
    const xM = (Math.min(...xs) + Math.max(...xs)) / 2;
    const yM = (Math.min(...ys) + Math.max(...ys)) / 2;
    const spanM = Math.hypot(Math.max(...xs) - Math.min(...xs), Math.max(...ys) - Math.min(...ys));
    this.flyTo({ ...this.#pose, xM, yM, upM: this.#ground.heightAt(xM, yM), distanceM: Math.max(700, spanM * 2) });
  }

  lookAtAircraft(uid: string): void {
    const p = this.parts.moving.placed.get(uid);
    if (p !== undefined) this.lookAt(toLatLon(this.city.frame, p.x, -p.z));
  }

  toggleTopDown(): void {
    if (this.#topDown !== undefined) {
      this.flyTo({ ...this.#topDown, xM: this.#pose.xM, yM: this.#pose.yM });
      this.#topDown = undefined;
      return;
    }
    this.#topDown = this.#pose;
    this.flyTo({ ...this.#pose, pitchDeg: 89.5, bearingDeg: 0 });
  }

  /** Brings everything up to date; call before each render. `nowMs` is the frame's monotonic time. */
  frame(nowMs: number): void {
    if (this.#model !== this.#drawn) this.#redraw();
    this.#fly(nowMs);
    if (this.#moved) this.#aim(nowMs);
    const nowS = nowMs / 1000 + CLOCK_FROM_S;
    this.parts.lines.nowS.value = nowS;
    const p = this.parts;
    p.moving.draw(
      this.#model.aircraft,
      this.#poses,
      this.#ground,
      this.#inks,
      p.movingSymbols,
      p.movingFill,
      p.movingLines,
      nowS,
    );
    this.#labels?.frame(nowMs, this.#model, p.moving.placed, this.city, this.#ground, this.project, {
      width: this.#width,
      height: this.#height,
    });
    if (this.#flight !== undefined || this.#labels?.pending === true) this.#options.requestFrame();
  }

  /** Scene place to CSS px of the view. */
  readonly project = (xM: number, yM: number, upM: number): ScreenPoint => {
    const v = this.#v.set(xM, upM, -yM);
    const distanceM = v.distanceTo(this.camera.position);
    v.project(this.camera);
    return {
      x: (v.x * 0.5 + 0.5) * this.#width,
      y: (-v.y * 0.5 + 0.5) * this.#height,
      distanceM: v.z > 1 ? -1 : distanceM,
    };
  };

  /** The place on the ground under a point of the view; undefined in the sky. */
  pick(xPx: number, yPx: number): LatLon | undefined {
    const from = this.camera.position;
    const d = this.#v
      .set((xPx / this.#width) * 2 - 1, 1 - (yPx / this.#height) * 2, 0.5)
      .unproject(this.camera)
      .sub(from)
      .normalize();
    for (let t = 10; t < 6000; t += 4) {
      const x = from.x + d.x * t;
      const y = -(from.z + d.z * t);
      if (from.y + d.y * t <= this.#ground.heightAt(x, y)) return toLatLon(this.city.frame, x, y);
    }
    return undefined;
  }

  aircraftAt(xPx: number, yPx: number): string | undefined {
    let best: string | undefined;
    let nearest = SELECT_PX;
    for (const [uid, p] of this.parts.moving.placed) {
      const at = this.project(p.x, -p.z, p.y);
      const distance = Math.hypot(at.x - xPx, at.y - yPx);
      if (at.distanceM > 0 && distance < nearest) {
        nearest = distance;
        best = uid;
      }
    }
    return best;
  }

  dispose(): void {
    this.#forgetPoses();
    this.#texture?.dispose();
    this.parts.dispose();
  }

  #redraw(): void {
    const model = this.#model;
    if (model.theme !== this.#drawn?.theme) this.#paint(model.theme);
    const p = this.parts;
    drawStatic(model, {
      hidden: p.hidden,
      over: p.over,
      hiddenFill: p.hiddenFill,
      overFill: p.overFill,
      ground: this.#ground,
      inks: this.#inks,
    });
    drawPins(model, this.#ground, this.#inks, p.pins, p.sensors);
    const focus = model.focus;
    if (!sameFocus(focus, this.#drawn?.focus)) this.#stillVersion++;
    p.haze.focusRadius.value = focus?.radiusM ?? 0;
    if (focus !== undefined) {
      const { xM, yM } = this.#ground.local(focus.at);
      p.haze.focus.value.set(xM, -yM);
    }
    if (model.coverage !== this.#drawn?.coverage || model.theme !== this.#drawn?.theme) {
      const c = model.coverage;
      this.#stillVersion++;
      if (c === undefined) p.ground.setTint(undefined, [0, 0, 1, 1]);
      else p.ground.setTint(coverageTexture(c, model.theme), [c.x0M, c.y0M, c.widthM, c.heightM]);
    }
    this.#drawn = model;
  }

  #paint(theme: ThemeName): void {
    const palette = SCENE_PALETTE[theme];
    applyPalette(this.parts.haze, palette);
    this.parts.sky.paint(palette);
    this.parts.ground.shade(palette);
    this.parts.buildings.paint(palette);
    this.parts.trees?.paint(palette);
    this.#inks = inksOf(theme);
    this.#stillVersion++;
  }

  #fly(nowMs: number): void {
    if (this.#flyTo !== undefined) {
      this.#flight = {
        from: this.#pose,
        to: this.#flyTo,
        startMs: nowMs,
        durationMs: this.#options.reducedMotion ? 0 : FLY_MS,
      };
      this.#flyTo = undefined;
    }
    if (this.#flight === undefined) return;
    const { pose, done } = flightAt(this.#flight, nowMs);
    this.#pose = pose;
    this.#moved = true;
    if (done) this.#flight = undefined;
  }

  #aim(nowMs: number): void {
    this.#moved = false;
    this.#movedAtMs = nowMs;
    this.#stillVersion++;
    const p = this.#pose;
    this.camera.fov = p.fovDeg;
    this.camera.aspect = this.#width / Math.max(1, this.#height);
    this.camera.position.set(...eyeOf(p));
    this.camera.up.set(0, 1, 0);
    this.camera.lookAt(p.xM, p.upM, -p.yM);
    this.camera.updateProjectionMatrix();
    this.camera.updateMatrixWorld();
    // Haze keeps its place on the screen: near things stay clear from any distance.
    this.parts.haze.hazeNear.value = p.distanceM * 0.64;
    this.parts.haze.hazeFar.value = p.distanceM * 0.64 + 1750;
    this.#labels?.cameraMoved(nowMs);
  }
}

function sameFocus(a: SceneModel["focus"], b: SceneModel["focus"]): boolean {
  if (a === undefined || b === undefined) return a === b;
  return a.at.latDeg === b.at.latDeg && a.at.lonDeg === b.at.lonDeg && a.radiusM === b.radiusM;
}
