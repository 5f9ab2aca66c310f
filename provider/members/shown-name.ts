const MAX_LENGTH = 60;

/** A name out of a file for a message: in one line, not too long, in quotation marks where it is not plain. */
export function shownName(name: string): string {
  const short = name.length > MAX_LENGTH ? `${name.slice(0, MAX_LENGTH)}…` : name;
  return /^[\p{L}\p{N}\p{M}_+:@.…-]+$/u.test(short) ? short : JSON.stringify(short);
}
