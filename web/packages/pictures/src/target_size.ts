export interface Task { id: number; blob: Blob; longestSide: number; quality: number }
export interface Outcome { id: number; blob?: Blob; width?: number; height?: number; problem?: string }

/** The size to draw at; undefined when it is small enough as it is. */
export function targetSize(width: number, height: number, longest: number): { width: number; height: number } | undefined {
  const scale = longest / Math.max(width, height);
  if (scale >= 1) return undefined;
  return { width: Math.max(1, Math.round(width * scale)), height: Math.max(1, Math.round(height * scale)) };
}
