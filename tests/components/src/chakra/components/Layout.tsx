import { Avatar, Box, Button, Center, Container, Flex, HStack, Heading, Link, Menu, Portal, Spinner, Text } from '@chakra-ui/react';
import { useQueryClient } from '@tanstack/react-query';
import { LuChevronDown, LuGraduationCap, LuLogOut } from 'react-icons/lu';
import { Navigate, NavLink, Outlet, Link as RouterLink, useLocation, useNavigate } from 'react-router-dom';
import { type Account, api, useAccount } from '../../shared/api';

function AdminMenu() {
  return (
    <Menu.Root>
      <Menu.Trigger asChild>
        <Button variant="ghost" size="sm">
          Admin <LuChevronDown />
        </Button>
      </Menu.Trigger>
      <Portal>
        <Menu.Positioner>
          <Menu.Content>
            <Menu.Item value="people" asChild>
              <RouterLink to="/admin/users">People</RouterLink>
            </Menu.Item>
            <Menu.Item value="import" asChild>
              <RouterLink to="/admin/users/import">Import Users</RouterLink>
            </Menu.Item>
          </Menu.Content>
        </Menu.Positioner>
      </Portal>
    </Menu.Root>
  );
}

function AccountMenu({ account }: { account: Account }) {
  const navigate = useNavigate();
  const client = useQueryClient();
  const signOut = async () => {
    await api.logout();
    client.clear();
    navigate('/login');
  };
  return (
    <Menu.Root positioning={{ placement: 'bottom-end' }}>
      <Menu.Trigger rounded="full" focusRing="outside" cursor="pointer">
        <Avatar.Root size="sm">
          <Avatar.Fallback name={account.name} />
        </Avatar.Root>
      </Menu.Trigger>
      <Portal>
        <Menu.Positioner>
          <Menu.Content minW="56">
            <Box px="2" py="1.5">
              <Text fontWeight="medium">{account.name}</Text>
              <Text color="fg.muted" textStyle="xs">
                {account.email}
              </Text>
            </Box>
            <Menu.Separator />
            <Menu.Item value="sign-out" onSelect={signOut}>
              <LuLogOut /> Sign out
            </Menu.Item>
          </Menu.Content>
        </Menu.Positioner>
      </Portal>
    </Menu.Root>
  );
}

export function Layout() {
  const account = useAccount();
  const { pathname } = useLocation();
  if (account === null) return <Navigate to={`/login?next=${encodeURIComponent(pathname)}`} replace />;
  if (!account)
    return (
      <Center h="100vh">
        <Spinner size="xl" color="colorPalette.solid" />
      </Center>
    );
  return (
    <Flex direction="column" minH="100vh">
      <Flex as="header" h="14" px="6" align="center" justify="space-between" bg="bg" borderBottomWidth="1px">
        <HStack gap="6">
          <Link asChild variant="plain">
            <RouterLink to="/">
              <LuGraduationCap />
              <Heading as="span" size="md">
                WorkRamp
              </Heading>
            </RouterLink>
          </Link>
          <HStack as="nav" gap="1">
            <Button asChild variant="ghost" size="sm">
              <NavLink to="/">Home</NavLink>
            </Button>
            <AdminMenu />
          </HStack>
        </HStack>
        <AccountMenu account={account} />
      </Flex>
      <Container as="main" maxW="7xl" py="6" flex="1">
        <Outlet context={account} />
      </Container>
    </Flex>
  );
}
