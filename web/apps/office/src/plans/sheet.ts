export interface Spot { row: number; column: number }

/** The caret in the cell's own field; a kind of field without a caret (a date) has none. */
export interface Caret { start: number; end: number; length: number }

export interface Press { key: string; shift?: boolean; control?: boolean; composing?: boolean }

/**
 * Where a key leads in a sheet whose cells are ordinary fields. Arrows to the side leave a cell only from its
 * edge, or while all of it is selected as it is after arriving; so typing into a text stays typing, with an
 * input method as without. `undefined` leaves the key to the browser.
 */
export function step(press: Press, at: Spot, size: { rows: number; columns: number }, caret?: Caret): Spot | undefined {
  if (press.composing) return undefined;
  const whole = !!caret && caret.start === 0 && caret.end === caret.length;
  const go = (row: number, column: number): Spot | undefined =>
    row >= 0 && row < size.rows && column >= 0 && column < size.columns ? { row, column } : undefined;
  switch (press.key) {
    case 'Enter': return go(at.row + (press.shift ? -1 : 1), at.column);
    // In a date the arrows turn the day; with Control they walk like everywhere.
    case 'ArrowUp': return caret || press.control ? go(at.row - 1, at.column) : undefined;
    case 'ArrowDown': return caret || press.control ? go(at.row + 1, at.column) : undefined;
    case 'ArrowLeft': return press.control || (caret && (whole || (caret.start === 0 && caret.end === 0))) ? go(at.row, at.column - 1) : undefined;
    case 'ArrowRight': return press.control || (caret && (whole || caret.start === caret.length)) ? go(at.row, at.column + 1) : undefined;
    case 'Home': return press.control ? go(0, 0) : undefined;
    case 'End': return press.control ? go(size.rows - 1, size.columns - 1) : undefined;
    default: return undefined;
  }
}
