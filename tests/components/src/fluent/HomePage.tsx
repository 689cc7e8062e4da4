import { Body1, Card, CardHeader, makeStyles, Text, Title1 } from '@fluentui/react-components';

const useStyles = makeStyles({
  page: { padding: '28px', display: 'flex', flexDirection: 'column', rowGap: '20px' },
  cards: { display: 'grid', gap: '16px', gridTemplateColumns: 'repeat(auto-fill, minmax(280px, 1fr))' },
});

export function HomePage() {
  const styles = useStyles();
  return (
    <main className={styles.page}>
      <Title1 as="h1">Good to see you</Title1>
      <div className={styles.cards}>
        <Card><CardHeader header={<Text weight="semibold">Drafts</Text>} description="3 guides are waiting for review" /></Card>
        <Card><CardHeader header={<Text weight="semibold">Completions</Text>} description="41 learners finished something this week" /></Card>
        <Card><CardHeader header={<Text weight="semibold">What’s new</Text>} description="Paths can now be duplicated" /></Card>
      </div>
    </main>
  );
}

export function PlainPage({ title }: { title: string }) {
  const styles = useStyles();
  return (
    <main className={styles.page}>
      <Title1 as="h1">{title}</Title1>
      <Body1>There is nothing here yet.</Body1>
    </main>
  );
}
