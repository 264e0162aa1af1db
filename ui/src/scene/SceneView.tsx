import { Canvas, useFrame, useThree } from "@react-three/fiber";
import { type ReactNode, type Ref, useEffect, useImperativeHandle, useMemo, useRef, useState } from "react";
import { LinearSRGBColorSpace, NoToneMapping } from "three";
import {
  type Box,
  type CameraPose,
  type Detail,
  LabelDirector,
  type PoseSource,
  SceneEngine,
  type SceneModel,
  type SceneWords,
} from "../map/index.js";
import { SCENE_PALETTE } from "../theme/index.js";
import type { CityModel, LatLon } from "../world/index.js";
import { attachPointer } from "./camera/pointerControls.js";
import { framePacer } from "./io/framePacer.js";
import { groundBaker } from "./io/groundBaker.js";
import { labelPainter } from "./io/labelPainter.js";

/** What a desk can ask of its scene. Bound to keys Home, L and V by the desk. */
export interface SceneHandle {
  home(): void;
  topDown(): void;
  lookAtAircraft(uid: string): void;
  lookAt(at: LatLon): void;
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

const NO_BOXES: readonly Box[] = [];

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
  const [detail, setDetail] = useState<Detail | "dead">("full");
  const invalidate = useRef<() => void>(() => undefined);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the home view is read once, a new object must not rebuild the city.
  const engine = useMemo(() => {
    if (detail === "dead") return undefined;
    const reducedMotion = matchMedia("(prefers-reduced-motion: reduce)").matches;
    return new SceneEngine(city, {
      detail,
      reducedMotion,
      home: props.home ?? homePose(city),
      requestFrame: () => invalidate.current(),
    });
  }, [city, detail]);
  useEffect(() => () => engine?.dispose(), [engine]);
  useImperativeHandle(handle, () => handleOf(engine), [engine]);
  useEngineInputs(engine, props, names);
  usePointer(engine, frame, props);
  if (engine === undefined) return <DeadScene onAgain={() => setDetail("simple")} />;
  return (
    <section ref={frame} className="scene" aria-label="Map">
      <Canvas
        frameloop="demand"
        flat
        linear
        dpr={detail === "simple" ? 1 : [1, 2]}
        camera={engine.camera}
        gl={{ antialias: detail === "full", powerPreference: "high-performance" }}
        onCreated={({ gl }) => {
          gl.toneMapping = NoToneMapping;
          gl.outputColorSpace = LinearSRGBColorSpace;
          gl.domElement.addEventListener("webglcontextlost", () => setDetail("dead"));
        }}
        fallback={<p>Map detail needs WebGL. Strips, alarms and orders work without it.</p>}
      >
        <Pump
          engine={engine}
          invalidate={invalidate}
          onReady={props.onReady}
          onSlow={() => setDetail("simple")}
          detail={detail}
        />
      </Canvas>
      <div ref={names} className="scene-overlay" aria-hidden="true" />
      <p className="sr-only">{twin}</p>
      {detail === "simple" && <span className="scene-chip scene-simple">Simple map</span>}
      {city.attribution !== "" && <span className="scene-attribution">{city.attribution}</span>}
      {props.children}
    </section>
  );
}

function handleOf(engine: SceneEngine | undefined): SceneHandle {
  return {
    home: () => engine?.home(),
    topDown: () => engine?.toggleTopDown(),
    lookAtAircraft: (uid) => engine?.lookAtAircraft(uid),
    lookAt: (at) => engine?.lookAt(at),
  };
}

function useEngineInputs(
  engine: SceneEngine | undefined,
  props: SceneViewProps,
  names: { readonly current: HTMLDivElement | null },
): void {
  const { city, model, poses, words, keepOut = NO_BOXES, groundPx = 4096 } = props;
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
    if (director !== undefined) director.keepOut = keepOut;
    engine?.setModel(model);
  }, [engine, model, director, keepOut]);
  const theme = model.theme;
  useEffect(() => {
    if (engine === undefined) return;
    const baker = groundBaker(groundPx);
    baker.bake(`${city.id}:${theme}`, city, SCENE_PALETTE[theme], (picture) => engine.setGroundPicture(picture));
    return () => baker.dispose();
  }, [engine, city, theme, groundPx]);
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
        const uid = engine.aircraftAt(x, y);
        if (uid !== undefined) return latest.current.onPickAircraft?.(uid);
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
  readonly detail: Detail | "dead";
}

const SLOW_FRAME_MS = 120;
const SLOW_FRAMES = 12;

/** Joins the engine to the renderer: size, frames on demand, and a look at how slow they are. */
function Pump({ engine, invalidate, onReady, onSlow, detail }: PumpProps): ReactNode {
  const { invalidate: ask, size, gl } = useThree();
  const slow = useRef({ slowInARow: 0, frames: 0 });
  const pacer = useMemo(() => framePacer(() => ask()), [ask]);
  useEffect(() => {
    invalidate.current = () => pacer.request();
    pacer.request();
    return () => pacer.dispose();
  }, [pacer, invalidate]);
  useEffect(() => engine.resize(size.width, size.height, gl.getPixelRatio()), [engine, size, gl]);
  useFrame(() => {
    const s = slow.current;
    s.frames++;
    s.slowInARow = pacer.costMs() > SLOW_FRAME_MS ? s.slowInARow + 1 : 0;
    if (detail === "full" && s.slowInARow === SLOW_FRAMES) onSlow();
    pacer.began();
    engine.frame(performance.now());
    if (s.frames === 2) onReady?.();
  });
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
