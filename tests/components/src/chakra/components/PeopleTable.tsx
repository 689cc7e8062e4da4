import { Avatar, Badge, Box, Button, EmptyState, HStack, HoverCard, Icon, Link, Portal, Skeleton, Spinner, Stack, Table, Tag, Text, Wrap } from '@chakra-ui/react';
import { type SortingState, createColumnHelper, flexRender, getCoreRowModel, useReactTable } from '@tanstack/react-table';
import { useVirtualizer } from '@tanstack/react-virtual';
import { type UIEvent, useEffect, useRef } from 'react';
import { LuArrowDown, LuArrowUp, LuSearchX } from 'react-icons/lu';
import { Link as RouterLink } from 'react-router-dom';
import { type Person, fullName } from '../../shared/api';
import { dateTime, timeAgo } from '../format';
import { StatusBadge } from './StatusBadge';
import { Tooltip } from './ui/tooltip';

const ROW_HEIGHT = 56;

function GroupsCell({ groups }: { groups: string[] }) {
  const [first, ...rest] = groups;
  if (!first) return <Text color="fg.subtle">No groups</Text>;
  return (
    <HStack gap="1" minW="0">
      <Tag.Root minW="0">
        <Tag.Label>{first}</Tag.Label>
      </Tag.Root>
      {rest.length > 0 && (
        <HoverCard.Root size="sm" openDelay={200} closeDelay={100} lazyMount unmountOnExit>
          <HoverCard.Trigger asChild>
            <Badge variant="plain" cursor="default">
              +{rest.length} more
            </Badge>
          </HoverCard.Trigger>
          <Portal>
            <HoverCard.Positioner>
              <HoverCard.Content maxW="xs">
                <HoverCard.Arrow />
                <Wrap gap="1">
                  {groups.map((group) => (
                    <Tag.Root key={group}>
                      <Tag.Label>{group}</Tag.Label>
                    </Tag.Root>
                  ))}
                </Wrap>
              </HoverCard.Content>
            </HoverCard.Positioner>
          </Portal>
        </HoverCard.Root>
      )}
    </HStack>
  );
}

const column = createColumnHelper<Person>();

const columns = [
  column.accessor(fullName, {
    id: 'name',
    header: 'Name',
    size: 230,
    cell: ({ row, getValue }) => (
      <HStack minW="0">
        <Avatar.Root size="xs">
          <Avatar.Fallback name={getValue()} />
        </Avatar.Root>
        <Link asChild fontWeight="medium" truncate>
          <RouterLink to={`/admin/users/${row.original.id}`}>{getValue()}</RouterLink>
        </Link>
      </HStack>
    ),
  }),
  column.accessor('email', { header: 'Email', size: 270, cell: ({ getValue }) => <Text truncate>{getValue()}</Text> }),
  column.accessor('role', { header: 'Role', size: 130 }),
  column.accessor('groups', { header: 'Groups', size: 240, enableSorting: false, cell: ({ getValue }) => <GroupsCell groups={getValue()} /> }),
  column.accessor('status', { header: 'Status', size: 110, cell: ({ getValue }) => <StatusBadge status={getValue()} /> }),
  column.accessor('last_login', {
    header: 'Last Login',
    size: 130,
    cell: ({ getValue }) => {
      const at = getValue();
      if (!at) return <Text color="fg.subtle">Never</Text>;
      return (
        <Tooltip content={dateTime(at)}>
          <Text as="time">{timeAgo(at)}</Text>
        </Tooltip>
      );
    },
  }),
];

interface PeopleTableProps {
  people: Person[];
  queryKey: string;
  sorting: SortingState;
  onSortingChange: (sorting: SortingState) => void;
  loading: boolean;
  refreshing: boolean;
  loadingMore: boolean;
  onReachEnd: () => void;
  onClearFilters: () => void;
}

export function PeopleTable({
  people,
  queryKey,
  sorting,
  onSortingChange,
  loading,
  refreshing,
  loadingMore,
  onReachEnd,
  onClearFilters,
}: PeopleTableProps) {
  const scroller = useRef<HTMLDivElement>(null);
  const table = useReactTable({
    data: people,
    columns,
    state: { sorting },
    manualSorting: true,
    enableSortingRemoval: false,
    sortDescFirst: false,
    getRowId: (person) => String(person.id),
    getCoreRowModel: getCoreRowModel(),
    onSortingChange: (update) => onSortingChange(typeof update === 'function' ? update(sorting) : update),
  });
  const { rows } = table.getRowModel();
  const virtualizer = useVirtualizer({
    count: rows.length,
    estimateSize: () => ROW_HEIGHT,
    getScrollElement: () => scroller.current,
    overscan: 6,
  });

  const fetchNearEnd = (element: HTMLDivElement) => {
    if (element.scrollHeight - element.scrollTop - element.clientHeight < 6 * ROW_HEIGHT) onReachEnd();
  };
  useEffect(() => {
    scroller.current?.scrollTo({ top: 0 });
  }, [queryKey]);

  if (loading)
    return (
      <Stack gap="3">
        {Array.from({ length: 9 }, (_, index) => (
          <Skeleton key={index} height="10" />
        ))}
      </Stack>
    );

  if (rows.length === 0)
    return (
      <EmptyState.Root>
        <EmptyState.Content>
          <EmptyState.Indicator>
            <LuSearchX />
          </EmptyState.Indicator>
          <EmptyState.Title>No one matches</EmptyState.Title>
          <EmptyState.Description>Try another name or email, or loosen the filters.</EmptyState.Description>
          <Button variant="outline" size="sm" onClick={onClearFilters}>
            Clear filters
          </Button>
        </EmptyState.Content>
      </EmptyState.Root>
    );

  return (
    <Table.ScrollArea
      ref={scroller}
      borderWidth="1px"
      rounded="md"
      bg="bg"
      height="calc(100vh - 19rem)"
      minH="xs"
      opacity={refreshing ? 0.5 : 1}
      transition="opacity 0.15s"
      onScroll={(e: UIEvent<HTMLDivElement>) => fetchNearEnd(e.currentTarget)}
    >
      <Table.Root display="grid" stickyHeader>
        <Table.Header display="grid" position="sticky" top="0" zIndex="1">
          {table.getHeaderGroups().map((group) => (
            <Table.Row key={group.id} display="flex" width="full" bg="bg.subtle">
              {group.headers.map(({ id, column, getContext }) => (
                <Table.ColumnHeader key={id} flex={`${column.getSize()} 0 ${column.getSize()}px`}>
                  {column.getCanSort() ? (
                    <Button variant="plain" size="sm" px="0" h="auto" fontWeight="inherit" onClick={column.getToggleSortingHandler()}>
                      {flexRender(column.columnDef.header, getContext())}
                      {column.getIsSorted() && <Icon size="xs">{column.getIsSorted() === 'asc' ? <LuArrowUp /> : <LuArrowDown />}</Icon>}
                    </Button>
                  ) : (
                    flexRender(column.columnDef.header, getContext())
                  )}
                </Table.ColumnHeader>
              ))}
            </Table.Row>
          ))}
        </Table.Header>
        <Table.Body display="grid" position="relative" style={{ height: virtualizer.getTotalSize() }}>
          {virtualizer.getVirtualItems().map((item) => {
            const row = rows[item.index];
            return (
              <Table.Row
                key={row.id}
                display="flex"
                position="absolute"
                width="full"
                style={{ height: item.size, transform: `translateY(${item.start}px)` }}
              >
                {row.getVisibleCells().map((cell) => (
                  <Table.Cell
                    key={cell.id}
                    display="flex"
                    alignItems="center"
                    minW="0"
                    flex={`${cell.column.getSize()} 0 ${cell.column.getSize()}px`}
                  >
                    {flexRender(cell.column.columnDef.cell, cell.getContext())}
                  </Table.Cell>
                ))}
              </Table.Row>
            );
          })}
        </Table.Body>
      </Table.Root>
      {loadingMore && (
        <Box p="3" textAlign="center">
          <Spinner size="sm" />
        </Box>
      )}
    </Table.ScrollArea>
  );
}
