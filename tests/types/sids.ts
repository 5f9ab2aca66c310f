/** A SID with a number in it that the eye can follow. */
export function sidOf(prefix: string, number = 1): string {
  return prefix + String(number).padStart(32, "0");
}

export const AC = sidOf("AC");
export const CH = sidOf("CH");
export const IS = sidOf("IS");
export const MB = sidOf("MB");
export const RL = sidOf("RL");
