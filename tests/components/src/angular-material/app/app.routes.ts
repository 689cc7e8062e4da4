import { inject } from '@angular/core';
import { Router, type CanActivateFn, type Routes } from '@angular/router';

import { Groups } from './groups';
import { Home } from './home';
import { ImportUsers } from './people/import-users';
import { People } from './people/people';
import { PersonPage } from './people/person-page';
import { Session } from './shared/session';
import { Shell } from './shell';
import { SignIn } from './sign-in';

const signedIn: CanActivateFn = async (_route, state) => {
  const router = inject(Router);
  const session = inject(Session);
  if (await session.restore()) return true;
  return router.createUrlTree(['/login'], { queryParams: state.url === '/' ? {} : { next: state.url } });
};

export const routes: Routes = [
  { path: 'login', component: SignIn, title: 'Sign in | WorkRamp' },
  {
    path: '',
    component: Shell,
    canActivate: [signedIn],
    children: [
      { path: '', pathMatch: 'full', redirectTo: 'home' },
      { path: 'home', component: Home, title: 'Home | WorkRamp' },
      { path: 'admin', pathMatch: 'full', redirectTo: 'admin/users' },
      { path: 'admin/users', component: People, title: 'People | WorkRamp' },
      { path: 'admin/users/import', component: ImportUsers, title: 'Import Users | WorkRamp' },
      { path: 'admin/users/:id', component: PersonPage, title: 'Person | WorkRamp' },
      { path: 'admin/groups', component: Groups, title: 'Groups | WorkRamp' },
      { path: '**', redirectTo: 'home' },
    ],
  },
];
