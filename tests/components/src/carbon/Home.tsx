import { ClickableTile, Column, Grid, Heading } from '@carbon/react';
import { useNavigate } from 'react-router-dom';

const TILES = [
  { to: '/admin/settings', title: 'Organization settings', text: 'Seats, users and groups of your academy.' },
  { to: '/admin/users/import', title: 'Import users', text: 'Bring in people from a CSV file.' },
];

export function Home() {
  const navigate = useNavigate();
  return (
    <>
      <Heading className="page-title">Welcome back</Heading>
      <Grid narrow fullWidth>
        {TILES.map(({ to, title, text }) => (
          <Column key={to} sm={4} md={4} lg={5}>
            <ClickableTile href={to} onClick={(event) => { event.preventDefault(); navigate(to); }}>
              <h4>{title}</h4>
              <p>{text}</p>
            </ClickableTile>
          </Column>
        ))}
      </Grid>
    </>
  );
}
