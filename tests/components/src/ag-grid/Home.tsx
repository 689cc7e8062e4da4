import { Button, Classes, H2, H3, Intent, ProgressBar, Section, SectionCard } from '@blueprintjs/core';
import { useNavigate, useOutletContext } from 'react-router-dom';
import { type Account, api, type Status, useRemote } from '../shared/api';
import { STATUS } from './status';

export function Home() {
  const account = useOutletContext<Account>();
  const navigate = useNavigate();
  const { data: summary } = useRemote(api.summary, []);
  const skeleton = summary ? undefined : Classes.SKELETON;

  return (
    <div className="home">
      <H2>Welcome back, {account.name}</H2>
      <Section
        title="People"
        icon="people"
        rightElement={<Button variant="minimal" intent={Intent.PRIMARY} endIcon="arrow-right" text="Manage people" onClick={() => navigate('/admin/users')} />}
      >
        <SectionCard className="figures">
          {(Object.keys(STATUS) as Status[]).map((status) => (
            <div key={status}>
              <H3 className={skeleton}>{summary?.counts[status] ?? 0}</H3>
              <span className={Classes.TEXT_MUTED}>{STATUS[status].label}</span>
            </div>
          ))}
        </SectionCard>
      </Section>
      <Section title="Licensed seats" icon="id-number">
        <SectionCard>
          <p className={skeleton}>
            {summary?.seats_used} of {summary?.seats_total} seats in use
          </p>
          <ProgressBar intent={Intent.PRIMARY} animate={false} stripes={false} value={summary && summary.seats_used / summary.seats_total} />
        </SectionCard>
      </Section>
    </div>
  );
}
