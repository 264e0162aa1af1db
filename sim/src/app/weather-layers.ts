import type { WorldInject } from "@outrider/contract";
import type { AirEnvironment } from "../air/index.js";

type Ordered = Omit<Extract<WorldInject, { kind: "weather" }>, "kind" | "seconds">;
type Air = Pick<AirEnvironment, "temperatureC" | "sky">;

/** Weather that a trainer or a scenario lays over that of the run: each layer says what it says, the later one over the earlier. */
export class WeatherLayers {
  readonly #read: () => Air;
  readonly #set: (air: Air) => void;
  #under: Air | undefined;
  #layers: readonly Ordered[] = [];

  constructor(read: () => Air, set: (air: Air) => void) {
    this.#read = read;
    this.#set = set;
  }

  /** Lays one on; what it gives back takes that one away, and what lay beneath is the weather again. */
  put(layer: Ordered): () => void {
    this.#under ??= this.#read();
    this.#layers = [...this.#layers, layer];
    this.#apply();
    return () => {
      this.#layers = this.#layers.filter((one) => one !== layer);
      this.#apply();
    };
  }

  /** Another run begins with its own weather. */
  forget(): void {
    this.#under = undefined;
    this.#layers = [];
  }

  #apply(): void {
    if (this.#under === undefined) return;
    this.#set(this.#layers.reduce(over, this.#under));
    if (this.#layers.length === 0) this.#under = undefined;
  }
}

const over = ({ temperatureC, sky }: Air, layer: Ordered): Air => ({
  temperatureC: layer.temperatureC ?? temperatureC,
  sky: {
    rain: layer.rain ?? sky?.rain ?? "none",
    visibilityM: layer.visibilityM ?? sky?.visibilityM,
    ceilingAglM: layer.ceilingAglM ?? sky?.ceilingAglM,
  },
});
