import { onBeforeUnmount, onMounted, ref, type Ref } from 'vue';

/** Whether an element has less room than so many rem: 大字 takes room as a small screen does, which a media query does not know. */
export function isNarrowerThan(element: Ref<HTMLElement | undefined>, rem: number): Ref<boolean> {
  const narrow = ref(false);
  let observer: ResizeObserver | undefined;
  const measure = (width: number): void => {
    narrow.value = width < rem * parseFloat(getComputedStyle(document.documentElement).fontSize);
  };
  onMounted(() => {
    if (!element.value || typeof ResizeObserver === 'undefined') return;
    measure(element.value.clientWidth);
    observer = new ResizeObserver(([seen]) => { if (seen) measure(seen.contentRect.width); });
    observer.observe(element.value);
  });
  onBeforeUnmount(() => observer?.disconnect());
  return narrow;
}
