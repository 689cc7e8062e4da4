import { Card, CardContent, Grid, Typography } from '@mui/material';

export function HomePage({ name }: { name: string }) {
  return (
    <>
      <Typography variant="h4" gutterBottom>
        Welcome back, {name}
      </Typography>
      <Grid container spacing={2}>
        {['Assigned to you', 'In progress', 'Completed'].map((title) => (
          <Grid key={title} size={4}>
            <Card>
              <CardContent>
                <Typography color="text.secondary">{title}</Typography>
                <Typography variant="h5">0</Typography>
              </CardContent>
            </Card>
          </Grid>
        ))}
      </Grid>
    </>
  );
}
