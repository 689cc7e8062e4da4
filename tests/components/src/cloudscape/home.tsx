import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import Container from '@cloudscape-design/components/container';
import ContentLayout from '@cloudscape-design/components/content-layout';
import Header from '@cloudscape-design/components/header';
import KeyValuePairs from '@cloudscape-design/components/key-value-pairs';
import ProgressBar from '@cloudscape-design/components/progress-bar';
import SpaceBetween from '@cloudscape-design/components/space-between';
import StatusIndicator from '@cloudscape-design/components/status-indicator';
import { api, useRemote } from '../shared/api';
import { useFollow } from './follow';
import { PersonStatus } from './format';
import { useShell } from './shell';

export function HomePage() {
  const { account } = useShell();
  const follow = useFollow();
  const { data: summary } = useRemote(api.summary, []);

  return (
    <ContentLayout header={<Header variant="h1">Welcome, {account.name}</Header>}>
      <Container
        header={
          <Header
            variant="h2"
            description="Everyone who learns, teaches or administers here."
            actions={
              <Button href="/admin/users" onFollow={follow()}>
                View people
              </Button>
            }
          >
            Your organization
          </Header>
        }
      >
        {summary ? (
          <SpaceBetween size="l">
            <KeyValuePairs
              columns={3}
              items={(['active', 'invited', 'deactivated'] as const).map((status) => ({
                label: <PersonStatus status={status} />,
                value: <Box variant="awsui-value-large">{summary.counts[status]}</Box>,
              }))}
            />
            <ProgressBar
              label="Licensed seats"
              value={(summary.seats_used / summary.seats_total) * 100}
              additionalInfo={`${summary.seats_used} of ${summary.seats_total} seats in use`}
            />
          </SpaceBetween>
        ) : (
          <StatusIndicator type="loading">Loading</StatusIndicator>
        )}
      </Container>
    </ContentLayout>
  );
}
