import { computed, ref, type ComputedRef } from 'vue';
import { useRoute, useRouter } from 'vue-router';

/** What a row is ordered by under one head of its table; rows without it stand last either way. */
export type OrderKeys<T> = Record<string, (row: T) => string | number | undefined>;

export interface Ordering<T> {
  rows: ComputedRef<T[]>;
  direction: (by: string) => 'ascending' | 'descending' | undefined;
  turn: (by: string) => void;
}

const words = new Intl.Collator('zh-CN', { numeric: true });

function compared(a: string | number, b: string | number): number {
  return typeof a === 'number' && typeof b === 'number' ? a - b : words.compare(String(a), String(b));
}

/** Orders rows that are all here by a head a person picks: ascending, descending, then as they came. */
export function useOrder<T>(rows: () => readonly T[], keys: OrderKeys<T>): Ordering<T> {
  const by = ref('');
  const descending = ref(false);
  return {
    rows: computed(() => {
      const key = keys[by.value];
      if (!key) return [...rows()];
      return [...rows()].sort((a, b) => {
        const [one, other] = [key(a), key(b)];
        if (one === undefined || other === undefined) return Number(one === undefined) - Number(other === undefined);
        return descending.value ? compared(other, one) : compared(one, other);
      });
    }),
    direction: (one) => (one !== by.value ? undefined : descending.value ? 'descending' : 'ascending'),
    turn(one) {
      if (one !== by.value) [by.value, descending.value] = [one, false];
      else if (!descending.value) descending.value = true;
      else by.value = '';
    },
  };
}

export interface ServerOrdering {
  /** As the server takes it: a head, or - and a head; nothing for the list's own order. */
  order: ComputedRef<string | undefined>;
  direction: (by: string) => 'ascending' | 'descending' | undefined;
  turn: (by: string) => void;
}

/** Has the server order a list by a head a person picks: ascending, descending, then as it stands by itself. Kept in the address. */
export function useServerOrder(): ServerOrdering {
  const route = useRoute();
  const router = useRouter();
  const order = computed(() => (typeof route.query.order === 'string' && route.query.order) || undefined);
  return {
    order,
    direction: (by) => (order.value === by ? 'ascending' : order.value === `-${by}` ? 'descending' : undefined),
    turn(by) {
      const next = order.value === by ? `-${by}` : order.value === `-${by}` ? undefined : by;
      void router.replace({ query: { ...route.query, order: next } });
    },
  };
}
