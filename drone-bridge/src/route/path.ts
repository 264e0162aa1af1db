/** One peer on one link: the only unit that bytes are sent to. */
export type Path = {
  readonly key: string;
  readonly link: string;
  readonly peer: string;
  readonly signed: boolean;
};
