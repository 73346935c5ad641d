import { createRouter, createWebHashHistory, type RouteRecordRaw } from 'vue-router';
import Board from './board/Board.vue';

// Addresses stand behind the #, so that any static server (and a file opened by --web-dir) serves the desk.
const routes: RouteRecordRaw[] = [
  { path: '/', name: 'board', component: Board },
  { path: '/filing', name: 'filing', component: () => import('./filing/Filing.vue') },
  { path: '/reminders', name: 'reminders', component: () => import('./reminders/Reminders.vue') },
  { path: '/reports', name: 'reports', component: () => import('./reports/ReportList.vue') },
  { path: '/reports/:campaign/:place/:month', name: 'report', props: true, component: () => import('./reports/ReportPage.vue') },
  { path: '/summaries/:campaign/:place', name: 'summary', props: true, component: () => import('./summaries/SummaryPage.vue') },
  { path: '/plans', name: 'plans', component: () => import('./plans/Plans.vue') },
  { path: '/plans/calendar', name: 'plan-calendar', component: () => import('./plans/PlanCalendar.vue') },
  { path: '/plans/:campaign/:place', name: 'plan', props: true, component: () => import('./plans/PlanPage.vue') },
  { path: '/activities', name: 'activities', component: () => import('./activities/Ledger.vue') },
  { path: '/activities/new', name: 'activity-new', component: () => import('./activities/NewActivity.vue') },
  { path: '/activities/:id', name: 'activity', props: true, component: () => import('./activities/ActivityPage.vue') },
  { path: '/appraisal', name: 'appraisal', component: () => import('./appraisal/AppraisalPage.vue') },
  { path: '/appraisal/:campaign/:place', name: 'appraisal-place', props: true, component: () => import('./appraisal/EvidencePage.vue') },
  { path: '/coverage', name: 'coverage', component: () => import('./coverage/CoveragePage.vue') },
  { path: '/towns', name: 'towns', component: () => import('./district/DistrictPage.vue') },
  { path: '/sites', name: 'sites', component: () => import('./sites/SitesPage.vue') },
  { path: '/suggestions', name: 'suggestions', component: () => import('./suggestions/SuggestionsPage.vue') },
  { path: '/suggestions/posters/:place?', name: 'posters', props: true, component: () => import('./suggestions/Posters.vue') },
  { path: '/mail', name: 'mail', component: () => import('./mailbox/MailList.vue') },
  { path: '/mail/:letter', name: 'letter', props: true, component: () => import('./mailbox/TrayPage.vue') },
  { path: '/people', name: 'people', component: () => import('./people/People.vue') },
  { path: '/campaign', name: 'campaign', component: () => import('./campaign/CampaignPage.vue') },
  { path: '/settings', name: 'settings', component: () => import('./settings/Settings.vue') },
  { path: '/:rest(.*)*', redirect: '/' },
];

export const deskRouter = () => createRouter({
  history: createWebHashHistory(),
  routes,
  scrollBehavior: (_to, _from, saved) => saved ?? { top: 0 },
});
