import { Link } from 'react-aria-components';
import { api, useRemote } from '../shared/api';
import { SeatMeter } from './ui';

export function EmptyPage({ title }: { title: string }) {
  return (
    <>
      <h1>{title}</h1>
      <p className="muted">There is nothing here yet.</p>
    </>
  );
}

export function OverviewPage() {
  const { data: summary } = useRemote(() => api.summary(), []);
  return (
    <>
      <h1>Overview</h1>
      <div className="tiles">
        <section className="tile">
          <h2>Learners</h2>
          <p className="figure">{summary?.counts.active ?? '–'}</p>
          <p className="muted">with access to their training today</p>
        </section>
        <section className="tile">
          <h2>Waiting</h2>
          <p className="figure">{summary?.counts.invited ?? '–'}</p>
          <p className="muted">have not accepted their invitation</p>
        </section>
        <section className="tile">
          <h2>Plan</h2>
          {summary && <SeatMeter summary={summary} />}
          <Link href="/reports">See reports</Link>
        </section>
      </div>
    </>
  );
}
