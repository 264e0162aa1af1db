/** A street of a test's city file, 10 m wide, by its corners in decimetres east and north of the origin. */
export const street = (name: string, pointsDm: number[]) => ({
  id: name,
  name,
  kind: "street",
  widthM: 10,
  oneWay: false,
  level: 0,
  pointsDm,
});
