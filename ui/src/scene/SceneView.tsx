import { Canvas, useFrame, useThree } from "@react-three/fiber";
import { type ReactNode, type Ref, useEffect, useImperativeHandle, useMemo, useRef, useState } from "react";
import { LinearSRGBColorSpace, NoToneMapping } from "three";
import {
  type Box,
  type CameraPose,
  LabelDirector,
  type PoseSource,
  SceneEngine,
  type SceneModel,
  type SceneWords,
} from "../map/index.js";
import { SCENE_PALETTE } from "../theme/index.js";
import { type CityModel, type LatLon, toLatLon } from "../world/index.js";
import { attachPointer } from "./camera/pointerControls.js";
import { framePacer } from "./io/framePacer.js";
import { groundBaker } from "./io/groundBaker.js";
import { labelPainter } from "./io/labelPainter.js";
import { drawsOnProcessor } from "./io/weakGpu.js";
import { StillCache } from "./stillCache.js";

/** What a desk can ask of its scene. Bound to keys Home, L and V by the desk. */
export interface SceneHandle {
  home(): void;
  topDown(): void;
  lookAtAircraft(uid: string): void;
  lookAt(at: LatLon): void;
  /** Brings these places into view where one of them is not. */
  show(places: readonly LatLon[]): void;
  /** The ground under a place of the view, in CSS px from its upper left; undefined over the sky. */
  groundAt(xPx: number, yPx: number): LatLon | undefined;
  /** What the eye looks at, and which way it looks, clockwise from north; undefined while the scene is dead. */
  centre(): { readonly at: LatLon; readonly bearingDeg: number } | undefined;
}

export interface SceneViewProps {
  readonly city: CityModel;
  readonly model: SceneModel;
  readonly poses: PoseSource;
  readonly words: SceneWords;
  readonly home?: CameraPose;
  /** The scene in words, for screen readers. */
  readonly twin: string;
  readonly keepOut?: readonly Box[];
  /** 4096 px ground on a real GPU; tests and phones take less. */
  readonly groundPx?: number;
  readonly onPickGround?: (at: LatLon) => void;
  readonly onPickAircraft?: (uid: string) => void;
  readonly onReady?: () => void;
  readonly handle?: Ref<SceneHandle>;
  readonly children?: ReactNode;
}

/** How the scene is drawn: whole each frame, its city kept as a picture, that without trees and edges, or not at all. */
type Look = "plain" | "cached" | "simple" | "dead";

const NO_BOXES: readonly Box[] = [];
/** Sending 4096 px to a processor that draws by itself holds the page up for five seconds. */
const WEAK_GROUND_PX = 2048;

/** Whole city from the south-west, as a first look. */
export function homePose(city: CityModel): CameraPose {
  return {
    xM: city.centreXM,
    yM: city.centreYM,
    upM: 60,
    distanceM: city.radiusM * 1.05,
    bearingDeg: 170,
    pitchDeg: 31,
    fovDeg: 43,
  };
}

export function SceneView(props: SceneViewProps): ReactNode {
  const { city, twin, handle } = props;
  const frame = useRef<HTMLDivElement>(null);
  const names = useRef<HTMLDivElement>(null);
  const [look, setLook] = useState<Look>(() => (drawsOnProcessor() ? "cached" : "plain"));
  const weak = useRef(look !== "plain");
  const invalidate = useRef<() => void>(() => undefined);
  const engine = useEngine(props, look === "dead", weak.current, invalidate);
  const again = (): void => {
    weak.current = true;
    setLook("simple");
  };
  useImperativeHandle(handle, () => handleOf(engine), [engine]);
  useEngineInputs(engine, props, names, weak.current);
  usePointer(engine, frame, props);
  if (engine === undefined) return <DeadScene onAgain={again} />;
  return (
    <section ref={frame} className="scene" aria-label="Map">
      <Canvas
        frameloop="demand"
        flat
        linear
        dpr={look === "plain" ? [1, 2] : 1}
        camera={engine.camera}
        gl={{ antialias: !weak.current, powerPreference: "high-performance" }}
        onCreated={({ gl }) => {
          gl.toneMapping = NoToneMapping;
          gl.outputColorSpace = LinearSRGBColorSpace;
          gl.domElement.addEventListener("webglcontextlost", () => setLook("dead"));
        }}
        fallback={<p>Map detail needs WebGL. Strips, alarms and orders work without it.</p>}
      >
        <Pump
          engine={engine}
          invalidate={invalidate}
          onReady={props.onReady}
          onSlow={() => setLook((l) => (l === "plain" ? "cached" : "simple"))}
          look={look}
        />
      </Canvas>
      <div ref={names} className="scene-overlay" aria-hidden="true" />
      <p className="sr-only">{twin}</p>
      {look === "simple" && <span className="scene-chip scene-simple">Simple map</span>}
      {city.attribution !== "" && <span className="scene-attribution">{city.attribution}</span>}
      {props.children}
    </section>
  );
}

function useEngine(
  { city, home }: SceneViewProps,
  dead: boolean,
  weak: boolean,
  invalidate: { readonly current: () => void },
): SceneEngine | undefined {
  // biome-ignore lint/correctness/useExhaustiveDependencies: the home view is read once, a new object must not rebuild the city.
  const engine = useMemo(() => {
    if (dead) return undefined;
    const reducedMotion = matchMedia("(prefers-reduced-motion: reduce)").matches;
    return new SceneEngine(city, {
      detail: "full",
      weak,
      reducedMotion,
      home: home ?? homePose(city),
      requestFrame: () => invalidate.current(),
    });
  }, [city, dead]);
  useEffect(() => () => engine?.dispose(), [engine]);
  return engine;
}

function handleOf(engine: SceneEngine | undefined): SceneHandle {
  return {
    home: () => engine?.home(),
    topDown: () => engine?.toggleTopDown(),
    lookAtAircraft: (uid) => engine?.lookAtAircraft(uid),
    lookAt: (at) => engine?.lookAt(at),
    show: (places) => engine?.show(places),
    groundAt: (xPx, yPx) => engine?.pick(xPx, yPx),
    centre: () =>
      engine === undefined
        ? undefined
        : {
            at: toLatLon(engine.city.frame, engine.pose.xM, engine.pose.yM),
            bearingDeg: engine.pose.bearingDeg,
          },
  };
}

function useEngineInputs(
  engine: SceneEngine | undefined,
  props: SceneViewProps,
  names: { readonly current: HTMLDivElement | null },
  weak: boolean,
): void {
  const { city, model, poses, words, keepOut = NO_BOXES } = props;
  const groundPx = weak ? WEAK_GROUND_PX : (props.groundPx ?? 4096);
  const [director, setDirector] = useState<LabelDirector>();
  useEffect(() => engine?.setPoses(poses), [engine, poses]);
  useEffect(() => {
    if (engine === undefined || names.current === null) return;
    const painter = labelPainter(names.current);
    const made = new LabelDirector(painter, words);
    engine.setLabels(made);
    setDirector(made);
    return () => {
      engine.setLabels(undefined);
      painter.dispose();
    };
  }, [engine, words, names]);
  useEffect(() => {
    if (director !== undefined) director.keepOut = [...keepOut, ...lyingOver(names.current)];
    engine?.setModel(model);
  }, [engine, model, director, keepOut, names]);
  const theme = model.theme;
  useEffect(() => {
    if (engine === undefined) return;
    const baker = groundBaker(groundPx);
    baker.bake(`${city.id}:${theme}`, city, SCENE_PALETTE[theme], (picture) => engine.setGroundPicture(picture));
    return () => baker.dispose();
  }, [engine, city, theme, groundPx]);
}

/** Boxes of what the desk lays over the map, so that no name is placed where nobody can read it. */
function lyingOver(names: HTMLElement | null): readonly Box[] {
  const view = names?.getBoundingClientRect();
  if (view === undefined) return NO_BOXES;
  return [...document.querySelectorAll(".scene-chip, .scene-attribution, [data-over-map]")].flatMap((node): Box[] => {
    const b = node.getBoundingClientRect();
    const meets = b.right > view.left && b.left < view.right && b.bottom > view.top && b.top < view.bottom;
    return meets && b.width > 0 ? [[b.left - view.left, b.top - view.top, b.width, b.height]] : [];
  });
}

function usePointer(
  engine: SceneEngine | undefined,
  frame: { readonly current: HTMLElement | null },
  props: SceneViewProps,
): void {
  const latest = useRef(props);
  latest.current = props;
  useEffect(() => {
    const view = frame.current?.querySelector("canvas");
    if (engine === undefined || !(view instanceof HTMLElement)) return;
    return attachPointer(view, {
      pose: () => engine.pose,
      move: (pose) => engine.moveTo(pose),
      onHold: (held) => engine.hold(held),
      farthestM: engine.city.radiusM * 2.2,
      onTap(x, y) {
        const { onPickAircraft } = latest.current;
        const uid = onPickAircraft === undefined ? undefined : engine.aircraftAt(x, y);
        if (uid !== undefined) return onPickAircraft?.(uid);
        const at = engine.pick(x, y);
        if (at !== undefined) latest.current.onPickGround?.(at);
      },
    });
  }, [engine, frame]);
}

interface PumpProps {
  readonly engine: SceneEngine;
  readonly invalidate: { current: () => void };
  readonly onReady: (() => void) | undefined;
  readonly onSlow: () => void;
  readonly look: Look;
}

const SLOW_FRAME_MS = 120;
const SLOW_FRAMES = 12;
/** A whole city drawn once after the camera came to rest may take this long; beyond it details go. */
const SLOW_REST_MS = 1200;
const SLOW_RESTS = 3;

/** Joins the engine to the renderer: size, frames on demand, and a look at how slow they are. */
function Pump({ engine, invalidate, onReady, onSlow, look }: PumpProps): ReactNode {
  const { invalidate: ask, size, gl } = useThree();
  const slow = useRef({ slowInARow: 0, slowRests: 0, frames: 0 });
  const pacer = useMemo(() => framePacer(() => ask()), [ask]);
  const plain = look === "plain";
  const drew = useRef<"coarse" | "fine" | "kept">("kept");
  const cache = useMemo(() => (plain ? undefined : new StillCache()), [plain]);
  useEffect(() => () => cache?.dispose(), [cache]);
  useEffect(() => {
    invalidate.current = () => pacer.request();
    pacer.request();
    return () => pacer.dispose();
  }, [pacer, invalidate]);
  useEffect(() => engine.resize(size.width, size.height, gl.getPixelRatio()), [engine, size, gl]);
  // A priority above 0 says that the frame is drawn here.
  useFrame(({ scene }) => {
    const s = slow.current;
    s.frames++;
    s.slowInARow = pacer.costMs() > SLOW_FRAME_MS ? s.slowInARow + 1 : 0;
    if (plain && s.slowInARow === SLOW_FRAMES) onSlow();
    // The first drawing also sends the whole city: only a later one tells how slow the machine is.
    if (look === "cached" && drew.current === "fine" && s.frames > SLOW_FRAMES) {
      s.slowRests = pacer.costMs() > SLOW_REST_MS ? s.slowRests + 1 : 0;
      if (s.slowRests === SLOW_RESTS) onSlow();
    }
    pacer.began();
    const nowMs = performance.now();
    engine.frame(nowMs);
    if (cache === undefined) gl.render(scene, engine.camera);
    else drew.current = cache.draw(gl, scene, engine, nowMs, look === "cached");
    if (drew.current === "coarse") pacer.request();
    if (s.frames === 2) onReady?.();
  }, 1);
  return <primitive object={engine.parts.root} />;
}

function DeadScene({ onAgain }: { readonly onAgain: () => void }): ReactNode {
  return (
    <section className="scene scene-dead" aria-label="Map">
      <h2>Map detail stopped</h2>
      <p>
        The drawing failed. Strips, alarms and orders still work.{" "}
        <button type="button" onClick={onAgain}>
          Draw it again
        </button>
      </p>
    </section>
  );
}
