import { createRouter, createWebHistory } from 'vue-router';
import { session } from './session';
import Home from './pages/Home.vue';
import ImportUsers from './pages/ImportUsers.vue';
import Login from './pages/Login.vue';
import People from './pages/People.vue';
import Shell from './pages/Shell.vue';

export const router = createRouter({
  history: createWebHistory(),
  routes: [
    { path: '/login', component: Login, meta: { title: 'Log in', open: true } },
    {
      path: '/',
      component: Shell,
      children: [
        { path: '', component: Home, meta: { title: 'Home' } },
        { path: 'admin/users/import', component: ImportUsers, meta: { title: 'Import Users' } },
        { path: 'admin/users/:id(\\d+)?', component: People, meta: { title: 'People' } },
        { path: ':rest(.*)*', redirect: '/' },
      ],
    },
  ],
});

router.beforeEach(async (to) => {
  const account = await session.load();
  if (!account && !to.meta.open) {
    return { path: '/login', query: to.fullPath === '/' ? {} : { next: to.fullPath } };
  }
});

router.afterEach((to) => {
  document.title = `${to.meta.title} · WorkRamp`;
});
