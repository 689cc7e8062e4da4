import AppLayout, { type AppLayoutProps } from '@cloudscape-design/components/app-layout';
import BreadcrumbGroup, { type BreadcrumbGroupProps } from '@cloudscape-design/components/breadcrumb-group';
import Box from '@cloudscape-design/components/box';
import Flashbar from '@cloudscape-design/components/flashbar';
import SideNavigation, { type SideNavigationProps } from '@cloudscape-design/components/side-navigation';
import Spinner from '@cloudscape-design/components/spinner';
import TopNavigation from '@cloudscape-design/components/top-navigation';
import { useState } from 'react';
import { Navigate, Outlet, useLocation, useOutletContext } from 'react-router-dom';
import { api, useAccount, type Account } from '../shared/api';
import { useFollow } from './follow';
import { useNotifications } from './notifications';

const NAVIGATION: SideNavigationProps.Item[] = [
  { type: 'link', text: 'Home', href: '/' },
  { type: 'divider' },
  {
    type: 'section',
    text: 'Admin',
    items: [
      { type: 'link', text: 'People', href: '/admin/users' },
      { type: 'link', text: 'Import users', href: '/admin/users/import' },
    ],
  },
];

const HOME = { text: 'Learning platform', href: '/' };
const PEOPLE = { text: 'People', href: '/admin/users' };

interface Outlets {
  account: Account;
  setPageTitle: (title: string) => void;
}

export const useShell = () => useOutletContext<Outlets>();

/** The trail to a page; the name of a person is known only to the page, which says it. */
function trail(pathname: string, pageTitle: string): BreadcrumbGroupProps.Item[] {
  const [, id, verb] = pathname.match(/^\/admin\/users\/(\w+)(?:\/(\w+))?/) ?? [];
  if (!pathname.startsWith('/admin')) return [HOME];
  if (!id) return [HOME, PEOPLE];
  if (id === 'invite') return [HOME, PEOPLE, { text: 'Invite user', href: pathname }];
  if (id === 'import') return [HOME, PEOPLE, { text: 'Import users', href: pathname }];
  const person = { text: pageTitle || id, href: `/admin/users/${id}` };
  return [HOME, PEOPLE, person, ...(verb ? [{ text: 'Edit', href: pathname }] : [])];
}

function contentType(pathname: string): AppLayoutProps.ContentType {
  if (pathname === '/admin/users') return 'table';
  if (pathname === '/admin/users/import') return 'wizard';
  return /\/(invite|edit)$/.test(pathname) ? 'form' : 'default';
}

export function Shell() {
  const account = useAccount();
  const { pathname } = useLocation();
  const follow = useFollow();
  const { items } = useNotifications();
  const [navigationOpen, setNavigationOpen] = useState(true);
  const [pageTitle, setPageTitle] = useState('');

  if (account === undefined) {
    return (
      <Box textAlign="center" padding="xxxl">
        <Spinner size="large" />
      </Box>
    );
  }
  if (account === null) return <Navigate to={`/login?next=${encodeURIComponent(pathname)}`} replace />;

  const signOut = async () => {
    await api.logout();
    window.location.assign('/login');
  };

  return (
    <>
      <div id="top-navigation" style={{ position: 'sticky', top: 0, zIndex: 1002 }}>
        <TopNavigation
          identity={{ href: '/', title: 'Learning platform', onFollow: follow('/') }}
          utilities={[
            {
              type: 'menu-dropdown',
              text: account.name,
              description: account.email,
              iconName: 'user-profile',
              items: [{ id: 'sign-out', text: 'Sign out' }],
              onItemClick: ({ detail }) => detail.id === 'sign-out' && signOut(),
            },
          ]}
        />
      </div>
      <AppLayout
        headerSelector="#top-navigation"
        toolsHide
        contentType={contentType(pathname)}
        navigationOpen={navigationOpen}
        onNavigationChange={({ detail }) => setNavigationOpen(detail.open)}
        navigation={
          <SideNavigation
            header={{ text: 'Workspace', href: '/' }}
            activeHref={pathname === '/admin/users/import' || pathname === '/' ? pathname : '/admin/users'}
            items={NAVIGATION}
            onFollow={follow()}
          />
        }
        breadcrumbs={<BreadcrumbGroup items={trail(pathname, pageTitle)} onFollow={follow()} />}
        notifications={<Flashbar items={items} stackItems />}
        content={<Outlet context={{ account, setPageTitle } satisfies Outlets} />}
      />
    </>
  );
}
