import { useCollection } from '@cloudscape-design/collection-hooks';
import Alert from '@cloudscape-design/components/alert';
import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import ButtonDropdown from '@cloudscape-design/components/button-dropdown';
import Calendar from '@cloudscape-design/components/calendar';
import CollectionPreferences, {
  type CollectionPreferencesProps,
} from '@cloudscape-design/components/collection-preferences';
import FormField from '@cloudscape-design/components/form-field';
import Header from '@cloudscape-design/components/header';
import Link from '@cloudscape-design/components/link';
import Pagination from '@cloudscape-design/components/pagination';
import Popover from '@cloudscape-design/components/popover';
import PropertyFilter, { type PropertyFilterProps } from '@cloudscape-design/components/property-filter';
import SpaceBetween from '@cloudscape-design/components/space-between';
import Table, { type TableProps } from '@cloudscape-design/components/table';
import { useMemo, useState, type ReactNode } from 'react';
import { useNavigate } from 'react-router-dom';
import { api, fullName, ROLES, useRemote, type Person } from '../shared/api';
import { accountItems, useAccountActions } from './actions';
import { useDirectory } from './directory';
import { useFollow } from './follow';
import { PersonStatus, STATUS_TEXT, timestamp } from './format';

/** A person with the values that the table is filtered and sorted by. */
interface Row extends Person {
  name: string;
  statusText: string;
  lastLogin: Date | null;
}

const toRow = (person: Person): Row => ({
  ...person,
  name: fullName(person),
  statusText: STATUS_TEXT[person.status],
  lastLogin: person.last_login ? new Date(person.last_login) : null,
});

const dateOperator = (operator: PropertyFilterProps.ComparisonOperator): PropertyFilterProps.ExtendedOperator<string> => ({
  operator,
  match: 'date',
  form: ({ value, onChange }) => (
    <FormField>
      <Calendar value={value ?? ''} onChange={({ detail }) => onChange(detail.value)} />
    </FormField>
  ),
});

const FILTERING_PROPERTIES: PropertyFilterProps.FilteringProperty[] = [
  { key: 'name', propertyLabel: 'Name', groupValuesLabel: 'Names', operators: [':', '!:', '=', '!='] },
  { key: 'email', propertyLabel: 'Email', groupValuesLabel: 'Emails', operators: [':', '!:', '=', '!='] },
  { key: 'statusText', propertyLabel: 'Status', groupValuesLabel: 'Statuses', operators: ['=', '!='] },
  { key: 'role', propertyLabel: 'Role', groupValuesLabel: 'Roles', operators: ['=', '!='] },
  {
    key: 'groups',
    propertyLabel: 'Group',
    groupValuesLabel: 'Groups',
    operators: [
      { operator: '=', match: (groups, group) => (groups as string[]).includes(group) },
      { operator: '!=', match: (groups, group) => !(groups as string[]).includes(group) },
    ],
  },
  {
    key: 'lastLogin',
    propertyLabel: 'Last login',
    groupValuesLabel: 'Last logins',
    defaultOperator: '<',
    operators: [dateOperator('<'), dateOperator('<='), dateOperator('>'), dateOperator('>=')],
  },
];

const CONTENT = [
  { id: 'name', label: 'Name', alwaysVisible: true },
  { id: 'email', label: 'Email' },
  { id: 'role', label: 'Role' },
  { id: 'status', label: 'Status' },
  { id: 'groups', label: 'Groups' },
  { id: 'managers', label: 'Managers' },
  { id: 'last_login', label: 'Last login' },
];

const DEFAULT_PREFERENCES: CollectionPreferencesProps.Preferences = {
  pageSize: 20,
  wrapLines: false,
  stripedRows: false,
  contentDisplay: CONTENT.map(({ id }) => ({ id, visible: id !== 'managers' })),
};

const savedPreferences = (): CollectionPreferencesProps.Preferences =>
  JSON.parse(localStorage.getItem('people-preferences') ?? 'null') ?? DEFAULT_PREFERENCES;

/** The first of several values; the rest in a popover. */
function Several({ header, values }: { header: string; values: string[] }) {
  const [first, ...rest] = values;
  if (!first) return '-';
  if (!rest.length) return first;
  return (
    <SpaceBetween direction="horizontal" size="xxs">
      <span>{first}</span>
      <Popover
        header={header}
        size="small"
        dismissButton={false}
        content={values.map((value) => (
          <div key={value}>{value}</div>
        ))}
      >
        +{rest.length} more
      </Popover>
    </SpaceBetween>
  );
}

const Empty = ({ title, action }: { title: string; action: ReactNode }) => (
  <Box textAlign="center" color="inherit" margin={{ vertical: 'xs' }}>
    <SpaceBetween size="m">
      <b>{title}</b>
      {action}
    </SpaceBetween>
  </Box>
);

export function PeoplePage() {
  const navigate = useNavigate();
  const follow = useFollow();
  const { people, complete, error, reload, replace } = useDirectory();
  const { data: summary, reload: reloadSummary } = useRemote(api.summary, []);
  const [preferences, setPreferences] = useState(savedPreferences);

  const inviteButton = (
    <Button href="/admin/users/invite" onFollow={follow()}>
      Invite user
    </Button>
  );

  const rows = useMemo(() => people.map(toRow), [people]);
  const { items, actions, filteredItemsCount, collectionProps, propertyFilterProps, paginationProps } = useCollection(
    rows,
    {
      propertyFiltering: {
        filteringProperties: FILTERING_PROPERTIES,
        empty: <Empty title="No people" action={inviteButton} />,
        noMatch: (
          <Empty
            title="No matches"
            action={
              <Button onClick={() => actions.setPropertyFiltering({ tokens: [], operation: 'and' })}>Clear filter</Button>
            }
          />
        ),
      },
      pagination: { pageSize: preferences.pageSize },
      sorting: { defaultState: { sortingColumn: { sortingField: 'name' } } },
      selection: { trackBy: 'id' },
    },
  );
  const selected = collectionProps.selectedItems?.[0];

  const { busy, run, modal } = useAccountActions((person) => {
    replace(person);
    actions.setSelectedItems([]);
    reloadSummary();
  });

  const columns: TableProps.ColumnDefinition<Row>[] = [
    {
      id: 'name',
      header: 'Name',
      sortingField: 'name',
      width: 190,
      isRowHeader: true,
      cell: (row) => (
        <Link href={`/admin/users/${row.id}`} onFollow={follow()}>
          {row.name}
        </Link>
      ),
    },
    { id: 'email', header: 'Email', sortingField: 'email', width: 270, cell: (row) => row.email },
    { id: 'role', header: 'Role', sortingField: 'role', width: 150, cell: (row) => row.role },
    {
      id: 'status',
      header: 'Status',
      sortingField: 'statusText',
      width: 130,
      cell: (row) => <PersonStatus status={row.status} />,
    },
    { id: 'groups', header: 'Groups', width: 230, cell: (row) => <Several header="Groups" values={row.groups} /> },
    { id: 'managers', header: 'Managers', width: 300, cell: (row) => <Several header="Managers" values={row.managers} /> },
    {
      id: 'last_login',
      header: 'Last login',
      sortingField: 'lastLogin',
      width: 280,
      cell: (row) => timestamp(row.last_login),
    },
  ];

  const options = (propertyKey: string, values: readonly string[]) => values.map((value) => ({ propertyKey, value }));
  const filteringOptions = [
    ...propertyFilterProps.filteringOptions.filter(({ propertyKey }) => ['name', 'email'].includes(propertyKey)),
    ...options('statusText', Object.values(STATUS_TEXT)),
    ...options('role', ROLES),
    ...options('groups', summary?.groups ?? []),
  ];

  const total = complete ? `${people.length}` : `${people.length}+`;

  return (
    <>
      <Table
        {...collectionProps}
        variant="full-page"
        stickyHeader
        resizableColumns
        enableKeyboardNavigation
        selectionType="single"
        columnDefinitions={columns}
        columnDisplay={preferences.contentDisplay}
        wrapLines={preferences.wrapLines}
        stripedRows={preferences.stripedRows}
        items={items}
        loading={!complete && !people.length}
        loadingText="Loading people"
        ariaLabels={{
          tableLabel: 'People',
          selectionGroupLabel: 'Person selection',
          itemSelectionLabel: (_, row) => row.name,
        }}
        header={
          <SpaceBetween size="m">
            <Header
              variant="awsui-h1-sticky"
              counter={people.length ? (selected ? `(1/${total})` : `(${total})`) : undefined}
              description={
                summary &&
                `${summary.counts.active} active, ${summary.counts.invited} invited, ${summary.counts.deactivated} inactive. ${summary.seats_used} of ${summary.seats_total} seats in use.`
              }
              actions={
                <SpaceBetween direction="horizontal" size="xs">
                  <Button iconName="refresh" ariaLabel="Refresh" onClick={() => (reload(), reloadSummary())} />
                  <ButtonDropdown
                    disabled={!selected}
                    loading={busy}
                    items={
                      selected
                        ? [
                            { id: 'view', text: 'View details' },
                            { id: 'edit', text: 'Edit' },
                            ...accountItems(selected),
                          ]
                        : []
                    }
                    onItemClick={({ detail: { id } }) => {
                      if (!selected) return;
                      if (id === 'view') navigate(`/admin/users/${selected.id}`);
                      else if (id === 'edit') navigate(`/admin/users/${selected.id}/edit`);
                      else run(id as Parameters<typeof run>[0], selected);
                    }}
                  >
                    Actions
                  </ButtonDropdown>
                  <Button href="/admin/users/import" onFollow={follow()}>
                    Import users
                  </Button>
                  <Button variant="primary" href="/admin/users/invite" onFollow={follow()}>
                    Invite user
                  </Button>
                </SpaceBetween>
              }
            >
              People
            </Header>
            {error && (
              <Alert type="error" header="Failed to load people" action={<Button onClick={reload}>Retry</Button>}>
                {error}
              </Alert>
            )}
          </SpaceBetween>
        }
        filter={
          <PropertyFilter
            {...propertyFilterProps}
            filteringOptions={filteringOptions}
            filteringPlaceholder="Find people"
            filteringAriaLabel="Find people"
            countText={filteredItemsCount === 1 ? '1 match' : `${filteredItemsCount} matches`}
            loading={!complete}
            expandToViewport
          />
        }
        pagination={<Pagination {...paginationProps} openEnd={!complete} />}
        preferences={
          <CollectionPreferences
            title="Preferences"
            confirmLabel="Confirm"
            cancelLabel="Cancel"
            preferences={preferences}
            onConfirm={({ detail }) => {
              setPreferences(detail);
              localStorage.setItem('people-preferences', JSON.stringify(detail));
            }}
            pageSizePreference={{
              title: 'Page size',
              options: [10, 20, 50, 100].map((value) => ({ value, label: `${value} people` })),
            }}
            wrapLinesPreference={{ label: 'Wrap lines', description: 'Select to see all the text and wrap the lines' }}
            stripedRowsPreference={{ label: 'Striped rows', description: 'Select to add alternating shaded rows' }}
            contentDisplayPreference={{ title: 'Column preferences', options: CONTENT }}
          />
        }
      />
      {modal}
    </>
  );
}
