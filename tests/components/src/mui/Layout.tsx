import { AppBar, Avatar, Box, Button, Divider, IconButton, ListItemText, Menu, MenuItem, Toolbar, Typography } from '@mui/material';
import SchoolIcon from '@mui/icons-material/School';
import { type ReactNode, useState } from 'react';
import { Link, useLocation, useNavigate } from 'react-router-dom';
import { type Account, api, initials } from '../shared/api';

export function Layout({ account, children }: { account: Account; children: ReactNode }) {
  const navigate = useNavigate();
  const { pathname } = useLocation();
  const [anchor, setAnchor] = useState<HTMLElement | null>(null);

  return (
    <>
      <AppBar position="static">
        <Toolbar>
          <SchoolIcon sx={{ mr: 1 }} />
          <Typography variant="h6" sx={{ mr: 4 }}>
            Learn:Up
          </Typography>
          <Button color="inherit" component={Link} to="/">
            Home
          </Button>
          <Button color="inherit" component={Link} to="/admin/users">
            Admin
          </Button>
          <Box sx={{ flexGrow: 1 }} />
          <IconButton aria-label="account of current user" onClick={(event) => setAnchor(event.currentTarget)}>
            <Avatar sx={{ width: 32, height: 32, fontSize: 14 }}>{initials(account.name)}</Avatar>
          </IconButton>
          <Menu anchorEl={anchor} open={!!anchor} onClose={() => setAnchor(null)}>
            <Box sx={{ px: 2, py: 1 }}>
              <ListItemText primary={account.name} secondary={account.email} />
            </Box>
            <Divider />
            <MenuItem
              onClick={async () => {
                await api.logout();
                navigate('/login');
              }}
            >
              Sign out
            </MenuItem>
          </Menu>
        </Toolbar>
        {pathname.startsWith('/admin') && (
          <Toolbar variant="dense" sx={{ bgcolor: 'primary.dark' }}>
            <Button color="inherit" size="small" component={Link} to="/admin/users" sx={{ fontWeight: 700 }}>
              Users
            </Button>
            <Button color="inherit" size="small" disabled>
              Groups
            </Button>
            <Button color="inherit" size="small" disabled>
              Settings
            </Button>
          </Toolbar>
        )}
      </AppBar>
      <Box component="main" sx={{ p: 3 }}>
        {children}
      </Box>
    </>
  );
}
