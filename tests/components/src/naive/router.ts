import { createDiscreteApi } from 'naive-ui';
import { createRouter, createWebHistory } from 'vue-router';
import { api } from '../shared/api';
import { account } from './store';

const { loadingBar } = createDiscreteApi(['loadingBar']);

export const router = createRouter({
  history: createWebHistory(),
  routes: [
    { path: '/login', name: 'login', component: () => import('./pages/LoginPage.vue'), meta: { public: true } },
    {
      path: '/',
      component: () => import('./pages/ConsoleLayout.vue'),
      children: [
        { path: '', name: 'home', component: () => import('./pages/HomePage.vue') },
        {
          path: 'admin',
          component: () => import('./pages/SettingsPage.vue'),
          redirect: { name: 'company' },
          children: [
            { path: 'settings', name: 'company', component: () => import('./pages/CompanyPage.vue') },
            {
              path: 'users',
              name: 'users',
              component: () => import('./pages/UsersPage.vue'),
              children: [{ path: ':id(\\d+)', name: 'user', component: () => import('./components/UserDrawer.vue') }],
            },
            { path: 'users/import', name: 'import', component: () => import('./pages/ImportPage.vue') },
          ],
        },
      ],
    },
    { path: '/:rest(.*)*', redirect: { name: 'home' } },
  ],
});

router.beforeEach(async (to, from) => {
  if (to.path !== from.path) loadingBar.start();
  if (to.meta.public || account.value) return true;
  try {
    account.value = await api.session();
    return true;
  } catch {
    return { name: 'login', query: { next: to.fullPath } };
  }
});
router.afterEach(() => loadingBar.finish());
router.onError(() => loadingBar.error());
