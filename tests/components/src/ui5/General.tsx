import { DynamicPage, DynamicPageTitle, Form, FormItem, Label, Text, Title } from '@ui5/webcomponents-react';
import { api, useRemote } from '../shared/api';
import { STATUSES } from './format';
import { Seats } from './Seats';

export function General() {
  const { data } = useRemote(api.summary, []);
  return (
    <DynamicPage hidePinButton titleArea={<DynamicPageTitle heading={<Title>General</Title>} />}>
      {data && (
        <Form headerText="Subscription" layout="S1 M1 L1 XL1">
          <FormItem labelContent={<Label showColon>Seats in Use</Label>}>
            <Seats summary={data} />
          </FormItem>
          {(['active', 'invited', 'deactivated'] as const).map((status) => (
            <FormItem key={status} labelContent={<Label showColon>{STATUSES[status].text}</Label>}>
              <Text>{data.counts[status]}</Text>
            </FormItem>
          ))}
          <FormItem labelContent={<Label showColon>Groups</Label>}>
            <Text>{data.groups.join(', ')}</Text>
          </FormItem>
        </Form>
      )}
    </DynamicPage>
  );
}
