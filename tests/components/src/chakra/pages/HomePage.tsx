import { Card, Heading, SimpleGrid, Skeleton, Stack, Stat, Text } from '@chakra-ui/react';
import { useOutletContext } from 'react-router-dom';
import type { Account } from '../../shared/api';
import { useSummary } from '../queries';

export function HomePage() {
  const account = useOutletContext<Account>();
  const { data } = useSummary();
  const stats = [
    { label: 'Active learners and staff', value: data?.counts.active, help: 'can sign in today' },
    { label: 'Pending invitations', value: data?.counts.invited, help: 'not accepted yet' },
    { label: 'Seats in use', value: data?.seats_used, help: `of ${data?.seats_total ?? '…'} licensed` },
  ];
  return (
    <Stack gap="6">
      <Stack gap="1">
        <Heading as="h1" size="2xl">
          Hello, {account.name}
        </Heading>
        <Text color="fg.muted">Here is your academy at a glance.</Text>
      </Stack>
      <SimpleGrid columns={{ base: 1, md: 3 }} gap="4">
        {stats.map((stat) => (
          <Card.Root key={stat.label}>
            <Card.Body>
              <Stat.Root>
                <Stat.Label>{stat.label}</Stat.Label>
                <Skeleton loading={!data} alignSelf="start">
                  <Stat.ValueText minW="12">{stat.value}</Stat.ValueText>
                </Skeleton>
                <Stat.HelpText>{stat.help}</Stat.HelpText>
              </Stat.Root>
            </Card.Body>
          </Card.Root>
        ))}
      </SimpleGrid>
    </Stack>
  );
}
