/**
 * Heights. N is the geoid undulation (HAE − AMSL) at the site: configuration, never guessed, because a sign error is
 * a 30 to 65 m error in the height of an aircraft. All in metres, formats/geodata.md section 1.
 */
export const haeFromAmslM = (altAmslM: number, geoidUndulationM: number): number => altAmslM + geoidUndulationM;
export const amslFromHaeM = (altHaeM: number, geoidUndulationM: number): number => altHaeM - geoidUndulationM;
export const aglFromAmslM = (altAmslM: number, groundAmslM: number): number => altAmslM - groundAmslM;
export const amslFromAglM = (altAglM: number, groundAmslM: number): number => altAglM + groundAmslM;
export const METRES_PER_FOOT = 0.3048;
export const metresFromFeet = (feet: number): number => feet * METRES_PER_FOOT;
export const feetFromMetres = (metres: number): number => metres / METRES_PER_FOOT;
