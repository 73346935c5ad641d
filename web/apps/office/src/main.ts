import '@wujin/ui/tokens.css';
import '@wujin/ui/base.css';
import { startPreferences } from '@wujin/ui';
import { createApp } from 'vue';
import Desk from './Desk.vue';

void startPreferences().then(() => createApp(Desk).mount('#app'));
