import { NavLink, Outlet } from 'react-router-dom';
import { Header, Icon, List, Loader, Menu, Progress, Segment } from 'semantic-ui-react';
import { api, useRemote } from '../shared/api';

export default function Settings() {
  return (
    <>
      <Header as="h1">Settings</Header>
      <Menu pointing secondary>
        <Menu.Item as={NavLink} to="/admin" end name="General" />
        <Menu.Item as={NavLink} to="/admin/users" name="Users" />
        <Menu.Item as={NavLink} to="/admin/groups" name="Groups" />
      </Menu>
      <Outlet />
    </>
  );
}

export function General() {
  const { data: summary } = useRemote(api.summary, []);
  if (!summary) return <Loader active inline="centered" />;
  return (
    <Segment>
      <title>General settings | Learn:Up</title>
      <Header as="h3" content="Licensed seats" subheader="Active users, admins included, take a seat each." />
      <Progress value={summary.seats_used} total={summary.seats_total} progress="ratio" color="violet">
        {summary.seats_total - summary.seats_used} seats available
      </Progress>
    </Segment>
  );
}

export function Groups() {
  const { data: summary } = useRemote(api.summary, []);
  if (!summary) return <Loader active inline="centered" />;
  return (
    <Segment>
      <title>Groups | Learn:Up</title>
      <List divided relaxed>
        {summary.groups.map((group) => (
          <List.Item key={group}>
            <Icon name="users" />
            <List.Content>{group}</List.Content>
          </List.Item>
        ))}
      </List>
    </Segment>
  );
}
