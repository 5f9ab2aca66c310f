/** What nothing that is printed may hold: controls but a new line and a tab, C1, and what changes the direction of text. */
export const STEERING = /[^\P{Cc}\n\t]|\p{Bidi_Control}/u;

/** One of each kind: an escape with a colour and one that clears, bell, return, backspace, DEL, CSI of C1, marks, a tag. */
export const HOSTILE =
  "ca\u001b[31mna\u001b[2J\u0007\r\b\u007f\u009b2J\u0085\u202e\u2066\u061c\u200f\u2028\u{e0041}ry";
