import { reactive } from 'vue';

/** How a round of sending ended. `elsewhere`: another tab is sending. */
export type Round = 'done' | 'unreachable' | 'signed_out' | 'elsewhere' | 'nobody';

/** What is under way just now, for the screen: counted since this page was opened. */
export const sending = reactive<{ busy: boolean; activities: number; photos: number }>({ busy: false, activities: 0, photos: 0 });
