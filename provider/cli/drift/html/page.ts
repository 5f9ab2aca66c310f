import type { Report } from "../report";

export function htmlText(_report: Report): string {
  return "";
}
