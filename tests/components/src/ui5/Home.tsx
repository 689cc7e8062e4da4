import { useNavigate } from 'react-router-dom';
import { Button, Card, CardHeader, FlexBox, Text } from '@ui5/webcomponents-react';
import { api, useRemote } from '../shared/api';
import { plural } from './format';
import { Seats } from './Seats';

export function Home() {
  const navigate = useNavigate();
  const { data } = useRemote(api.summary, []);
  return (
    <FlexBox wrap="Wrap" alignItems="Start" className="tiles">
      <Card header={<CardHeader titleText="Your Organization" subtitleText="Who is in the directory" />} loading={!data}>
        <FlexBox direction="Column" className="cardBody stack">
          <Text>{data && plural(data.total, 'user')}</Text>
          <Text>{data && `${plural(data.counts.invited, 'invitation')} not accepted yet`}</Text>
        </FlexBox>
      </Card>
      <Card header={<CardHeader titleText="Learner Seats" subtitleText="In your contract" />} loading={!data}>
        <FlexBox direction="Column" alignItems="Start" className="cardBody stack">
          {data && <Seats summary={data} />}
          <Button design="Transparent" onClick={() => navigate('/admin/settings')}>
            Open Settings
          </Button>
        </FlexBox>
      </Card>
    </FlexBox>
  );
}
