import { reactive } from 'vue';

/** One line at the foot of the screen, with a way back where there is one: undo instead of asking first. */
export const toast = reactive<{ text: string; undo?: () => void | Promise<void>; turn: number }>({ text: '', turn: 0 });
let timer: ReturnType<typeof setTimeout> | undefined;

export function say(text: string, undo?: () => void | Promise<void>): void {
  clearTimeout(timer);
  Object.assign(toast, { text, undo, turn: toast.turn + 1 });
  timer = setTimeout(hush, undo ? undoTime : 4000);
}

export const undoTime = 8000;

export function hush(): void {
  clearTimeout(timer);
  Object.assign(toast, { text: '', undo: undefined });
}
