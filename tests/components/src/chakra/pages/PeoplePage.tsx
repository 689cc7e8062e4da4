import { Alert, Button, CloseButton, Flex, HStack, Heading, Input, InputGroup, SegmentGroup, Stack, Text } from '@chakra-ui/react';
import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query';
import type { SortingState } from '@tanstack/react-table';
import { useMemo, useState } from 'react';
import { LuSearch, LuUpload } from 'react-icons/lu';
import { Link as RouterLink } from 'react-router-dom';
import { type Query, ROLES, api, useDebounced } from '../../shared/api';
import { InviteDialog } from '../components/InviteDialog';
import { PeopleTable } from '../components/PeopleTable';
import { SeatMeter } from '../components/SeatMeter';
import { OptionSelect } from '../components/ui/option-select';
import { plural } from '../format';
import { useSummary } from '../queries';

const STATUSES = [
  { value: 'all', label: 'All' },
  { value: 'active', label: 'Active' },
  { value: 'invited', label: 'Pending' },
  { value: 'deactivated', label: 'Inactive' },
];
const ROLE_ITEMS = [{ value: '', label: 'All roles' }, ...ROLES.map((role) => ({ value: role, label: role }))];
const LOGIN_ITEMS = [
  { value: '', label: 'Any last login' },
  { value: '30', label: 'Over 30 days ago' },
  { value: '90', label: 'Over 90 days ago' },
  { value: '180', label: 'Over 180 days ago' },
  { value: 'never', label: 'Never logged in' },
];
const NO_FILTERS = { search: '', status: 'all', role: '', login: '' };
const PAGE_SIZE = 40;

function usePeople(query: Query) {
  return useInfiniteQuery({
    queryKey: ['people', query],
    queryFn: ({ pageParam }) => api.list({ ...query, page: pageParam, page_size: PAGE_SIZE }),
    initialPageParam: 1,
    getNextPageParam: ({ page, page_size, total }) => (page * page_size < total ? page + 1 : undefined),
    placeholderData: keepPreviousData,
  });
}

export function PeoplePage() {
  const [filters, setFilters] = useState(NO_FILTERS);
  const [sorting, setSorting] = useState<SortingState>([{ id: 'name', desc: false }]);
  const search = useDebounced(filters.search, 300);
  const { data: summary } = useSummary();
  const query: Query = {
    search,
    status: filters.status === 'all' ? '' : filters.status,
    role: filters.role,
    idle_days: filters.login === 'never' ? '' : filters.login,
    never: filters.login === 'never' ? '1' : '',
    sort: sorting[0].id,
    dir: sorting[0].desc ? 'desc' : 'asc',
  };
  const { data, error, isPending, isPlaceholderData, hasNextPage, isFetching, isFetchingNextPage, fetchNextPage, refetch } = usePeople(query);
  const people = useMemo(() => data?.pages.flatMap((page) => page.items) ?? [], [data]);
  const total = data?.pages[0].total ?? 0;
  const set = (change: Partial<typeof filters>) => setFilters({ ...filters, ...change });

  return (
    <Stack gap="4">
      <Flex justify="space-between" align="center" wrap="wrap" gap="4">
        <Stack gap="0">
          <Heading as="h1" size="2xl">
            People
          </Heading>
          {summary && <Text color="fg.muted">{plural(summary.total, 'user')} in total</Text>}
        </Stack>
        <HStack gap="3">
          {summary && <SeatMeter summary={summary} />}
          <Button asChild variant="outline">
            <RouterLink to="/admin/users/import">
              <LuUpload /> Import Users
            </RouterLink>
          </Button>
          <InviteDialog />
        </HStack>
      </Flex>
      <Flex gap="3" wrap="wrap" align="center">
        <InputGroup
          flex="1"
          minW="56"
          startElement={<LuSearch />}
          endElement={filters.search && <CloseButton size="2xs" me="-2" onClick={() => set({ search: '' })} />}
        >
          <Input bg="bg" placeholder="Search by name or email" value={filters.search} onChange={(e) => set({ search: e.target.value })} />
        </InputGroup>
        <SegmentGroup.Root value={filters.status} onValueChange={(e) => set({ status: e.value ?? 'all' })}>
          <SegmentGroup.Indicator />
          <SegmentGroup.Items items={STATUSES} />
        </SegmentGroup.Root>
        <OptionSelect width="44" items={ROLE_ITEMS} value={filters.role} onChange={(role) => set({ role })} />
        <OptionSelect width="48" items={LOGIN_ITEMS} value={filters.login} onChange={(login) => set({ login })} />
      </Flex>
      {error ? (
        <Alert.Root status="error">
          <Alert.Indicator />
          <Alert.Title flex="1">{error.message}</Alert.Title>
          <Button size="xs" variant="outline" onClick={() => refetch()}>
            Try again
          </Button>
        </Alert.Root>
      ) : (
        <PeopleTable
          people={people}
          queryKey={JSON.stringify(query)}
          sorting={sorting}
          onSortingChange={setSorting}
          loading={isPending}
          refreshing={isPlaceholderData}
          loadingMore={isFetchingNextPage}
          onReachEnd={() => hasNextPage && !isFetching && fetchNextPage()}
          onClearFilters={() => setFilters(NO_FILTERS)}
        />
      )}
      {total > 0 && (
        <Text color="fg.muted" textStyle="sm">
          Showing {people.length} of {plural(total, 'person', 'people')}
        </Text>
      )}
    </Stack>
  );
}
