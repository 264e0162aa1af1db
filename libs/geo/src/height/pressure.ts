const SCALE_FT = 145_366.45;
const EXPONENT = 0.190_284;
const STANDARD_HPA = 1013.25;

/** Pressure altitude in feet of a static pressure; ADS-B `alt_baro` is this, not AMSL. */
export function pressureAltFt(pressureHpa: number): number {
  return SCALE_FT * (1 - (pressureHpa / STANDARD_HPA) ** EXPONENT);
}

/** Height above mean sea level in feet of a pressure altitude, at the given QNH. */
export function amslFtFromPressureAlt(altBaroFt: number, qnhHpa: number): number {
  return altBaroFt - pressureAltFt(qnhHpa);
}
