import { type Ref } from 'vue';
import { step, type Spot } from './sheet';

type Field = HTMLInputElement | HTMLTextAreaElement;

const hasText = (field: Element): field is Field =>
  field instanceof HTMLTextAreaElement || (field instanceof HTMLInputElement && field.type === 'text');

/** Walking with keys among the fields of a sheet; each carries `data-spot="row column"`. */
export function useWalking(sheet: Ref<HTMLElement | undefined>, columns: () => number, restore: (field: Field) => void) {
  const fields = () => [...sheet.value?.querySelectorAll<HTMLElement>('[data-spot]') ?? []].map((element) => {
    const [row = 0, column = 0] = (element.dataset.spot ?? '').split(' ').map(Number);
    return { element, row, column };
  });

  function focus(spot: Spot): void {
    const element = fields().find((one) => one.row === spot.row && one.column === spot.column)?.element;
    element?.focus();
    if (element && hasText(element)) element.select();
  }

  function walk(event: KeyboardEvent): void {
    const all = fields();
    const here = all.find((one) => one.element === event.target);
    if (!here) return;
    const field = here.element as Field;
    if (event.key === 'Escape') return restore(field);
    const caret = hasText(field)
      ? { start: field.selectionStart ?? 0, end: field.selectionEnd ?? 0, length: field.value.length } : undefined;
    const size = { rows: 1 + Math.max(...all.map((one) => one.row)), columns: columns() };
    const press = { key: event.key, shift: event.shiftKey, control: event.ctrlKey || event.metaKey, composing: event.isComposing };
    const next = step(press, here, size, caret);
    if (next) {
      event.preventDefault();
      focus(next);
    } else if (event.key === 'Enter' && !event.isComposing && caret) {
      // Enter in the last row has nowhere to go, and still keeps what was typed.
      event.preventDefault();
      field.blur();
    }
  }

  return { walk };
}
