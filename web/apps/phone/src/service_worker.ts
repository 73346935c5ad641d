/// <reference lib="webworker" />
// Opens the page without signal and keeps small pictures. It never touches a write: the outbox alone decides what is sent when.
import { clientsClaim } from 'workbox-core';
import { ExpirationPlugin } from 'workbox-expiration';
import { cleanupOutdatedCaches, createHandlerBoundToURL, precacheAndRoute } from 'workbox-precaching';
import { NavigationRoute, registerRoute } from 'workbox-routing';
import { CacheFirst } from 'workbox-strategies';
import { cacheName } from './kept/small_pictures';

declare const self: ServiceWorkerGlobalScope & { __WB_MANIFEST: { url: string; revision: string | null }[] };

void self.skipWaiting();
clientsClaim();
cleanupOutdatedCaches();
precacheAndRoute(self.__WB_MANIFEST);
registerRoute(new NavigationRoute(createHandlerBoundToURL('index.html')));
registerRoute(
  ({ url, request }) => request.method === 'GET' && /^\/api\/v1\/photos\/[0-9a-f-]{36}\/320$/.test(url.pathname),
  new CacheFirst({ cacheName, plugins: [new ExpirationPlugin({ maxEntries: 300, maxAgeSeconds: 70 * 24 * 3600, purgeOnQuotaError: true })] }),
);
