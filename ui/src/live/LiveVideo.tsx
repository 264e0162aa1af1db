import { type ReactNode, useEffect, useRef } from "react";
import { useLive } from "./hooks.js";
import { type PlayerNews, VideoPlayer } from "./videoPlayer.js";

export type VideoNews = PlayerNews;

export interface LiveVideoProps {
  readonly cameraId: string;
  readonly label: string;
  /** Called outside React for every frame: keep it cheap, copy what you need. */
  readonly onNews?: (news: VideoNews) => void;
}

/** A canvas that shows one camera of the live wire for as long as it is mounted. */
export function LiveVideo({ cameraId, label, onNews }: LiveVideoProps): ReactNode {
  const live = useLive();
  const canvas = useRef<HTMLCanvasElement>(null);
  const news = useRef(onNews);
  news.current = onNews;
  useEffect(() => {
    if (canvas.current === null) return;
    const player = new VideoPlayer(canvas.current, (n) => news.current?.(n));
    const leave = live.watchVideo(cameraId, (unit) => player.push(unit));
    return () => {
      leave();
      player.close();
    };
  }, [live, cameraId]);
  return <canvas ref={canvas} width={640} height={360} aria-label={label} role="img" />;
}
