import { AppShell, Avatar, Group, Menu, NavLink, Text, UnstyledButton } from '@mantine/core';
import { IconBook, IconChevronDown, IconHome, IconLogout, IconSettings, IconUsers } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { Link, useLocation } from 'react-router-dom';
import { type Account, api, initials } from '../shared/api';

export function Shell({ account, children }: { account: Account; children: ReactNode }) {
  const { pathname } = useLocation();
  return (
    <AppShell header={{ height: 56 }} navbar={{ width: 230, breakpoint: 'sm' }} padding="md">
      <AppShell.Header>
        <Group h="100%" px="md" justify="space-between">
          <Group gap="xs">
            <IconBook size={24} />
            <Text fw={700}>Confirm Learn:Up</Text>
          </Group>
          <Menu position="bottom-end" width={240}>
            <Menu.Target>
              <UnstyledButton>
                <Group gap={6}>
                  <Avatar radius="xl" size={30} color="grape">
                    {initials(account.name)}
                  </Avatar>
                  <Text size="sm">{account.email}</Text>
                  <IconChevronDown size={14} />
                </Group>
              </UnstyledButton>
            </Menu.Target>
            <Menu.Dropdown>
              <Menu.Label>{account.name}</Menu.Label>
              <Menu.Item leftSection={<IconSettings size={14} />}>Account settings</Menu.Item>
              <Menu.Item
                leftSection={<IconLogout size={14} />}
                onClick={() => api.logout().then(() => window.location.assign('/login'))}
              >
                Logout
              </Menu.Item>
            </Menu.Dropdown>
          </Menu>
        </Group>
      </AppShell.Header>
      <AppShell.Navbar p="xs">
        <NavLink component={Link} to="/" label="Dashboard" leftSection={<IconHome size={16} />} active={pathname === '/'} />
        <NavLink label="Admin" leftSection={<IconSettings size={16} />} defaultOpened={pathname.startsWith('/admin')}>
          <NavLink
            component={Link}
            to="/admin/users"
            label="People"
            leftSection={<IconUsers size={16} />}
            active={pathname === '/admin/users'}
          />
          <NavLink label="Groups" disabled />
        </NavLink>
      </AppShell.Navbar>
      <AppShell.Main>{children}</AppShell.Main>
    </AppShell>
  );
}
