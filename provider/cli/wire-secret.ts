/** The key by which the engine marks a value of a special kind on the wire and in files (`resource.SigKey`). */
export const SIGNATURE = "4dabf18193072939515e22adb298388d";
/** The mark of a secret (`resource.SecretSig`). */
export const SECRET_SIGNATURE = "1b47061264138c4ac30d75fd1eb44270";
