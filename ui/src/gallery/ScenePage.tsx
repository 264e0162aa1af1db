import { type ReactNode, useMemo } from "react";
import { poseFrom, SceneView } from "../scene/index.js";
import type { ThemeName } from "../theme/index.js";
import type { CityModel } from "../world/index.js";
import { samplePoses, sampleScene } from "./sampleScene.js";

const WORDS = {
  height: (m: number): string => `${Math.round(m / 0.3048)} ft`,
  age: (ms: number): string => `${(ms / 1000).toFixed(1)} s`,
};

export function ScenePage({
  city,
  theme,
  px,
}: {
  readonly city: CityModel;
  readonly theme: ThemeName;
  readonly px: number;
}): ReactNode {
  const model = useMemo(() => sampleScene(city, theme), [city, theme]);
  const poses = useMemo(() => samplePoses(city), [city]);
  const home = useMemo(() => poseFrom([-60, 1490, 690], [225, 255, 75], 37), []);
  return (
    <SceneView city={city} model={model} poses={poses} words={WORDS} home={home} twin="" groundPx={px}>
      <span className="scene-chip">
        <b>Time to arrive</b>OSPREY from Dock A, with this wind
      </span>
    </SceneView>
  );
}
