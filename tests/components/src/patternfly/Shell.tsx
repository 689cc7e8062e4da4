import { useState } from 'react';
import {
  Bullseye,
  Dropdown,
  DropdownItem,
  DropdownList,
  Masthead,
  MastheadBrand,
  MastheadContent,
  MastheadLogo,
  MastheadMain,
  MastheadToggle,
  MenuToggle,
  Nav,
  NavExpandable,
  NavItem,
  NavList,
  Page,
  PageSidebar,
  PageSidebarBody,
  PageToggleButton,
  SkipToContent,
  Spinner,
  Title,
  Toolbar,
  ToolbarContent,
  ToolbarItem,
} from '@patternfly/react-core';
import { Link, Navigate, Outlet, useLocation, useNavigate } from 'react-router-dom';
import { api, useAccount, type Account } from '../shared/api';

const MAIN_ID = 'main-content';

function Header({ account }: { account: Account }) {
  const navigate = useNavigate();
  const [isOpen, setIsOpen] = useState(false);

  const onLogOut = async () => {
    await api.logout();
    navigate('/login');
  };

  return (
    <Masthead>
      <MastheadMain>
        <MastheadToggle>
          <PageToggleButton isHamburgerButton aria-label="Global navigation" />
        </MastheadToggle>
        <MastheadBrand>
          <MastheadLogo component={(props) => <Link {...props} to="/" />}>
            <Title headingLevel="h2" size="xl">
              WorkRamp
            </Title>
          </MastheadLogo>
        </MastheadBrand>
      </MastheadMain>
      <MastheadContent>
        <Toolbar isStatic>
          <ToolbarContent>
            <ToolbarItem align={{ default: 'alignEnd' }}>
              <Dropdown
                isOpen={isOpen}
                onSelect={() => setIsOpen(false)}
                onOpenChange={setIsOpen}
                popperProps={{ position: 'right' }}
                toggle={(toggleRef) => (
                  <MenuToggle ref={toggleRef} isExpanded={isOpen} onClick={() => setIsOpen(!isOpen)}>
                    {account.name}
                  </MenuToggle>
                )}
              >
                <DropdownList>
                  <DropdownItem description={account.email} onClick={onLogOut}>
                    Log out
                  </DropdownItem>
                </DropdownList>
              </Dropdown>
            </ToolbarItem>
          </ToolbarContent>
        </Toolbar>
      </MastheadContent>
    </Masthead>
  );
}

function Sidebar() {
  const { pathname } = useLocation();
  const isPeople = pathname.startsWith('/admin/users');
  return (
    <PageSidebar>
      <PageSidebarBody>
        <Nav aria-label="Global">
          <NavList>
            <NavItem isActive={pathname === '/'}>
              <Link to="/">Home</Link>
            </NavItem>
            <NavExpandable title="Admin" isActive={isPeople} isExpanded={isPeople}>
              <NavItem isActive={isPeople}>
                <Link to="/admin/users">People</Link>
              </NavItem>
            </NavExpandable>
          </NavList>
        </Nav>
      </PageSidebarBody>
    </PageSidebar>
  );
}

export function Shell() {
  const account = useAccount();
  const { pathname, search } = useLocation();

  if (account === undefined) {
    return (
      <Bullseye>
        <Spinner aria-label="Loading" />
      </Bullseye>
    );
  }
  if (account === null) {
    return <Navigate to={`/login?next=${encodeURIComponent(pathname + search)}`} replace />;
  }
  return (
    <Page
      masthead={<Header account={account} />}
      sidebar={<Sidebar />}
      isManagedSidebar
      isContentFilled
      mainContainerId={MAIN_ID}
      skipToContent={<SkipToContent href={`#${MAIN_ID}`}>Skip to content</SkipToContent>}
    >
      <Outlet context={account} />
    </Page>
  );
}
