import { useEffect, useState, type ReactNode } from 'react';
import {
  Button,
  Content,
  Dropdown,
  DropdownItem,
  DropdownList,
  EmptyState,
  EmptyStateActions,
  EmptyStateBody,
  EmptyStateFooter,
  Flex,
  FlexItem,
  Label,
  LabelGroup,
  MenuToggle,
  MenuToggleCheckbox,
  PageSection,
  Pagination,
  SearchInput,
  Select,
  SelectList,
  SelectOption,
  Skeleton,
  Title,
  Toolbar,
  ToolbarContent,
  ToolbarFilter,
  ToolbarGroup,
  ToolbarItem,
  ToolbarToggleGroup,
} from '@patternfly/react-core';
import FilterIcon from '@patternfly/react-icons/dist/esm/icons/filter-icon';
import SearchIcon from '@patternfly/react-icons/dist/esm/icons/search-icon';
import { ActionsColumn, Table, Tbody, Td, Th, Thead, Tr, type IAction, type ThProps } from '@patternfly/react-table';
import { Link, useNavigate, useSearchParams } from 'react-router-dom';
import { api, fullName, ROLES, useDebounced, useRemote, type Person, type Query } from '../shared/api';
import { InviteWizard } from './InviteWizard';
import { LastLogin } from './LastLogin';
import { usePersonActions } from './personActions';
import { STATUSES, StatusLabel } from './StatusLabel';
import { useToast } from './toasts';

const COLUMNS = [
  { key: 'name', title: 'Name' },
  { key: 'email', title: 'Email' },
  { key: 'role', title: 'Role' },
  { key: 'groups', title: 'Groups', isUnsortable: true },
  { key: 'status', title: 'Status' },
  { key: 'last_login', title: 'Last login' },
];

interface Filter {
  key: 'status' | 'role' | 'login';
  title: string;
  options: { value: string; text: string }[];
}

const FILTERS: Filter[] = [
  { key: 'status', title: 'Status', options: STATUSES.map(({ status, text }) => ({ value: status, text })) },
  { key: 'role', title: 'Role', options: ROLES.map((role) => ({ value: role, text: role })) },
  {
    key: 'login',
    title: 'Last login',
    options: [
      { value: '30', text: 'Over 30 days ago' },
      { value: '90', text: 'Over 90 days ago' },
      { value: '180', text: 'Over 180 days ago' },
      { value: 'never', text: 'Never' },
    ],
  },
];

interface FilterSelectProps {
  filter: Filter;
  value: string;
  onChange: (value: string) => void;
}

function FilterSelect({ filter: { title, options }, value, onChange }: FilterSelectProps) {
  const [isOpen, setIsOpen] = useState(false);
  const chosen = options.find((option) => option.value === value);
  return (
    <ToolbarFilter
      categoryName={title}
      labels={chosen ? [chosen.text] : []}
      deleteLabel={() => onChange('')}
    >
      <Select
        isOpen={isOpen}
        selected={value}
        onSelect={(_event, picked) => {
          onChange(picked === value ? '' : String(picked));
          setIsOpen(false);
        }}
        onOpenChange={setIsOpen}
        toggle={(toggleRef) => (
          <MenuToggle ref={toggleRef} isExpanded={isOpen} onClick={() => setIsOpen(!isOpen)}>
            {title}
          </MenuToggle>
        )}
      >
        <SelectList>
          {options.map((option) => (
            <SelectOption key={option.value} value={option.value}>
              {option.text}
            </SelectOption>
          ))}
        </SelectList>
      </Select>
    </ToolbarFilter>
  );
}

interface BulkSelectProps {
  selected: number;
  onPage: number;
  total: number;
  onNone: () => void;
  onSelectPage: () => void;
  onSelectAll: () => void;
}

function BulkSelect({ selected, onPage, total, onNone, onSelectPage, onSelectAll }: BulkSelectProps) {
  const [isOpen, setIsOpen] = useState(false);
  return (
    <Dropdown
      isOpen={isOpen}
      onSelect={() => setIsOpen(false)}
      onOpenChange={setIsOpen}
      toggle={(toggleRef) => (
        <MenuToggle
          ref={toggleRef}
          isExpanded={isOpen}
          onClick={() => setIsOpen(!isOpen)}
          aria-label="Select people"
          splitButtonItems={[
            <MenuToggleCheckbox
              id="bulk-select"
              key="bulk-select"
              aria-label={selected > 0 ? 'Deselect all people' : 'Select page'}
              isChecked={selected === 0 ? false : selected >= total ? true : null}
              onChange={() => (selected > 0 ? onNone() : onSelectPage())}
            >
              {selected > 0 && `${selected} selected`}
            </MenuToggleCheckbox>,
          ]}
        />
      )}
    >
      <DropdownList>
        <DropdownItem onClick={onNone}>Select none (0 people)</DropdownItem>
        <DropdownItem onClick={onSelectPage}>Select page ({onPage} people)</DropdownItem>
        <DropdownItem onClick={onSelectAll}>Select all ({total} people)</DropdownItem>
      </DropdownList>
    </Dropdown>
  );
}

function BulkActions({ children, isDisabled }: { children: ReactNode; isDisabled: boolean }) {
  const [isOpen, setIsOpen] = useState(false);
  return (
    <Dropdown
      isOpen={isOpen}
      onSelect={() => setIsOpen(false)}
      onOpenChange={setIsOpen}
      toggle={(toggleRef) => (
        <MenuToggle
          ref={toggleRef}
          variant="secondary"
          isDisabled={isDisabled}
          isExpanded={isOpen}
          onClick={() => setIsOpen(!isOpen)}
        >
          Actions
        </MenuToggle>
      )}
    >
      <DropdownList>{children}</DropdownList>
    </Dropdown>
  );
}

export function People() {
  const navigate = useNavigate();
  const toast = useToast();
  const [params, setParams] = useSearchParams();
  const [search, setSearch] = useState(params.get('search') ?? '');
  const [selected, setSelected] = useState<Person[]>([]);
  const [isInviting, setIsInviting] = useState(false);

  const value = (key: string) => params.get(key) ?? '';
  const page = Number(value('page')) || 1;
  const perPage = Number(value('perPage')) || 20;
  const sort = value('sort') || 'name';
  const dir = value('dir') || 'asc';
  const query: Query = {
    search: value('search'),
    status: value('status'),
    role: value('role'),
    idle_days: value('login') === 'never' ? '' : value('login'),
    never: value('login') === 'never' ? '1' : '',
    sort,
    dir,
  };

  const change = (patch: Record<string, string | number>) =>
    setParams(
      (known) => {
        const next = new URLSearchParams(known);
        for (const [key, text] of Object.entries({ page: '', ...patch })) {
          if (text === '') next.delete(key);
          else next.set(key, String(text));
        }
        return next;
      },
      { replace: true },
    );

  const settledSearch = useDebounced(search, 300);
  useEffect(() => {
    if (settledSearch !== value('search')) change({ search: settledSearch });
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [settledSearch]);

  const { data, loading, reload } = useRemote(
    () => api.list({ ...query, page, page_size: perPage }),
    [JSON.stringify(query), page, perPage],
  );
  const { data: summary, reload: reloadSummary } = useRemote(api.summary, []);
  const total = data?.total ?? 0;
  const people = data?.items ?? [];

  const onChanged = () => {
    setSelected([]);
    reload();
    reloadSummary();
  };
  const actions = usePersonActions(onChanged);

  const onClearFilters = () => {
    setSearch('');
    change({ search: '', status: '', role: '', login: '' });
  };

  const onSelectAll = async () => {
    const all = await api.list({ ...query, page: 1, page_size: 500 });
    setSelected(all.items);
  };

  const isSelected = (person: Person) => selected.some(({ id }) => id === person.id);

  const sortable = (columnIndex: number): ThProps['sort'] => ({
    sortBy: {
      index: COLUMNS.findIndex(({ key }) => key === sort),
      direction: dir === 'desc' ? 'desc' : 'asc',
      defaultDirection: 'asc',
    },
    onSort: (_event, index, direction) => change({ sort: COLUMNS[index].key, dir: direction }),
    columnIndex,
  });

  const rowActions = (person: Person): IAction[] => [
    { title: 'View details', onClick: () => navigate(`/admin/users/${person.id}`) },
    ...(person.status === 'invited'
      ? [{ title: 'Resend invitation', onClick: () => void actions.resend([person]) }]
      : []),
    { isSeparator: true },
    person.status === 'deactivated'
      ? { title: 'Reactivate', onClick: () => void actions.reactivate([person]) }
      : { title: 'Deactivate', isDanger: true, onClick: () => actions.deactivate([person]) },
  ];

  const pagination = (variant: 'top' | 'bottom') => (
    <Pagination
      variant={variant}
      isCompact={variant === 'top'}
      itemCount={total}
      page={page}
      perPage={perPage}
      onSetPage={(_event, next) => change({ page: next })}
      onPerPageSelect={(_event, size) => change({ perPage: size })}
      titles={{ paginationAriaLabel: `${variant} pagination` }}
    />
  );

  const invited = selected.filter(({ status }) => status === 'invited');
  const inactive = selected.filter(({ status }) => status === 'deactivated');
  const current = selected.filter(({ status }) => status !== 'deactivated');

  return (
    <>
      <PageSection>
        <Flex justifyContent={{ default: 'justifyContentSpaceBetween' }}>
          <FlexItem>
            <Title headingLevel="h1">People</Title>
            <Content component="p">
              {summary ? (
                `${summary.total} people · ${summary.counts.active} active, ${summary.counts.deactivated} inactive · ${summary.seats_used} of ${summary.seats_total} seats in use`
              ) : (
                <Skeleton width="24rem" screenreaderText="Loading totals" />
              )}
            </Content>
          </FlexItem>
          <Flex>
            <Button variant="secondary" onClick={() => navigate('/admin/users/import')}>
              Import users
            </Button>
            <Button onClick={() => setIsInviting(true)}>Invite user</Button>
          </Flex>
        </Flex>
      </PageSection>
      <PageSection isFilled aria-label="People">
        <Toolbar clearAllFilters={onClearFilters} collapseListedFiltersBreakpoint="xl">
          <ToolbarContent>
            <ToolbarItem>
              <BulkSelect
                selected={selected.length}
                onPage={people.length}
                total={total}
                onNone={() => setSelected([])}
                onSelectPage={() => setSelected(people)}
                onSelectAll={onSelectAll}
              />
            </ToolbarItem>
            <ToolbarToggleGroup toggleIcon={<FilterIcon />} breakpoint="xl">
              <ToolbarItem>
                <SearchInput
                  aria-label="Find by name or email"
                  placeholder="Find by name or email"
                  value={search}
                  onChange={(_event, text) => setSearch(text)}
                  onClear={() => setSearch('')}
                />
              </ToolbarItem>
              <ToolbarGroup variant="filter-group">
                {FILTERS.map((filter) => (
                  <FilterSelect
                    key={filter.key}
                    filter={filter}
                    value={value(filter.key)}
                    onChange={(picked) => change({ [filter.key]: picked })}
                  />
                ))}
              </ToolbarGroup>
            </ToolbarToggleGroup>
            <ToolbarItem>
              <BulkActions isDisabled={selected.length === 0}>
                <DropdownItem isDisabled={invited.length === 0} onClick={() => actions.resend(invited)}>
                  Resend invitation
                </DropdownItem>
                <DropdownItem isDisabled={inactive.length === 0} onClick={() => actions.reactivate(inactive)}>
                  Reactivate
                </DropdownItem>
                <DropdownItem isDanger isDisabled={current.length === 0} onClick={() => actions.deactivate(current)}>
                  Deactivate
                </DropdownItem>
              </BulkActions>
            </ToolbarItem>
            <ToolbarItem variant="pagination">{pagination('top')}</ToolbarItem>
          </ToolbarContent>
        </Toolbar>
        <Table aria-label="People" variant="compact">
          <Thead>
            <Tr>
              <Th screenReaderText="Row select" />
              {COLUMNS.map(({ key, title, isUnsortable }, index) => (
                <Th key={key} modifier="nowrap" sort={isUnsortable ? undefined : sortable(index)}>
                  {title}
                </Th>
              ))}
              <Th screenReaderText="Actions" />
            </Tr>
          </Thead>
          <Tbody>
            {loading
              ? Array.from({ length: people.length || 10 }, (_, row) => (
                  <Tr key={row}>
                    <Td />
                    {COLUMNS.map(({ key, title }) => (
                      <Td key={key} dataLabel={title}>
                        <Skeleton screenreaderText={row === 0 ? `Loading ${title.toLowerCase()}` : undefined} />
                      </Td>
                    ))}
                    <Td />
                  </Tr>
                ))
              : people.map((person, rowIndex) => (
                  <Tr key={person.id} isRowSelected={isSelected(person)}>
                    <Td
                      select={{
                        rowIndex,
                        isSelected: isSelected(person),
                        onSelect: (_event, isSelecting) =>
                          setSelected((known) =>
                            isSelecting ? [...known, person] : known.filter(({ id }) => id !== person.id),
                          ),
                      }}
                    />
                    <Td dataLabel="Name">
                      <Link to={`/admin/users/${person.id}`}>{fullName(person)}</Link>
                    </Td>
                    <Td dataLabel="Email">{person.email}</Td>
                    <Td dataLabel="Role">{person.role}</Td>
                    <Td dataLabel="Groups">
                      {person.groups.length > 0 && (
                        <LabelGroup numLabels={2} isCompact>
                          {person.groups.map((group) => (
                            <Label key={group} isCompact variant="outline">
                              {group}
                            </Label>
                          ))}
                        </LabelGroup>
                      )}
                    </Td>
                    <Td dataLabel="Status">
                      <StatusLabel status={person.status} />
                    </Td>
                    <Td dataLabel="Last login" modifier="nowrap">
                      <LastLogin at={person.last_login} />
                    </Td>
                    <Td isActionCell>
                      <ActionsColumn items={rowActions(person)} />
                    </Td>
                  </Tr>
                ))}
            {!loading && people.length === 0 && (
              <Tr>
                <Td colSpan={COLUMNS.length + 2}>
                  <EmptyState headingLevel="h2" icon={SearchIcon} titleText="No results found" variant="sm">
                    <EmptyStateBody>No people match the filter criteria. Clear all filters and try again.</EmptyStateBody>
                    <EmptyStateFooter>
                      <EmptyStateActions>
                        <Button variant="link" onClick={onClearFilters}>
                          Clear all filters
                        </Button>
                      </EmptyStateActions>
                    </EmptyStateFooter>
                  </EmptyState>
                </Td>
              </Tr>
            )}
          </Tbody>
        </Table>
        {pagination('bottom')}
      </PageSection>
      {isInviting && (
        <InviteWizard
          summary={summary}
          onClose={() => setIsInviting(false)}
          onInvited={(person) => {
            setIsInviting(false);
            toast('success', `Invitation sent to ${person.email}`);
            onChanged();
          }}
        />
      )}
      {actions.modal}
    </>
  );
}
