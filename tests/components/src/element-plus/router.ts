import { createRouter, createWebHistory } from 'vue-router';
import { api } from '../shared/api';
import { account } from './store';
import Layout from './views/Layout.vue';

export const router = createRouter({
  history: createWebHistory(),
  routes: [
    { path: '/login', component: () => import('./views/Login.vue'), meta: { title: 'Log in', public: true } },
    {
      path: '/',
      component: Layout,
      children: [
        { path: '', redirect: '/home' },
        { path: 'home', component: () => import('./views/Home.vue'), meta: { title: 'Home' } },
        {
          path: 'admin/users',
          component: () => import('./views/People.vue'),
          meta: { title: 'People', section: 'Admin' },
        },
        { path: ':rest(.*)*', component: () => import('./views/NotFound.vue'), meta: { title: 'Page not found' } },
      ],
    },
  ],
});

router.beforeEach(async (to) => {
  if (to.meta.public) return true;
  account.value ??= await api.session().catch(() => undefined);
  return account.value ? true : { path: '/login', query: { next: to.fullPath } };
});

router.afterEach((to) => {
  document.title = `${to.meta.title} - Learn:Up`;
});
