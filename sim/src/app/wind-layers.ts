export type Wind = { readonly windMps: number; readonly fromDeg: number; readonly gustMps: number };

type Front = { readonly to: Wind; readonly part: number };

/** What a trainer blows over the wind of the scenario: taken away, what blew before blows again. */
export class WindLayers {
  readonly #read: () => Wind;
  readonly #set: (wind: Wind) => void;
  #scenario: Wind | undefined;
  #wind: Wind | undefined;
  #front: Front | undefined;

  constructor(read: () => Wind, set: (wind: Wind) => void) {
    this.#read = read;
    this.#set = set;
  }

  /** Another wind; without one the scenario's. */
  blow(wind: Wind | undefined): void {
    this.#keep();
    this.#wind = wind;
    this.#apply();
  }

  /** A gust front over it, of which this part has come; without one the wind beneath it. */
  front(front: Front | undefined): void {
    this.#keep();
    this.#front = front;
    this.#apply();
  }

  /** Another run begins with its own wind. */
  forget(): void {
    this.#scenario = undefined;
    this.#wind = undefined;
    this.#front = undefined;
  }

  #keep(): void {
    this.#scenario ??= this.#read();
  }

  #apply(): void {
    const under = this.#wind ?? this.#scenario;
    if (under === undefined) return;
    this.#set(this.#front === undefined ? under : mixed(under, this.#front));
    if (this.#wind === undefined && this.#front === undefined) this.#scenario = undefined;
  }
}

const mixed = (under: Wind, { to, part }: Front): Wind => ({
  windMps: under.windMps + (to.windMps - under.windMps) * part,
  // The direction turns with the front itself, not through the compass.
  fromDeg: part > 0 ? to.fromDeg : under.fromDeg,
  gustMps: under.gustMps + (to.gustMps - under.gustMps) * part,
});
