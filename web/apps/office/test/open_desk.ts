import { flushPromises, mount, type VueWrapper } from '@vue/test-utils';
import { expect, vi } from 'vitest';
import type { Link } from '../src/session/link';

/** The whole desk on a fresh page: its state is module state, so every test imports it anew. */
export async function openDesk(hash = '#/', link?: Link): Promise<VueWrapper> {
  vi.resetModules();
  location.hash = hash;
  window.scrollTo = () => undefined;
  HTMLDialogElement.prototype.showModal = function () { this.open = true; };
  HTMLDialogElement.prototype.close = function () { this.open = false; };
  const [{ default: Desk }, { deskRouter }] = await Promise.all([import('../src/Desk.vue'), import('../src/routes')]);
  const router = deskRouter();
  const wrapper = mount(Desk, { props: { link }, global: { plugins: [router] }, attachTo: document.body });
  await router.isReady();
  await sees(() => expect(wrapper.find('.w-loading').exists() || !wrapper.find('h1, .w-error').exists()).toBe(false));
  return wrapper;
}

/** Rooms arrive as chunks and answers as promises: a test waits for what it expects to see, however slow the machine. */
export const sees = (check: () => void): Promise<void> => vi.waitFor(async () => { await flushPromises(); check(); }, { timeout: 20_000, interval: 10 });
