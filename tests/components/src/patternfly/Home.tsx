import {
  Button,
  Card,
  CardBody,
  CardFooter,
  CardTitle,
  DescriptionList,
  DescriptionListDescription,
  DescriptionListGroup,
  DescriptionListTerm,
  Gallery,
  PageSection,
  Progress,
  Skeleton,
  Title,
} from '@patternfly/react-core';
import ArrowRightIcon from '@patternfly/react-icons/dist/esm/icons/arrow-right-icon';
import { Link, useOutletContext } from 'react-router-dom';
import { api, useRemote, type Account } from '../shared/api';
import { STATUSES } from './StatusLabel';

export function Home() {
  const account = useOutletContext<Account>();
  const { data: summary } = useRemote(api.summary, []);
  return (
    <>
      <PageSection>
        <Title headingLevel="h1">Welcome, {account.name}</Title>
      </PageSection>
      <PageSection isFilled>
        <Gallery hasGutter minWidths={{ default: '320px' }}>
          <Card>
            <CardTitle component="h2">People</CardTitle>
            <CardBody>
              {summary ? (
                <DescriptionList isHorizontal isCompact>
                  {STATUSES.map(({ status, text }) => (
                    <DescriptionListGroup key={status}>
                      <DescriptionListTerm>{text}</DescriptionListTerm>
                      <DescriptionListDescription>{summary.counts[status]}</DescriptionListDescription>
                    </DescriptionListGroup>
                  ))}
                </DescriptionList>
              ) : (
                <Skeleton height="5rem" screenreaderText="Loading people" />
              )}
            </CardBody>
            <CardFooter>
              <Button
                variant="link"
                isInline
                icon={<ArrowRightIcon />}
                iconPosition="end"
                component={(props: object) => <Link {...props} to="/admin/users" />}
              >
                Manage people
              </Button>
            </CardFooter>
          </Card>
          <Card>
            <CardTitle component="h2">Licensed seats</CardTitle>
            <CardBody>
              {summary ? (
                <Progress
                  title={`${summary.seats_used} of ${summary.seats_total} seats in use`}
                  value={summary.seats_used}
                  max={summary.seats_total}
                  variant={summary.seats_used >= summary.seats_total ? 'warning' : undefined}
                />
              ) : (
                <Skeleton height="3rem" screenreaderText="Loading seats" />
              )}
            </CardBody>
          </Card>
        </Gallery>
      </PageSection>
    </>
  );
}
