import { createRouter, createWebHistory } from 'vue-router';
import Today from './today/Today.vue';
import { session } from './session/session';

export const router = createRouter({
  history: createWebHistory('/phone/'),
  scrollBehavior: (_to, _from, saved) => saved ?? { top: 0 },
  routes: [
    { path: '/', name: 'today', component: Today },
    { path: '/record/:key?', name: 'record', component: () => import('./activities/Record.vue') },
    { path: '/album', name: 'album', component: () => import('./activities/Album.vue') },
    { path: '/activities', name: 'activities', component: () => import('./activities/Activities.vue') },
    { path: '/activities/:key', name: 'activity', component: () => import('./activities/Activity.vue') },
    { path: '/reports', name: 'reports', component: () => import('./reports/HandIn.vue') },
    { path: '/reports/:month(\\d{4}-\\d{2})', name: 'report', component: () => import('./reports/Report.vue') },
    { path: '/reports/:month(\\d{4}-\\d{2})/preview', name: 'preview', component: () => import('./reports/Preview.vue') },
    { path: '/reports/:month(\\d{4}-\\d{2})/receipt', name: 'receipt', component: () => import('./reports/Receipt.vue') },
    { path: '/plan', name: 'plan', component: () => import('./plans/Plan.vue') },
    { path: '/plan/rows/:row?', name: 'row', component: () => import('./plans/PlanRow.vue') },
    { path: '/outbox', name: 'outbox', component: () => import('./outbox/Outbox.vue') },
    { path: '/mine', name: 'mine', component: () => import('./mine/Mine.vue') },
    { path: '/mine/password', name: 'password', component: () => import('./mine/Password.vue') },
    { path: '/sign-in', name: 'sign-in', component: () => import('./session/SignIn.vue'), meta: { open: true } },
    { path: '/demo', name: 'demo', component: () => import('./session/DemoLink.vue'), meta: { open: true } },
    { path: '/invitation', name: 'invitation', component: () => import('./session/Invitation.vue'), meta: { open: true } },
    { path: '/password-reset', name: 'password-reset', component: () => import('./session/Invitation.vue'), meta: { open: true } },
    { path: '/setup', name: 'setup', component: () => import('./session/Setup.vue'), meta: { open: true } },
    { path: '/:rest(.*)*', name: 'gone', component: () => import('./Gone.vue') },
  ],
});

// An ended session does not close the page: what is kept can be read and recording goes on.
router.beforeEach((to) => {
  if (!to.meta.open && !session.me) return { name: 'sign-in', query: to.fullPath === '/' ? {} : { next: to.fullPath } };
  return true;
});
