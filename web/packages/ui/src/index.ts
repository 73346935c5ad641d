// What both faces are made of. Each app imports './tokens.css' and './base.css' once, sets
// <html data-face="phone|office">, awaits startPreferences() and mounts.
export { fill, language, nameStation, shared, translator, useLanguage, type Language, type Values } from './translate';
export { choose, preferences, startPreferences, type Preferences, type Theme } from './preferences';
export * from './format';
export { copyText } from './clipboard';
export { pictureHints } from './picture_hints';
export { statusLooks, statusWord, type DeliverableStatus, type Tone } from './components/status';
export { default as WButton } from './components/WButton.vue';
export { default as StatusBadge } from './components/StatusBadge.vue';
export { default as ChipGroup } from './components/ChipGroup.vue';
export { default as WField } from './components/WField.vue';
export { default as NoticeBar } from './components/NoticeBar.vue';
export { default as EmptyState } from './components/EmptyState.vue';
export { default as ErrorState } from './components/ErrorState.vue';
export { default as LoadingState } from './components/LoadingState.vue';
export { default as WDialog } from './components/WDialog.vue';
export { default as WeekStrip } from './components/WeekStrip.vue';
export { default as PageHead } from './components/PageHead.vue';
export { default as PreferenceSwitches } from './components/PreferenceSwitches.vue';
