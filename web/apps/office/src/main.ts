import '@wujin/ui/tokens.css';
import '@wujin/ui/base.css';
import './desk/desk.css';
import { startPreferences } from '@wujin/ui';
import { createApp } from 'vue';
import Desk from './Desk.vue';
import { deskRouter } from './routes';
import { readLink } from './session/link';

// A link's secret leaves the address bar and the history before anything else looks at them.
const link = readLink(location);
if (location.pathname !== import.meta.env.BASE_URL) history.replaceState(null, '', import.meta.env.BASE_URL + (link ? '' : location.hash));

void startPreferences().then(() => createApp(Desk, { link }).use(deskRouter()).mount('#app'));
