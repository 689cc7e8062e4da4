import { useRef, useState } from 'react';
import { useNavigate, useParams } from 'react-router-dom';
import {
  Button,
  DynamicPage,
  DynamicPageHeader,
  DynamicPageTitle,
  FilterBar,
  FilterGroupItem,
  FlexBox,
  FlexibleColumnLayout,
  Icon,
  IllustratedMessage,
  Input,
  Menu,
  MenuItem,
  MenuSeparator,
  ObjectStatus,
  Option,
  Select,
  Table,
  TableCell,
  TableGrowing,
  TableHeaderCell,
  TableHeaderRow,
  TableRow,
  Text,
  Title,
  Token,
  Tokenizer,
  Toolbar,
  ToolbarButton,
  type MenuDomRef,
} from '@ui5/webcomponents-react';
import { api, fullName, ROLES, useDebounced, useRemote, type Person, type Status } from '../shared/api';
import { GroupsDialog, InviteDialog, ManagersDialog } from './dialogs';
import { formatMoment, plural, STATUSES } from './format';
import { confirm, showError, toast } from './messages';
import { PersonColumn } from './PersonColumn';
import { Seats } from './Seats';

const PAGE_SIZE = 20;

const LOGINS: Record<string, { text: string; query: { idle_days?: string; never?: string } }> = {
  any: { text: 'Any Time', query: {} },
  '30': { text: 'More Than 30 Days Ago', query: { idle_days: '30' } },
  '90': { text: 'More Than 90 Days Ago', query: { idle_days: '90' } },
  never: { text: 'Never', query: { never: '1' } },
};

export function Users() {
  const navigate = useNavigate();
  const { id } = useParams();
  const [text, setText] = useState('');
  const [filters, setFilters] = useState({ status: '', role: '', login: 'any' });
  const [pages, setPages] = useState(1);
  const [version, setVersion] = useState(0);
  const [dialog, setDialog] = useState<{ kind: 'invite' } | { kind: 'groups' | 'managers'; person: Person }>();
  const [subject, setSubject] = useState<Person>();
  const menu = useRef<MenuDomRef>(null);

  const search = useDebounced(text, 300);
  const { data: summary } = useRemote(api.summary, [version]);
  const { data: listings, loading } = useRemote(() => {
    const query = { search, status: filters.status, role: filters.role, ...LOGINS[filters.login].query };
    const numbers = Array.from({ length: pages }, (_, index) => index + 1);
    return Promise.all(numbers.map((page) => api.list({ ...query, page, page_size: PAGE_SIZE })));
  }, [search, filters, pages, version]);
  const people = listings?.flatMap((listing) => listing.items) ?? [];
  const total = listings?.[0].total ?? 0;

  const heading = summary ? `Users (${summary.total})` : 'Users';

  const refresh = () => setVersion((n) => n + 1);
  const filter = (change: Partial<typeof filters>) => {
    setFilters({ ...filters, ...change });
    setPages(1);
  };

  const attempt = async (work: () => Promise<unknown>, done: string) => {
    try {
      await work();
      toast(done);
      refresh();
      return true;
    } catch (error) {
      showError(error);
      return false;
    }
  };

  const deactivate = async (person: Person) => {
    const name = fullName(person);
    const question = `${name} (${person.email}) will no longer be able to log in. Training records are kept.${
      person.scim_managed ? ' This user is managed by your identity provider, which may activate the account again.' : ''
    }`;
    if (await confirm(`Deactivate ${name}?`, question, 'Deactivate')) {
      await attempt(() => api.deactivate(person.id), `${name} has been deactivated`);
    }
  };

  const remove = async (person: Person) => {
    const question = `${fullName(person)} (${person.email}) and all of their training records will be removed. This cannot be undone.`;
    if (await confirm('Permanently Delete This User', question, 'Delete Permanently')) {
      const removed = await attempt(() => api.remove(person.id), `${fullName(person)} has been deleted`);
      if (removed && id === String(person.id)) navigate('/admin/users');
    }
  };

  const reactivate = (person: Person) => attempt(() => api.reactivate(person.id), `${fullName(person)} is active again`);

  const actions: Record<string, (person: Person) => void> = {
    'Edit Group': (person) => setDialog({ kind: 'groups', person }),
    'Edit Managers': (person) => setDialog({ kind: 'managers', person }),
    'Resend Invitation': (person) => attempt(() => api.resend(person.id), `Invitation sent again to ${person.email}`),
    'Deactivate This User': deactivate,
    'Permanently Delete This User': remove,
  };

  const closeDialog = (done?: string) => {
    setDialog(undefined);
    if (done) {
      toast(done);
      refresh();
    }
  };

  const openMenu = (person: Person, opener: HTMLElement) => {
    setSubject(person);
    menu.current!.opener = opener;
    menu.current!.open = true;
  };

  const list = (
    <DynamicPage
      hidePinButton
      titleArea={
        <DynamicPageTitle
          heading={<Title>{heading}</Title>}
          snappedHeading={<Title>{heading}</Title>}
          actionsBar={
            <Toolbar design="Transparent">
              <ToolbarButton design="Emphasized" text="Invite New User" onClick={() => setDialog({ kind: 'invite' })} />
              <ToolbarButton design="Transparent" icon="upload" text="Import Users" onClick={() => navigate('/admin/users/import')} />
            </Toolbar>
          }
        >
          {summary && <Seats summary={summary} />}
        </DynamicPageTitle>
      }
      headerArea={
        <DynamicPageHeader>
          <FilterBar
            hideToolbar
            hideFilterConfiguration
            search={
              <Input
                placeholder="Search"
                showClearIcon
                icon={<Icon name="search" />}
                value={text}
                onInput={(e) => {
                  setText(e.target.value);
                  setPages(1);
                }}
              />
            }
          >
            <FilterGroupItem filterKey="status" label="Status">
              <Select value={filters.status} onChange={(e) => filter({ status: e.detail.selectedOption.value })}>
                <Option value="">All</Option>
                {(Object.keys(STATUSES) as Status[]).map((status) => (
                  <Option key={status} value={status}>
                    {STATUSES[status].text}
                  </Option>
                ))}
              </Select>
            </FilterGroupItem>
            <FilterGroupItem filterKey="role" label="Role">
              <Select value={filters.role} onChange={(e) => filter({ role: e.detail.selectedOption.value })}>
                <Option value="">All</Option>
                {ROLES.map((role) => (
                  <Option key={role} value={role}>
                    {role}
                  </Option>
                ))}
              </Select>
            </FilterGroupItem>
            <FilterGroupItem filterKey="login" label="Last Login">
              <Select value={filters.login} onChange={(e) => filter({ login: e.detail.selectedOption.value! })}>
                {Object.entries(LOGINS).map(([key, login]) => (
                  <Option key={key} value={key}>
                    {login.text}
                  </Option>
                ))}
              </Select>
            </FilterGroupItem>
          </FilterBar>
        </DynamicPageHeader>
      }
    >
      <Table
        accessibleName="Users"
        overflowMode="Popin"
        loading={loading}
        loadingDelay={300}
        onRowClick={(e) => navigate(`/admin/users/${e.detail.row.rowKey}`)}
        noData={
          !loading && (
            <IllustratedMessage name="NoSearchResults" titleText="No users found" subtitleText="Try changing your search or filters." />
          )
        }
        headerRow={
          <TableHeaderRow sticky>
            <TableHeaderCell minWidth="11rem">Name</TableHeaderCell>
            <TableHeaderCell minWidth="17rem" importance={1}>
              Email
            </TableHeaderCell>
            <TableHeaderCell minWidth="9rem">Role</TableHeaderCell>
            <TableHeaderCell minWidth="14rem" importance={-1}>
              Groups
            </TableHeaderCell>
            <TableHeaderCell minWidth="9rem" importance={1}>
              Status
            </TableHeaderCell>
            <TableHeaderCell minWidth="11rem" importance={-2}>
              Last Login
            </TableHeaderCell>
            <TableHeaderCell width="9.5rem" importance={2} horizontalAlign="End" />
          </TableHeaderRow>
        }
        features={
          people.length < total && (
            <TableGrowing
              mode="Button"
              text="More"
              subtext={`[ ${people.length} / ${total} ]`}
              onLoadMore={() => setPages(pages + 1)}
            />
          )
        }
      >
        {people.map((person) => (
          <TableRow key={person.id} rowKey={String(person.id)} interactive navigated={id === String(person.id)}>
            <TableCell>
              <Text>{`${person.first_name} ${person.last_name}`.trim()}</Text>
            </TableCell>
            <TableCell>
              <Text>{person.email}</Text>
            </TableCell>
            <TableCell>
              <Text>{person.role}</Text>
            </TableCell>
            <TableCell>
              {person.groups.length > 0 && (
                <Tokenizer readonly className="groupsCell">
                  {person.groups.map((group) => (
                    <Token key={group} text={group} />
                  ))}
                </Tokenizer>
              )}
            </TableCell>
            <TableCell>
              <ObjectStatus state={STATUSES[person.status].state}>{STATUSES[person.status].text}</ObjectStatus>
            </TableCell>
            <TableCell>
              <Text emptyIndicatorMode="On">{formatMoment(person.last_login)}</Text>
            </TableCell>
            <TableCell>
              <FlexBox alignItems="Center" justifyContent="End" className="rowActions">
                {person.status === 'deactivated' && (
                  <Button design="Transparent" onClick={() => reactivate(person)}>
                    Reactivate
                  </Button>
                )}
                <Button
                  design="Transparent"
                  icon="slim-arrow-down"
                  tooltip="Actions"
                  accessibilityAttributes={{ hasPopup: 'menu' }}
                  onClick={(e) => openMenu(person, e.currentTarget!)}
                />
              </FlexBox>
            </TableCell>
          </TableRow>
        ))}
      </Table>
    </DynamicPage>
  );

  return (
    <>
      <FlexibleColumnLayout
        className="fill"
        layout={id ? 'TwoColumnsMidExpanded' : 'OneColumn'}
        startColumn={list}
        midColumn={
          <div className="fill">{id && <PersonColumn key={id} id={id} version={version} onSaved={refresh} />}</div>
        }
      />
      <Menu ref={menu} horizontalAlign="End" onItemClick={(e) => subject && actions[e.detail.text](subject)}>
        <MenuItem text="Edit Group" />
        <MenuItem text="Edit Managers" />
        {subject?.status === 'invited' && <MenuItem text="Resend Invitation" />}
        <MenuSeparator />
        {subject?.status !== 'deactivated' && <MenuItem text="Deactivate This User" />}
        <MenuItem text="Permanently Delete This User" />
      </Menu>
      {dialog?.kind === 'invite' && (
        <InviteDialog onClose={(invited) => closeDialog(invited ? `${plural(invited, 'invitation')} sent` : undefined)} />
      )}
      {dialog?.kind === 'groups' && (
        <GroupsDialog person={dialog.person} onClose={(saved) => closeDialog(saved ? 'Groups saved' : undefined)} />
      )}
      {dialog?.kind === 'managers' && (
        <ManagersDialog person={dialog.person} onClose={(saved) => closeDialog(saved ? 'Managers saved' : undefined)} />
      )}
    </>
  );
}
