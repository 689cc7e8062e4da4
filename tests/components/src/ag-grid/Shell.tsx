import { Alignment, Button, Classes, Menu, MenuDivider, MenuItem, Navbar, PopoverNext, Spinner } from '@blueprintjs/core';
import { Navigate, Outlet, useLocation, useNavigate } from 'react-router-dom';
import { api, useAccount } from '../shared/api';
import { toastError } from './toaster';

export function Shell() {
  const account = useAccount();
  const navigate = useNavigate();
  const { pathname } = useLocation();

  const signOut = async () => {
    try {
      await api.logout();
      navigate('/login');
    } catch (error) {
      toastError(error);
    }
  };

  if (account === null) return <Navigate to={`/login?next=${encodeURIComponent(pathname)}`} replace />;
  if (!account) return <Spinner className="login" />;

  return (
    <div className="shell">
      <Navbar className={Classes.DARK}>
        <Navbar.Group>
          <Navbar.Heading>WorkRamp</Navbar.Heading>
          <Navbar.Divider />
          <Button variant="minimal" icon="home" text="Home" active={pathname === '/'} onClick={() => navigate('/')} />
          <PopoverNext
            animation="minimal"
            arrow={false}
            placement="bottom-start"
            content={
              <Menu>
                <MenuItem icon="people" text="People" onClick={() => navigate('/admin/users')} />
              </Menu>
            }
          >
            <Button variant="minimal" icon="cog" endIcon="caret-down" text="Admin" active={pathname.startsWith('/admin')} />
          </PopoverNext>
        </Navbar.Group>
        <Navbar.Group align={Alignment.END}>
          <PopoverNext
            placement="bottom-end"
            content={
              <Menu>
                <MenuDivider title={account.email} />
                <MenuItem icon="log-out" text="Sign out" onClick={signOut} />
              </Menu>
            }
          >
            <Button variant="minimal" icon="user" endIcon="caret-down" text={account.name} />
          </PopoverNext>
        </Navbar.Group>
      </Navbar>
      <main>
        <Outlet context={account} />
      </main>
    </div>
  );
}
