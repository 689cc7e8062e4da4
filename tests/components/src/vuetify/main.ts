import { createApp } from 'vue';
import { createRouter, createWebHistory } from 'vue-router';
import { createVuetify } from 'vuetify';
import * as components from 'vuetify/components';
import * as directives from 'vuetify/directives';
import { aliases, mdi } from 'vuetify/iconsets/mdi-svg';
import 'vuetify/styles';
import App from './App.vue';
import Console from './layouts/Console.vue';
import Home from './pages/Home.vue';
import ImportUsers from './pages/ImportUsers.vue';
import People from './pages/People.vue';
import Placeholder from './pages/Placeholder.vue';
import SignIn from './pages/SignIn.vue';
import { useSession } from './session';

const router = createRouter({
  history: createWebHistory(),
  routes: [
    { path: '/login', component: SignIn },
    {
      path: '/',
      component: Console,
      children: [
        { path: '', component: Home },
        { path: 'admin/users', component: People },
        { path: 'admin/users/import', component: ImportUsers },
        { path: 'library', component: Placeholder, meta: { title: 'Library' } },
        { path: 'reports', component: Placeholder, meta: { title: 'Reports' } },
        { path: 'admin/groups', component: Placeholder, meta: { title: 'Groups' } },
        { path: 'admin/settings', component: Placeholder, meta: { title: 'Company settings' } },
      ],
    },
    { path: '/:rest(.*)*', redirect: '/' },
  ],
});

router.beforeEach(async (to) => {
  const session = useSession();
  if (to.path === '/login') return true;
  if (!session.account.value) await session.restore();
  return session.account.value ? true : { path: '/login', query: to.path === '/' ? {} : { next: to.fullPath } };
});

const vuetify = createVuetify({
  components,
  directives,
  icons: { defaultSet: 'mdi', aliases, sets: { mdi } },
  theme: {
    defaultTheme: 'light',
    themes: { light: { colors: { primary: '#4a3aff', secondary: '#5b6478', background: '#f6f6fb' } } },
  },
  defaults: {
    VTextField: { variant: 'outlined', density: 'comfortable' },
    VSelect: { variant: 'outlined', density: 'comfortable' },
    VAutocomplete: { variant: 'outlined', density: 'comfortable' },
    VCombobox: { variant: 'outlined', density: 'comfortable' },
  },
});

createApp(App).use(router).use(vuetify).mount('#app');
