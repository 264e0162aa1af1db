export type BoundsM = {
  readonly eastMinM: number;
  readonly northMinM: number;
  readonly eastMaxM: number;
  readonly northMaxM: number;
};

export function boundsHold(bounds: BoundsM, eastM: number, northM: number): boolean {
  return (
    eastM >= bounds.eastMinM && eastM <= bounds.eastMaxM && northM >= bounds.northMinM && northM <= bounds.northMaxM
  );
}
