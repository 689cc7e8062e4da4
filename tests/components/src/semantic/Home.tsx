import { useOutletContext } from 'react-router-dom';
import { Header, Placeholder, Segment, Statistic } from 'semantic-ui-react';
import { type Account, api, useRemote } from '../shared/api';

export default function Home() {
  const account = useOutletContext<Account>();
  const { data: summary } = useRemote(api.summary, []);
  return (
    <>
      <title>Home | Learn:Up</title>
      <Header as="h1" content={`Welcome back, ${account.name}`} subheader="Here is your workspace today." />
      <Segment padded="very" textAlign="center">
        {summary ? (
          <Statistic.Group widths="three">
            <Statistic label="Active learners" value={summary.counts.active} />
            <Statistic label="Pending invitations" value={summary.counts.invited} />
            <Statistic label="Groups" value={summary.groups.length} />
          </Statistic.Group>
        ) : (
          <Placeholder fluid>
            <Placeholder.Line />
            <Placeholder.Line />
            <Placeholder.Line />
          </Placeholder>
        )}
      </Segment>
    </>
  );
}
