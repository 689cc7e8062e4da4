import { createRouter, createWebHistory } from 'vue-router';
import { useSession } from './composables/session';
import MainLayout from './layouts/MainLayout.vue';
import ContentPage from './pages/ContentPage.vue';
import HomePage from './pages/HomePage.vue';
import ImportPage from './pages/ImportPage.vue';
import LoginPage from './pages/LoginPage.vue';
import NotFoundPage from './pages/NotFoundPage.vue';
import PeoplePage from './pages/PeoplePage.vue';

export const router = createRouter({
  history: createWebHistory(),
  routes: [
    { path: '/login', component: LoginPage, meta: { public: true } },
    {
      path: '/',
      component: MainLayout,
      children: [
        { path: '', component: HomePage },
        { path: 'content/:kind(guides|paths|academies)', component: ContentPage, props: true },
        { path: 'admin/users/import', component: ImportPage },
        { path: 'admin/users/:id(\\d+)?', component: PeoplePage, props: true },
        { path: ':path(.*)*', component: NotFoundPage },
      ],
    },
  ],
});

router.beforeEach(async (to) => {
  if (to.meta.public || (await useSession().restore())) return true;
  return { path: '/login', query: { next: to.fullPath } };
});
