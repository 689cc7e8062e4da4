import { useState } from 'react';
import {
  Breadcrumb, BreadcrumbItem, Button, Heading, MenuButton, MenuItem, MenuItemDivider, SkeletonText, StructuredListBody, StructuredListCell,
  StructuredListRow, StructuredListWrapper, Tag,
} from '@carbon/react';
import { Edit } from '@carbon/icons-react';
import { Link, useNavigate, useParams } from 'react-router-dom';
import { api, fullName, standing, useRemote } from '../shared/api';
import { useActions } from './actions';
import { lastLogin, StatusTag } from './cells';
import { EditPanel } from './EditPanel';

export function Details() {
  const { id = '' } = useParams();
  const navigate = useNavigate();
  const [editing, setEditing] = useState(false);
  const { data: person, loading, reload } = useRemote(() => api.get(id), [id]);
  const { data: summary } = useRemote(api.summary, []);
  const { start, dialog } = useActions((action) => (action === 'delete' ? navigate('/admin/users') : reload()));

  const crumbs = (
    <Breadcrumb noTrailingSlash>
      <BreadcrumbItem><Link to="/admin/settings">Settings</Link></BreadcrumbItem>
      <BreadcrumbItem><Link to="/admin/users">Users</Link></BreadcrumbItem>
    </Breadcrumb>
  );
  if (!person) return <>{crumbs}{loading ? <SkeletonText heading paragraph lineCount={8} /> : <p>User not found</p>}</>;

  const facts = [
    ['Email', person.email],
    ['Status', <StatusTag person={person} />],
    ['Role', person.role],
    ['Groups', person.groups.length ? person.groups.map((group) => <Tag key={group} type="outline">{group}</Tag>) : 'None'],
    ['Managers', person.managers.join(', ') || 'None'],
    ['Last login', lastLogin(person, 'short')],
    ['Provisioned by', person.scim_managed ? 'SCIM' : 'Manually'],
  ] as const;

  return (
    <>
      {crumbs}
      <Heading className="page-title">{fullName(person)}</Heading>
      <div className="actions">
        <Button kind="tertiary" renderIcon={Edit} onClick={() => setEditing(true)}>Edit User Information</Button>
        <MenuButton label="Actions" kind="ghost">
          {standing(person) === 'User' && <MenuItem label="Make Admin" onClick={() => start('admin', [person])} />}
          {person.status === 'invited' && <MenuItem label="Resend invitation" onClick={() => start('resend', [person])} />}
          {person.status === 'deactivated' ? (
            <MenuItem label="Reactivate" onClick={() => start('reactivate', [person])} />
          ) : (
            <MenuItem label="Deactivate" onClick={() => start('deactivate', [person])} />
          )}
          <MenuItemDivider />
          <MenuItem kind="danger" label="Permanently Delete" onClick={() => start('delete', [person])} />
        </MenuButton>
      </div>
      <StructuredListWrapper>
        <StructuredListBody>
          {facts.map(([label, value]) => (
            <StructuredListRow key={label}>
              <StructuredListCell noWrap>{label}</StructuredListCell>
              <StructuredListCell>{value}</StructuredListCell>
            </StructuredListRow>
          ))}
        </StructuredListBody>
      </StructuredListWrapper>
      {editing && <EditPanel person={person} groups={summary?.groups ?? []} onClose={() => setEditing(false)} onSaved={() => { setEditing(false); reload(); }} />}
      {dialog}
    </>
  );
}
