import { ref, shallowRef, watch } from 'vue';
import type { Destination } from './tray';
import type { PictureKey } from './understanding';

/** The picture that is being dragged over the tray, if any. */
export const dragged = shallowRef<PictureKey>();

/** What an element needs to take a picture that is dropped on it: `v-bind="dropOn(name, destination)"`. Nothing moves on the page meanwhile. */
export function useDropping(take: (picture: PictureKey, to: Destination) => void) {
  const over = ref('');
  watch(dragged, (now) => { if (!now) over.value = ''; });
  return (name: string, to: Destination) => ({
    class: { 'drop--over': over.value === name },
    onDragover(event: DragEvent): void {
      if (!dragged.value) return;
      event.preventDefault();
      over.value = name;
    },
    onDrop(event: DragEvent): void {
      if (!dragged.value) return;
      event.preventDefault();
      take(dragged.value, to);
      dragged.value = undefined;
    },
  });
}
